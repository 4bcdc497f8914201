import type { ChannelAdapter, Session, SessionHow } from "./channel.ts";
import { createTransport, type PooledTransport } from "./transport.server.ts";

/** The way to a provider: connections for HTTP, or the adapter's own session. */
export function openTransport<Settings>(
	adapter: ChannelAdapter<Settings>,
	settings: Settings,
	how: SessionHow & { connections: number },
): PooledTransport | Session {
	return adapter.open ? adapter.open(settings, how) : createTransport(how);
}

export function isSession(transport: PooledTransport | Session): transport is Session {
	return "keep" in transport;
}
