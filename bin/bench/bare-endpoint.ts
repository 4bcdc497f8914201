// A provider's endpoint stripped to the bytes: answers each POST with an accepted item for each messageId in it. It parses no
// more HTTP than the measured clients send, so that it is never what is measured. With BENCH_CALL_BACK it tells of each message that it
// is delivered, at the address that the call names. Run as a process of its own.
import { createServer, type Socket } from "node:net";
import { ReceiptPoster } from "./receipt-poster.ts";

const ITEM_STATUS =
	'"status":{"groupId":1,"groupName":"PENDING","id":26,"name":"PENDING_ACCEPTED","description":"Accepted"}';
const KEY = '"messageId":"';
let poster: ReceiptPoster | undefined;

function answer(body: string): string {
	const items: string[] = [];
	const ids: string[] = [];
	for (let at = body.indexOf(KEY); at >= 0; at = body.indexOf(KEY, at)) {
		const from = at + KEY.length;
		at = body.indexOf('"', from);
		const id = body.slice(from, at);
		items.push(`{"messageId":"${id}",${ITEM_STATUS},"destination":"1"}`);
		ids.push(id);
	}
	if (process.env.BENCH_CALL_BACK) callBack(body, ids);
	const json = `{"bulkId":"b","messages":[${items.join(",")}]}`;
	return `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${json.length}\r\n\r\n${json}`;
}

function callBack(body: string, ids: string[]): void {
	poster ??= new ReceiptPoster(/"url":"([^"]+)"/.exec(body)![1]!);
	poster.post(ids);
}

function serve(socket: Socket): void {
	socket.setNoDelay(true);
	let pending = "";
	socket.on("data", (chunk) => {
		pending += chunk.toString("latin1");
		for (;;) {
			const head = pending.indexOf("\r\n\r\n");
			if (head < 0) return;
			const length = /content-length: (\d+)/i.exec(pending.slice(0, head));
			const end = head + 4 + Number(length?.[1] ?? 0);
			if (pending.length < end) return;
			socket.write(answer(pending.slice(head + 4, end)));
			pending = pending.slice(end);
		}
	});
	socket.on("error", () => {});
}

const server = createServer(serve);
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as { port: number }).port }));
process.on("disconnect", () => process.exit(0));
