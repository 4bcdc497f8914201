import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { isInside, isInsideHost, lookupPublic } from "./public-network.ts";
import { createTransport, type PooledTransport } from "./transport.server.ts";

it.each([
	"127.0.0.1",
	"0.0.0.0",
	"10.1.2.3",
	"100.64.0.1",
	"169.254.169.254",
	"172.31.255.255",
	"192.168.0.1",
	"255.255.255.255",
	"::",
	"::1",
	"::127.0.0.1",
	"::ffff:127.0.0.1",
	"::ffff:a00:1",
	"64:ff9b::7f00:1",
	"2002:7f00:1::",
	"fd00::1",
	"fe80::1",
	"ff02::1",
	"no address",
])("%s is inside", (address) => {
	expect(isInside(address)).toBe(true);
});

it.each(["8.8.8.8", "172.32.0.1", "100.128.0.1", "::ffff:8.8.8.8", "2a00:1450:4001::200e"])(
	"%s is public",
	(address) => {
		expect(isInside(address)).toBe(false);
	},
);

it.each(["http://2130706433/", "http://0x7f.1/", "http://127.1/", "http://[::1]/", "http://017700000001/"])(
	"%s is an address of the inside, however it is written",
	(url) => {
		expect(isInsideHost(new URL(url).hostname)).toBe(true);
	},
);

it("a name that stands for the inside is not resolved", async () => {
	for (const all of [true, false]) {
		const error = await new Promise((resolve) => lookupPublic("localhost", { all }, resolve));
		expect(String(error)).toContain("localhost is not on the public internet");
	}
});

describe("a transport for the public network only", () => {
	let transport: PooledTransport | undefined;
	afterEach(() => transport?.destroy());

	it("sends nothing inside, and tells that nothing was sent", async () => {
		let calls = 0;
		const server = createServer((_, response) => {
			calls++;
			response.end("secret");
		});
		await new Promise<void>((resolve) => server.listen(0, resolve));
		const { port } = server.address() as AddressInfo;
		transport = createTransport({ connections: 1, timeoutMs: 2_000, network: "public" });
		for (const host of ["127.0.0.1", "localhost", "[::1]", "2130706433"]) {
			const asked = transport.request({ method: "GET", url: `http://${host}:${port}/`, headers: {} });
			await expect(asked, host).rejects.toMatchObject({ name: "TransportError", surelyNotSent: true });
		}
		expect(calls).toBe(0);
		await new Promise((resolve) => server.close(resolve));
	});
});
