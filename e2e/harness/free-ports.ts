import { createServer } from "node:net";

/** Ports that nobody listens on now; all are held until the last is known, so that they differ. */
export async function freePorts(count: number): Promise<number[]> {
	const held = await Promise.all(
		Array.from({ length: count }, async () => {
			const server = createServer();
			await new Promise<void>((resolve, reject) => {
				server.once("error", reject);
				server.listen(0, "127.0.0.1", resolve);
			});
			return server;
		}),
	);
	const ports = held.map((server) => (server.address() as { port: number }).port);
	await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
	return ports;
}
