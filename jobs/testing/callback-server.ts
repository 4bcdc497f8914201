import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { storeReceipt } from "../wire/store-receipt.ts";

/** Takes callbacks as the web does (stored, then answered), without the rest of the web. For tests of the sidecar. */
export async function startCallbackServer(): Promise<{ url: string; close(): Promise<void> }> {
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const [, providerId, path] = /^\/hooks\/(\d+)\/[^/]+(\/seen)?$/.exec(request.url ?? "") ?? [];
		try {
			await storeReceipt({ providerId: Number(providerId), path: path ?? "", body: Buffer.concat(chunks).toString() });
			response.end();
		} catch {
			response.writeHead(503).end();
		}
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
