#!/bin/sh
# What LiteFS runs below itself, and run-node.sh where there is no LiteFS: as APP_USER where root is told so.
set -eu
if [ "$(id -u)" = 0 ] && [ -n "${APP_USER:-}" ]; then
	exec setpriv --reuid="$APP_USER" --regid="$(id -g "$APP_USER")" --init-groups node bin/start.ts --no-demo
fi
exec node bin/start.ts --no-demo
