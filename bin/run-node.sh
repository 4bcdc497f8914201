#!/bin/sh
# The first process of a node. With a lease (Fly's Consul, CONSUL_URL, or PRIMARY_URL of a static one) it is LiteFS, which runs the app below itself;
# without one the app alone. Arguments are run in its place, with the same environment: `sh bin/run-node.sh npm run create-admin -- --login anna`.
set -eu

mkdir -p "${DATA_DIR:=data}"
# A new volume is root's.
if [ "$(id -u)" = 0 ] && [ -n "${APP_USER:-}" ]; then chown "$APP_USER:" "$DATA_DIR"; fi

# What Fly calls it, and what litefs.yml does. A machine's id is its name: the edge brings a write to it by that.
if [ -n "${FLY_APP_NAME:-}" ]; then
	export NODE_NAME="$FLY_MACHINE_ID" NODE_ADDRESS="[$FLY_PRIVATE_IP]"
	export CONSUL_URL="${CONSUL_URL:-${FLY_CONSUL_URL:-}}" LITEFS_KEY="${LITEFS_KEY:-$FLY_APP_NAME}"
	if [ "$FLY_REGION" = "${PRIMARY_REGION:-$FLY_REGION}" ]; then export NODE_CANDIDATE=true; else export NODE_CANDIDATE=false; fi
fi
export LITEFS_KEY="${LITEFS_KEY:-tiercast}" LITEFS_TTL="${LITEFS_TTL:-10s}"

config=
if [ -n "${PRIMARY_URL:-}" ]; then config=litefs.static.yml
elif [ -n "${CONSUL_URL:-}" ]; then config=litefs.yml
fi
if [ -n "$config" ]; then export LITEFS_URL="${LITEFS_URL:-http://$NODE_ADDRESS:20202}"; else unset LITEFS_DIR; fi

if [ $# -gt 0 ]; then
	if [ "$(id -u)" = 0 ] && [ -n "${APP_USER:-}" ]; then
		exec setpriv --reuid="$APP_USER" --regid="$(id -g "$APP_USER")" --init-groups "$@"
	fi
	exec "$@"
fi
if [ -z "$config" ]; then exec sh bin/run-app.sh; fi
# Connections whose packets vanish are given up in seconds (docs/decisions/084). A container that may not say so has what its machine has.
for setting in tcp_retries2=5 tcp_syn_retries=2 tcp_keepalive_time=5 tcp_keepalive_intvl=2 tcp_keepalive_probes=2; do
	{ echo "${setting#*=}" > "/proc/sys/net/ipv4/${setting%=*}"; } 2> /dev/null || true
done
exec litefs mount -config "$config"
