import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { ChannelAdapter } from "#app/channels/channel.ts";
import { startCallbackServer } from "#app/channels/fake/callback-server.ts";
import { createTransport } from "#app/channels/transport.server.ts";
import { twilio } from "#app/channels/twilio/adapter.server.ts";
import { FAKE_KEY as TWILIO_KEY } from "#app/channels/twilio/fake.ts";
import { vonage } from "#app/channels/vonage/adapter.server.ts";
import { FAKE_KEY as VONAGE_KEY } from "#app/channels/vonage/fake.ts";

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

it("is Vonage and Twilio as well, each with its own receipts, signed, its own control and its own journal", async () => {
	const child = start(0);
	const origin = (await lineFrom(child.stdout!)).replace("simulator listens on ", "");
	const hook = await startCallbackServer();
	const transport = createTransport({ connections: 2, timeoutMs: 5_000, network: "any" });
	const content = { kind: "text", sender: "Shop", text: "t", validitySeconds: 3600 } as const;
	const send = (number: string, adapter: ChannelAdapter<unknown>, settings: object, channel: "viber" | "sms") =>
		adapter.send(
			{ channel, content, recipients: [{ to: number, externalId: "i-1-1" }], callbackUrl: hook.url },
			settings,
			transport,
		);
	const tell = (path: string, order: object) =>
		fetch(`${origin}${path}/control`, { method: "POST", body: JSON.stringify(order) });
	try {
		const providers = [
			{ path: "/vonage", adapter: vonage, key: VONAGE_KEY, channel: "viber", cause: "not_on_channel" },
			{ path: "/twilio", adapter: twilio, key: TWILIO_KEY, channel: "sms", cause: undefined },
		] as const;
		for (const { path, adapter, key, channel, cause } of providers) {
			const settings = { baseUrl: `${origin}${path}`, ...key };
			await tell(path, { receipts: { deliveryMs: [0, 0], seenMs: [0, 0] } });
			expect(await send("+380501997002", adapter, settings, channel)).toMatchObject({ all: { type: "accepted" } });
			const told = await hook.until((calls) => {
				const own = calls.filter((call) => adapter.authenticate!(call, settings as never));
				return own.length === 2
					? own.flatMap((call) => adapter.readReceipts(call.path, call.body, settings as never))
					: undefined;
			});
			expect(told.map(({ externalId, state }) => [externalId, state])).toEqual([
				["i-1-1", "sent"],
				["i-1-1", cause ? "failed" : "delivered"],
			]);
			expect(told[1]!.cause).toBe(cause);
			await tell(path, { mix: [{ do: "error", share: 1 }] });
			expect(await send("+380501991001", adapter, settings, channel)).not.toMatchObject({ all: { type: "accepted" } });
			await fetch(`${origin}${path}/control/reset`, { method: "POST" });
			expect(await send("+380501991001", adapter, settings, channel)).toMatchObject({ all: { type: "accepted" } });
			const journal = await fetch(`${origin}${path}/control/journal?all=1`);
			expect(await journal.json()).toMatchObject({ written: 1, counts: { "380501991001": 1 } });
			expect((await tell(path, { mix: "none" })).status).toBe(400);
		}
		expect(await (await fetch(`${origin}/control/journal`)).json()).toMatchObject({ written: 0 });
		expect(readFileSync(join(folder, "journal"), "utf8").trim().split("\n")).toHaveLength(4);
	} finally {
		await Promise.all([hook.close(), transport.destroy()]);
	}
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
