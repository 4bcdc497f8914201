import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { receiptsCalled, storeReceipt } from "../wire/store-receipt.ts";

/** Takes callbacks as the web does (stored, then answered), without the rest of the web. For tests of the sidecar. */
export async function startCallbackServer(): Promise<{ url: string; close(): Promise<void> }> {
	// Its connection may be cut while a callback is being stored: that goes on, and must be over before the wire is closed.
	const inHand = new Set<Promise<void>>();
	const server = createServer((request, response) => {
		const one = take(request, response).catch(() => {});
		inHand.add(one);
		void one.then(() => inHand.delete(one));
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: async () => {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections();
			await closed;
			await Promise.all(inHand);
			await receiptsCalled();
		},
	};
}

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const [, providerId, path] = /^\/hooks\/(\d+)\/[^/]+(\/seen)?$/.exec(request.url ?? "") ?? [];
	try {
		await storeReceipt({ providerId: Number(providerId), path: path ?? "", body: Buffer.concat(chunks).toString() });
		response.end();
	} catch {
		response.writeHead(503).end();
	}
}
