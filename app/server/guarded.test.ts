import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { log } from "#app/lib/log.ts";
import { guarded } from "./guarded.ts";

let server: Server;
afterEach(() => new Promise((resolve) => server.close(resolve)));

async function listen(answer: (req: IncomingMessage, res: ServerResponse) => void | Promise<void>) {
	server = createServer(guarded(answer));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	return async (path: string) => {
		const answer = await fetch(`http://127.0.0.1:${port}${path}`);
		return { status: answer.status, text: await answer.text() };
	};
}

it("one request that cannot be answered, thrown at once or later, costs nobody else the answer", async () => {
	let answerSlow: (() => void) | undefined;
	const ask = await listen((req, res) => {
		if (req.url === "/slow") answerSlow = () => res.end("whole");
		else if (req.url === "/thrown") throw new Error("thrown");
		else return new Promise((_, reject) => setImmediate(reject, new Error("rejected")));
	});
	const slow = ask("/slow");
	expect(await ask("/thrown")).toEqual({ status: 500, text: "500\n" });
	expect(await ask("/rejected")).toEqual({ status: 500, text: "500\n" });
	answerSlow!();
	expect(await slow).toEqual({ status: 200, text: "whole" });
});

it("is logged by its error, and by nothing that could be a secret", async () => {
	const said = vi.spyOn(log, "error");
	const ask = await listen(() => Promise.reject(new Error("broken")));
	await ask("/hooks/1/1-token?key=secret");
	expect(said).toHaveBeenCalledWith({ err: new Error("broken"), method: "GET", under: "hooks" }, expect.any(String));
	said.mockRestore();
});

it("what has begun breaks off instead of looking whole", async () => {
	const ask = await listen((_req, res) => {
		res.writeHead(200).write("half of it");
		throw new Error("thrown");
	});
	await expect(ask("/")).rejects.toThrow(TypeError);
});
