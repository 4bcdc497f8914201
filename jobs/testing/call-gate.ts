import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface Answering {
	answer(incoming: IncomingMessage, body: string, response: ServerResponse): void;
}

export interface CallGate {
	baseUrl: string;
	/** Calls that came, whatever became of them. */
	readonly came: number;
	/** Calls that were let through and are not answered yet. */
	readonly inHand: number;
	/** Calls wait from now on. */
	shut(): void;
	open(): void;
	close(): Promise<void>;
}

/** Stands before a fake provider and lets calls through, or not. One that is cut while it waits never was: the provider has not heard of it. */
export async function openCallGate(fake: Answering): Promise<CallGate> {
	let opened: Promise<void> = Promise.resolve();
	let letThrough = () => {};
	const counts = { came: 0, inHand: 0 };
	const server = createServer(async (request, response) => {
		counts.came++;
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		await opened;
		if (request.socket.destroyed) return;
		counts.inHand++;
		response.once("close", () => counts.inHand--);
		fake.answer(request, Buffer.concat(chunks).toString(), response);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		get came() {
			return counts.came;
		},
		get inHand() {
			return counts.inHand;
		},
		shut() {
			opened = new Promise((resolve) => {
				letThrough = resolve;
			});
		},
		open: () => letThrough(),
		async close() {
			letThrough();
			const closed = new Promise((resolve) => server.close(resolve));
			server.closeAllConnections();
			await closed;
		},
	};
}
