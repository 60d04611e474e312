# The program as one image; the same for one machine (SQLite in /app/data) and for many (PostgreSQL).
FROM node:24-slim

ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image has its Node: the binaries for older machines stay out.
RUN npm ci --omit=dev --omit=optional && npm cache clean --force
COPY . .
# Stripped sources are kept there between starts, and SQLite its file.
RUN mkdir -p data node_modules/.cache && chown -R node:node data node_modules/.cache
USER node
VOLUME /app/data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "scripts/launch.mjs", "src/main.ts"]
