// The raw limit: undici writing the same few requests over and over, keeping nothing. Run as a process of its own.
import { type Dispatcher, Pool } from "undici";

export interface LoopOrder {
	origin: string;
	path: string;
	method: "GET" | "POST";
	/** Written in turn. */
	bodies: string[];
	connections: number;
	calls: number;
}

process.on("message", async (order: LoopOrder) => {
	const pool = new Pool(order.origin, { connections: order.connections, pipelining: 1 });
	await loop(pool, order, Math.min(order.calls, 5_000));
	const cpu = process.cpuUsage();
	const from = performance.now();
	await loop(pool, order, order.calls);
	const ms = performance.now() - from;
	const used = process.cpuUsage(cpu);
	await pool.close();
	process.send?.({ perSecond: order.calls / (ms / 1000), cpuSeconds: (used.user + used.system) / 1e6 });
});
process.on("disconnect", () => process.exit(0));

function loop(pool: Pool, order: LoopOrder, calls: number): Promise<void> {
	return new Promise((resolve, reject) => {
		let begun = 0;
		let ended = 0;
		const headers = { "content-type": "application/json", accept: "application/json", authorization: "App bench" };
		const all: Dispatcher.DispatchOptions[] = (order.bodies.length > 0 ? order.bodies : [null]).map((body) => ({
			path: order.path,
			method: order.method,
			headers,
			body,
		}));
		const next = () => {
			if (begun >= calls) return;
			const options = all[begun++ % all.length]!;
			pool.dispatch(options, {
				onRequestStart() {},
				onResponseStart(_controller, status) {
					if (status !== 200) reject(new Error(`the endpoint answered ${status}`));
				},
				onResponseData() {},
				onResponseEnd() {
					if (++ended === calls) resolve();
					else next();
				},
				onResponseError(_controller, error) {
					reject(error);
				},
			});
		};
		for (let i = 0; i < order.connections; i++) next();
	});
}
