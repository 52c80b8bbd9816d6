FROM node:22-slim AS build
WORKDIR /src
COPY . .
RUN npm ci && npm run build

FROM node:22-slim
COPY --from=build /src/dist /app
EXPOSE 3000
# ok: dockerfile-server-as-root
HEALTHCHECK CMD node /app/alive.js
# ruleid: dockerfile-server-as-root
CMD ["node", "/app/server.js"]
