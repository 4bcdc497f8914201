import { request } from "node:http";

/**
 * Posts a multipart form whose file is `sizeBytes` of digits, made as it goes, by a bare HTTP request: what a script would do
 * that knows none of our pages. Resolves with the answer even when it comes before all bytes are sent.
 *
 * @returns status 0 where the connection was closed without an answer; `sentBytes` of the body by then.
 */
export function rawUpload(form: {
	url: string;
	cookie: string;
	fields: Record<string, string>;
	fileField: string;
	fileName: string;
	sizeBytes: number;
}): Promise<{ status: number; body: string; location: string | undefined; sentBytes: number }> {
	const boundary = `e2e${Date.now()}`;
	const head = Object.entries(form.fields)
		.map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
		.concat(
			`--${boundary}\r\nContent-Disposition: form-data; name="${form.fileField}"; filename="${form.fileName}"\r\n`,
			"Content-Type: text/csv\r\n\r\n",
		)
		.join("");
	const tail = `\r\n--${boundary}--\r\n`;
	const piece = Buffer.from("380670000001\n".repeat(5_000));
	return new Promise((resolve) => {
		let sentBytes = 0;
		let answered = false;
		const url = new URL(form.url);
		const outgoing = request(url, {
			method: "POST",
			headers: {
				"Content-Type": `multipart/form-data; boundary=${boundary}`,
				"Content-Length": Buffer.byteLength(head) + form.sizeBytes + Buffer.byteLength(tail),
				Cookie: form.cookie,
				Origin: url.origin,
			},
		});
		outgoing.on("response", (response) => {
			answered = true;
			let body = "";
			const done = () => {
				resolve({ status: response.statusCode ?? 0, body, location: response.headers.location, sentBytes });
				outgoing.destroy();
			};
			response.on("data", (chunk: Buffer) => {
				body += chunk;
			});
			response.on("end", done);
			response.on("error", done);
		});
		outgoing.on("error", () => answered || resolve({ status: 0, body: "", location: undefined, sentBytes }));
		outgoing.write(head);
		const pump = () => {
			while (!answered && !outgoing.destroyed && sentBytes < form.sizeBytes) {
				const next = piece.subarray(0, Math.min(piece.length, form.sizeBytes - sentBytes));
				sentBytes += next.length;
				if (!outgoing.write(next)) return;
			}
			if (!answered && !outgoing.destroyed && !outgoing.writableEnded) outgoing.end(tail);
		};
		outgoing.on("drain", pump);
		pump();
	});
}
