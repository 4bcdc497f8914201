import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Callback } from "../channel.ts";

export interface CallbackServer {
	url: string;
	until<T>(find: (calls: (Callback & { path: string })[]) => T | undefined): Promise<T>;
	close(): Promise<void>;
}

/** Stands in for our own callback address. */
export async function startCallbackServer(answer: () => number = () => 200): Promise<CallbackServer> {
	const calls: (Callback & { path: string })[] = [];
	let look = () => {};
	const server: Server = createServer((request, response) => {
		let body = "";
		request.setEncoding("utf8");
		request.on("data", (chunk: string) => {
			body += chunk;
		});
		request.on("end", () => {
			response.writeHead(answer()).end();
			const { url = "", headers } = request;
			calls.push({ path: url.replace("/hooks/1/token", ""), url: `http://${headers.host}${url}`, headers, body });
			look();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/1/token`,
		until: (find) =>
			new Promise((resolve, reject) => {
				const limit = setTimeout(
					() => reject(new Error(`not called back as expected: ${JSON.stringify(calls)}`)),
					60_000,
				);
				look = () => {
					try {
						const found = find(calls);
						if (found === undefined) return;
						clearTimeout(limit);
						resolve(found);
					} catch (error) {
						clearTimeout(limit);
						reject(error);
					}
				};
				look();
			}),
		async close() {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections();
			await closed;
		},
	};
}
