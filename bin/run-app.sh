#!/bin/sh
# What LiteFS runs below itself, and run-node.sh where there is no LiteFS: as APP_USER where root is told so.
set -eu
# The first node of a new cluster that begins with a restored copy (docs/backup.md): before anything is written.
if [ -n "${IMPORT_BOOKS:-}" ] && [ -n "${LITEFS_DIR:-}" ] && [ ! -s "$LITEFS_DIR/books.db" ]; then
	litefs import -url "$LITEFS_URL" -name books.db "$IMPORT_BOOKS"
fi
if [ "$(id -u)" = 0 ] && [ -n "${APP_USER:-}" ]; then
	exec setpriv --reuid="$APP_USER" --regid="$(id -g "$APP_USER")" --init-groups node bin/start.ts --no-demo
fi
exec node bin/start.ts --no-demo
