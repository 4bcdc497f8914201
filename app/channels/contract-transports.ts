import type { ChannelAdapter } from "./channel.ts";
import { openTransport } from "./open-transport.server.ts";
import type { PooledTransport } from "./transport.server.ts";

/** The ways out of one test: a session is one of its settings; HTTP goes everywhere. */
export class ContractTransports<Settings> {
	private readonly open = new Map<unknown, PooledTransport>();
	private readonly adapter: ChannelAdapter<Settings>;
	private readonly how: { timeoutMs: number; callbackUrl: string };

	constructor(adapter: ChannelAdapter<Settings>, how: { timeoutMs: number; callbackUrl: string }) {
		this.adapter = adapter;
		this.how = how;
	}

	through(settings: Settings): PooledTransport {
		const key = this.adapter.open ? settings : "HTTP";
		const { timeoutMs, callbackUrl } = this.how;
		// What comes over a session is looked for where callbacks come.
		const onReceipt = async (body: string) => void (await fetch(callbackUrl, { method: "POST", body }));
		const how = { connections: 4, timeoutMs, network: "any", onReceipt } as const;
		const transport = this.open.get(key) ?? openTransport(this.adapter, settings, how);
		this.open.set(key, transport);
		return transport;
	}

	async destroy(): Promise<void> {
		await Promise.all([...this.open.values()].map((transport) => transport.destroy()));
	}
}
