# syntax=docker/dockerfile:1
# The service: one image for the API, the workers and the programs beside them. Debian, since Temporal's worker needs glibc.
ARG NODE_IMAGE=node:24-bookworm-slim

# Everything that building takes; also runs the mail catcher of docker-compose.yml.
FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

# The packages that the running service takes, for this processor alone.
FROM ${NODE_IMAGE} AS modules
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY deploy/production-modules.sh deploy/
RUN sh deploy/production-modules.sh

FROM build AS mail-catcher
USER 1000
EXPOSE 1025 1080
CMD ["node", "node_modules/maildev/dist/bin/maildev.js", "--smtp", "1025", "--ip", "0.0.0.0", "--web", "1080", "--web-ip", "0.0.0.0"]

FROM ${NODE_IMAGE} AS service
ENV NODE_ENV=production
WORKDIR /app
COPY --from=modules /app/package.json ./
COPY --from=modules /app/node_modules ./node_modules
COPY --from=build /app/prisma/migrations ./prisma/migrations
COPY --from=build /app/prisma/data ./prisma/data
COPY --from=build /app/mail/templates ./mail/templates
COPY --from=build /app/web/templates ./web/templates
COPY --from=build /app/web/assets ./web/assets
COPY --from=build /app/api/docs ./api/docs
COPY --from=build /app/dist ./dist
COPY --chmod=755 deploy/secrets.sh deploy/with-secrets.sh /deploy/
USER 1000
EXPOSE 3000
CMD ["node", "--enable-source-maps", "dist/api/server.js"]
