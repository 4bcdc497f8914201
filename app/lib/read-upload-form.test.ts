import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { createReadableStreamFromReadable } from "@remix-run/node";
import { afterEach, beforeEach, expect, it } from "vitest";
import { FileTooBigError, readUploadForm, type UploadForm } from "./read-upload-form.server.ts";

const LIMIT = 100_000;
const BOUNDARY = "----form";

async function store(bytes: AsyncIterable<Uint8Array>): Promise<number> {
	let stored = 0;
	begun = true;
	for await (const chunk of bytes) {
		stored += chunk.length;
		if (stored > LIMIT) throw new FileTooBigError();
	}
	return stored;
}

/** A real server that answers with what was read of the form: Node's own streams behave unlike a Request made by hand. */
let outcomes: (UploadForm<number> | Error)[];
let begun: boolean;
const server = createServer(async (req, res) => {
	const request = new Request("http://form.test/", {
		method: "POST",
		headers: {
			"content-type": req.headers["content-type"] ?? "",
			"content-length": req.headers["content-length"] ?? "",
		},
		body: createReadableStreamFromReadable(req),
		duplex: "half",
	} as RequestInit);
	try {
		outcomes.push(await readUploadForm(request, LIMIT, store));
		res.end("read");
	} catch (error) {
		outcomes.push(error as Error);
		res.end("broken");
	}
});

beforeEach(async () => {
	outcomes = [];
	begun = false;
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
});
afterEach(async () => {
	server.closeAllConnections();
	server.close();
	await once(server, "close");
});

function field(name: string, value: string): string {
	return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
}

function fileHead(name: string): string {
	return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/csv\r\n\r\n`;
}

/**
 * Posts the head, then `fileBytes` of file, by a bare socket: Node's own client stops sending once it has an answer, browsers do not.
 * With `breakOffAfter` it goes away once the server has the beginning.
 */
function post(head: string, fileBytes: number, how: { breakOffAfter?: number } = {}) {
	const tail = `\r\n--${BOUNDARY}--\r\n`;
	const length = Buffer.byteLength(head) + fileBytes + tail.length;
	const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
	socket.setMaxListeners(0);
	let isBroken = false;
	socket.on("error", () => {
		isBroken = true;
	});
	const answered = once(socket, "data").then(([answer]) => String(answer).split("\r\n\r\n")[1]);
	answered.catch(() => {});
	async function send() {
		socket.write("POST / HTTP/1.1\r\nHost: form.test\r\n");
		socket.write(`Content-Type: multipart/form-data; boundary=${BOUNDARY}\r\nContent-Length: ${length}\r\n\r\n${head}`);
		const piece = Buffer.alloc(16_384, "5");
		for (let sent = 0; sent < fileBytes && !isBroken; sent += piece.length) {
			if (how.breakOffAfter !== undefined && sent >= how.breakOffAfter) {
				await expect.poll(() => begun).toBe(true);
				socket.destroy();
				return false;
			}
			const isRoom = socket.write(piece.subarray(0, Math.min(piece.length, fileBytes - sent)));
			if (!isRoom) await Promise.race([once(socket, "drain"), once(socket, "close")]);
		}
		await new Promise((resolve) => socket.write(tail, resolve));
		return !isBroken;
	}
	/** `isAllSent`: the connection held until the last byte. */
	return { answered, isAllSent: send() };
}

it("gives the fields and hands the file's bytes on as they come", async () => {
	const { answered } = post(field("name", "Весна") + field("text", "a\r\nb") + fileHead("люди.csv"), 50_000);
	expect(await answered).toBe("read");
	expect(outcomes).toEqual([{ fields: { name: "Весна", text: "a\r\nb" }, file: { name: "люди.csv", stored: 50_000 } }]);
});

it("takes a file input with nothing chosen for no file", async () => {
	const { answered } = post(field("name", "x") + fileHead(""), 0);
	expect(await answered).toBe("read");
	expect(outcomes).toEqual([{ fields: { name: "x" } }]);
});

it("refuses a file as soon as it is too big, keeps the fields, and lets the rest of the body run out", async () => {
	const upload = post(field("text", "kept") + fileHead("big.csv"), 1_500_000);
	expect(await upload.answered).toBe("read");
	expect(outcomes[0]).toMatchObject({
		fields: { text: "kept" },
		file: { name: "big.csv", stored: expect.any(FileTooBigError) },
	});
	// Nobody resets the connection under a browser that is still sending.
	expect(await upload.isAllSent).toBe(true);
});

it("refuses by the announced length before storing anything", async () => {
	const upload = post(field("text", "kept") + fileHead("huge.csv"), 20_000_000);
	expect(await upload.answered).toBe("read");
	expect(outcomes[0]).toMatchObject({ fields: { text: "kept" }, file: { stored: expect.any(FileTooBigError) } });
	expect(begun).toBe(false);
	expect(await upload.isAllSent).toBe(true);
});

it("fails when the visitor goes away in the middle of the file", async () => {
	const upload = post(field("text", "x") + fileHead("half.csv"), 90_000, { breakOffAfter: 40_000 });
	expect(await upload.isAllSent).toBe(false);
	await expect.poll(() => outcomes.length).toBe(1);
	expect(outcomes[0]).toBeInstanceOf(Error);
});
