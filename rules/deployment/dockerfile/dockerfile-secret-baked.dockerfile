FROM python:3.13-slim
# ruleid: dockerfile-secret-baked
ENV OPENAI_API_KEY=sk-3f9ak2LmQ82
# ruleid: dockerfile-secret-baked
ARG NPM_TOKEN=npm_9Xk27bQ
# ruleid: dockerfile-secret-baked
COPY .env /app/.env
# ruleid: dockerfile-secret-baked
COPY keys/id_rsa /root/.ssh/id_rsa
# ok: dockerfile-secret-baked
ARG NPM_TOKEN
# ok: dockerfile-secret-baked
ENV API_TOKEN=$RUNTIME_TOKEN
# ok: dockerfile-secret-baked
COPY .env.example /app/.env.example
# ok: dockerfile-secret-baked
ENV TOKENIZERS_PARALLELISM=false
# ok: dockerfile-secret-baked
ENV VITE_API_KEY=__API_KEY_PLACEHOLDER__
