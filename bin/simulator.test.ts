import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";

let folder: string;
const running = new Set<ChildProcess>();

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "simulator-"));
});
afterEach(() => {
	for (const child of running) child.kill("SIGKILL");
	running.clear();
	rmSync(folder, { recursive: true });
});

function start(port: number): ChildProcess {
	const child = spawn(process.execPath, ["bin/simulator.ts", "--journal", join(folder, "journal")], {
		env: { ...process.env, SIMULATOR_PORT: String(port), DATA_DIR: folder },
	});
	running.add(child);
	return child;
}

const lineFrom = (stream: NodeJS.ReadableStream) =>
	new Promise<string>((resolve) => stream.once("data", (data) => resolve(String(data).trim())));
const exitOf = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once("exit", resolve));

it("says where it listens, has each recipient in the journal before the answer, and stops on SIGTERM", async () => {
	const child = start(0);
	const baseUrl = (await lineFrom(child.stdout!)).replace("simulator listens on ", "");
	const response = await fetch(`${baseUrl}/viber/2/messages`, {
		method: "POST",
		headers: { authorization: "App demo-simulator-key" },
		body: JSON.stringify({
			messages: [
				{ sender: "S", content: { type: "TEXT", text: "t" }, destinations: [{ to: "380670000001", messageId: "m-1" }] },
			],
		}),
	});
	expect(response.status).toBe(200);
	expect(readFileSync(join(folder, "journal"), "utf8")).toMatch(/^\d{13} 380670000001 m-1\n$/);
	const exit = exitOf(child);
	child.kill("SIGTERM");
	expect(await exit).toBe(0);
});

it("says in one line that its port is taken", async () => {
	const holder = createServer();
	await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
	const child = start((holder.address() as { port: number }).port);
	const exit = exitOf(child);
	expect(await lineFrom(child.stderr!)).toMatch(/^the simulator cannot start: .*EADDRINUSE.*$/);
	expect(await exit).toBe(1);
	await new Promise((resolve) => holder.close(resolve));
});
