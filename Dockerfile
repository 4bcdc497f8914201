# One image for every kind of node: with LiteFS, without it, sending only (docs/operating-fly.md, docs/operating-machines.md).

# LiteFS by the versions and checksums that the tests run with.
FROM golang:1.25-bookworm AS litefs
WORKDIR /litefs
COPY tools/litefs/go.mod tools/litefs/go.sum ./
RUN CGO_ENABLED=0 go build -mod=readonly -trimpath -o /usr/local/bin/litefs github.com/superfly/litefs/cmd/litefs

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY . .
# Installs what package-lock.json says and builds the pages; what only builds and tests need goes again.
RUN npm run setup && npm prune --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
# `ss` cuts dead streams for the app, which is not root (docs/decisions/084); a container without NET_ADMIN begins anew instead.
RUN apt-get update \
	&& apt-get install --yes --no-install-recommends fuse3 ca-certificates iproute2 libcap2-bin \
	&& setcap cap_net_admin+ep "$(command -v ss)" \
	&& rm -rf /var/lib/apt/lists/*
COPY --from=litefs /usr/local/bin/litefs /usr/local/bin/litefs
WORKDIR /app
COPY --from=build /app ./
# LiteFS mounts, which root alone may; everything of ours runs below it as APP_USER.
ENV NODE_ENV=production \
	APP_USER=node \
	HOST=:: \
	PORT=3000 \
	DATA_DIR=/data/app \
	LITEFS_DATA_DIR=/data/litefs \
	LITEFS_DIR=/litefs
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
	CMD ["node", "-e", "fetch(`http://localhost:${process.env.PORT}/healthz`).then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["sh", "bin/run-node.sh"]
