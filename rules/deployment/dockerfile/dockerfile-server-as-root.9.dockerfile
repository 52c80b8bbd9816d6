FROM node:22-slim AS build
RUN npm ci

FROM dhi.io/node:22-debian12
EXPOSE 8080
# ok: dockerfile-server-as-root
CMD ["node", "server.js"]
