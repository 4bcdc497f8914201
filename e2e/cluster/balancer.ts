import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** What stands in front of the nodes: hands each request to one of those that answer, any of them, and 503 where none does. */
export async function startBalancer(
	host: string,
	nodes: () => string[],
): Promise<{ url: string; close(): Promise<void> }> {
	const server = createServer((incoming, answer) => {
		const chunks: Buffer[] = [];
		incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
		incoming.on("end", () => {
			const body = Buffer.concat(chunks);
			const left = nodes().sort(() => Math.random() - 0.5);
			const tryNext = () => {
				const node = left.pop();
				if (!node) {
					answer.writeHead(503).end();
					return;
				}
				const { method, headers } = incoming;
				const passed = request(`${node}${incoming.url}`, { method, headers, agent: false, timeout: 5_000 }, (its) => {
					answer.writeHead(its.statusCode ?? 502, its.headers);
					its.pipe(answer);
					its.on("error", () => answer.destroy());
				});
				passed.on("timeout", () => passed.destroy());
				passed.on("error", () => (answer.headersSent ? answer.destroy() : tryNext()));
				passed.end(body);
			};
			tryNext();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, host, resolve));
	return {
		url: `http://${host}:${(server.address() as AddressInfo).port}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
