import { createHmac } from "node:crypto";
import { once } from "node:events";
import { brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { FORM_MAX_BYTES } from "#app/lib/form-limit.ts";
import { callbackToken, seal } from "#app/lib/secrets.server.ts";
import { builtPaths } from "#app/testing/built-paths.ts";
import { addPeople, PASSWORD } from "#app/testing/people.ts";
import { startWeb, type Web } from "#app/testing/start-web.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { CALLBACK_MAX_BYTES } from "./take-callback.ts";

await testWire();
testBooks("file");

/** Of variants that no page uses (filled inputs, JsonInput), and what Mantine sets on the element itself where it is wanted. */
const MANTINE_OPTIONAL = new Set([
	"--mantine-color-gray-1",
	"--mantine-color-dark-5",
	"--mantine-font-family-monospace",
	"--input-right-section-pointer-events",
	"--input-left-section-pointer-events",
]);

const SECRET = "Secret of client2";

let web: Web;
let cookie: string;
beforeAll(async () => {
	await addPeople();
	await inTx((tx) =>
		tx
			.sql(
				`INSERT INTO campaigns (id, account_id, user_id, name, channel, sender, text, collection_id, state, form_key, created_at_utc)
				VALUES (1, 5, 50, ?, 'viber', 'Shop', ?, 1, 'draft', 'key', 1)`,
			)
			.run(SECRET, SECRET),
	);
	web = await startWeb({ BRAND_NAME: "Northwind" });
	cookie = await web.signIn("dealer", PASSWORD);
});
afterAll(() => web?.stop());

describe("every answer", () => {
	it("carries a policy whose nonce is new each time and stands on nothing that came from outside", async () => {
		const policies = await Promise.all([web.ask("/sign-in"), web.ask("/sign-in")]);
		const nonces = policies.map(
			({ headers }) => /script-src 'nonce-([^']+)'/.exec(String(headers["content-security-policy"]))?.[1],
		);
		expect(nonces[0]).toMatch(/^[\w+/]{22}==$/);
		expect(nonces[1]).not.toBe(nonces[0]);
		expect(policies[0]!.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
		expect(policies[0]!.headers["content-security-policy"]).not.toMatch(/script-src[^;]*unsafe|default-src [^']|\*/);
	});

	it.each(["/sign-in", "/nothing", "/error/413", "/assets/nothing.css"])(
		"%s has the headers that protect it",
		async (path) => {
			const { headers } = await web.ask(path);
			expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "same-origin" });
			expect(headers["x-powered-by"]).toBeUndefined();
			expect(headers["strict-transport-security"]).toBeUndefined();
		},
	);

	it("never says the platform's own name under another brand", async () => {
		const paths = ["/sign-in", "/dealer/accounts", "/dealer/accounts/3", "/nothing", "/readyz", "/healthz"];
		const { text } = await web.ask("/sign-in");
		const css = /href="(\/assets\/[^"]+\.css)"/.exec(text)![1]!;
		for (const path of [...paths, css]) {
			const answer = await web.ask(path, { headers: { Cookie: cookie } });
			expect(JSON.stringify(answer.headers) + answer.text, path).not.toMatch(/tiercast/i);
		}
		expect(text).toContain("Northwind");
	});

	it("loads no script, no font, and nothing from elsewhere", async () => {
		const { text } = await web.ask("/dealer/accounts", { headers: { Cookie: cookie } });
		expect(text).not.toMatch(/<script|modulepreload|@font-face|https?:\/\/(?!www\.w3\.org)/);
	});
});

describe("static files", () => {
	it("come compressed by the build, for ever", async () => {
		const page = await web.ask("/sign-in");
		const path = /href="(\/assets\/[^"]+\.css)"/.exec(page.text)![1]!;
		const plain = await web.ask(path);
		const brotli = await web.ask(path, { headers: { "accept-encoding": "gzip, br" } });
		expect(brotli.headers).toMatchObject({
			"content-encoding": "br",
			"cache-control": "public, max-age=31536000, immutable",
		});
		expect(brotliDecompressSync(brotli.bytes).equals(plain.bytes)).toBe(true);
		expect((await web.ask("/.vite/manifest.json")).status).toBe(404);
	});
});

describe("styles", () => {
	it("name no variable that nothing sets: a colour that is missing is a text that cannot be read", async () => {
		const wrong = { form: { login: "nobody", password: "" } };
		const form = await web.ask("/sign-in", wrong);
		const list = await web.ask("/dealer/accounts", { headers: { Cookie: cookie } });
		const pages = [form, list];
		const sheet = await web.ask(/href="(\/assets\/[^"]+\.css)"/.exec(form.text)![1]!);
		const all = [sheet, ...pages].map((answer) => answer.text).join("\n");
		const set = new Set([...all.matchAll(/(--[\w-]+)\s*:/g)].map((match) => match[1]));
		const asked = [...all.matchAll(/var\(\s*(--[\w-]+)\s*\)/g)].map((match) => match[1]!);
		expect(asked.length).toBeGreaterThan(100);
		expect([...new Set(asked)].filter((name) => !set.has(name) && !MANTINE_OPTIONAL.has(name))).toEqual([]);
	});
});

describe("the session's cookie", () => {
	it("is for this host alone, not for scripts, and goes out at sign-out", async () => {
		const answer = await web.ask("/sign-in", { form: { login: "client", password: PASSWORD } });
		expect(answer).toMatchObject({ status: 302, headers: { location: "/client/campaigns" } });
		expect(answer.headers["set-cookie"]).toEqual([
			expect.stringMatching(/^sid=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2592000$/),
		]);
		const session = String(answer.headers["set-cookie"]).split(";")[0]!;
		const out = await web.ask("/sign-out", { form: {}, headers: { Cookie: session } });
		expect(out.headers["set-cookie"]).toEqual([expect.stringMatching(/^sid=; .*Max-Age=0$/)]);
		expect((await web.ask("/client", { headers: { Cookie: session } })).headers.location).toMatch(/^\/sign-in/);
	});

	it("goes over https only where the page came by https, through a proxy that may be believed", async () => {
		const behind = await startWeb({ TRUSTED_PROXIES: "1" });
		const headers = { "x-forwarded-proto": "https" };
		const answer = await behind.ask("/sign-in", { form: { login: "client", password: PASSWORD }, headers });
		expect(String(answer.headers["set-cookie"])).toContain("; Secure");
		expect(answer.headers["strict-transport-security"]).toContain("max-age=31536000");
		await behind.stop();
		const direct = await web.ask("/sign-in", { form: { login: "client", password: PASSWORD }, headers });
		expect(String(direct.headers["set-cookie"])).not.toContain("Secure");
	});
});

describe("a form", () => {
	it.each([
		["another site's page", { "sec-fetch-site": "cross-site" }],
		["a neighbour under the same domain", { "sec-fetch-site": "same-site" }],
		["an old browser on another site", { origin: "https://evil.example" }],
		["a sandbox", { origin: "null" }],
	])("from %s is refused and changes nothing", async (_, headers) => {
		const answer = await web.ask("/look", { form: { scheme: "dark" }, headers: headers as Record<string, string> });
		expect(answer.status).toBe(403);
		expect(answer.headers["set-cookie"]).toBeUndefined();
	});

	it.each([
		["this site's page", { "sec-fetch-site": "same-origin" }],
		["the address bar", { "sec-fetch-site": "none" }],
		["a browser that says nothing", {}],
	])("from %s is taken", async (_, headers) => {
		const answer = await web.ask("/look", { form: { scheme: "dark", back: "/sign-in" }, headers });
		expect(answer).toMatchObject({ status: 302, headers: { location: "/sign-in" } });
	});

	it("that is too large is refused unread, with the limit, in the visitor's language", async () => {
		const body = `login=${"x".repeat(FORM_MAX_BYTES)}`;
		const type = { "content-type": "application/x-www-form-urlencoded" };
		const answer = await web.ask("/sign-in", { body, headers: { ...type, "accept-language": "ru" } });
		expect(answer.status).toBe(413);
		expect(answer.text).toMatch(/Форма вмещает не больше 256/);
		const unmeasured = { ...type, "transfer-encoding": "chunked" };
		expect((await web.ask("/sign-in", { method: "POST", headers: unmeasured })).status).toBe(413);
	});

	it("sent as multipart where no upload belongs is held to the same limit", async () => {
		const headers = { "content-type": "multipart/form-data; boundary=x" };
		const answer = await web.ask("/sign-in", { body: Buffer.alloc(FORM_MAX_BYTES + 1), headers });
		expect(answer.status).toBe(413);
	});
});

describe("what is posted and no form", () => {
	it("is 400 on a page that says so; nothing at all is an empty form, with its errors beside the fields", async () => {
		const headers = { "content-type": "application/json" };
		expect((await web.ask("/sign-in", { method: "POST", headers, body: "{}" })).status).toBe(400);
		const unbounded = { "content-type": "multipart/form-data" };
		expect((await web.ask("/sign-in", { method: "POST", headers: unbounded, body: "x" })).status).toBe(400);
		expect((await web.ask("/sign-in", { method: "POST" })).status).toBe(422);
	});
});

describe("language and colours", () => {
	it("follow the browser, then the form, then the person's own setting on every device", async () => {
		const headers = { "accept-language": "hi-IN,hi;q=0.9" };
		expect((await web.ask("/sign-in", { headers })).text).toContain('<html lang="hi" dir="ltr"');
		const chosen = { ...headers, Cookie: "lng=ar; scheme=dark" };
		expect((await web.ask("/sign-in", { headers: chosen })).text).toContain(
			'<html lang="ar" dir="rtl" data-mantine-color-scheme="dark"',
		);
		const client = await web.signIn("client2", PASSWORD);
		await web.ask("/look", { form: { lng: "ru" }, headers: { Cookie: client } });
		const elsewhere = { ...headers, Cookie: await web.signIn("client2", PASSWORD) };
		expect((await web.ask("/nothing", { headers: elsewhere })).text).toContain('<html lang="ru"');
	});
});

describe("a callback", () => {
	let address: string;
	beforeAll(() => {
		address = `/hooks/7/2-${callbackToken(7, 2)}`;
	});
	const stored = async () =>
		(await wirePool().query("SELECT provider_id, path, body FROM wire.receipts ORDER BY id")).rows;

	it("is answered once it is durable, with what hung on behind its address", async () => {
		expect(await web.ask(address, { body: '{"a":"б"}' })).toMatchObject({ status: 200, text: "" });
		expect(await stored()).toEqual([{ provider_id: 7, path: "", body: '{"a":"б"}' }]);
		expect((await web.ask(`${address}/seen`, { body: "{}" })).status).toBe(200);
		expect((await stored())[1]).toEqual({ provider_id: 7, path: "/seen", body: "{}" });
	});

	it.each([
		["another provider's token", () => address.replace("/7/", "/8/")],
		["another version's token", () => address.replace("/2-", "/1-")],
		["a token cut short", () => address.slice(0, -1)],
		["no token", () => "/hooks/7"],
	])("with %s is 404 and not stored", async (_, path) => {
		const before = await stored();
		expect((await web.ask(path(), { body: "{}" })).status).toBe(404);
		expect(await stored()).toEqual(before);
	});

	it("that its provider signs is taken with the right signature only, and may come again with another", async () => {
		const settings = { baseUrl: "http://x.test", accountSid: `AC${"0".repeat(32)}`, authToken: "token" };
		await inTx((tx) =>
			tx
				.sql(
					`INSERT INTO providers (id, account_id, name, adapter, channel, state, sealed_settings, bulk_size, connections, created_at_utc)
					VALUES (9, 1, 'T', 'twilio', 'sms', 'active', ?, 1, 1, 1)`,
				)
				.run(seal(JSON.stringify(settings), "provider:9")),
		);
		const path = `/hooks/9/1-${callbackToken(9, 1)}/m/i-1-1`;
		const body = "MessageStatus=delivered&MessageSid=SM1";
		const signed = `http://localhost:${web.port}${path}MessageSidSM1MessageStatusdelivered`;
		const signature = createHmac("sha1", "token").update(signed).digest("base64");
		const before = await stored();
		const wrong: Record<string, string>[] = [{}, { "x-twilio-signature": "AAAA" }];
		for (const headers of wrong)
			expect(await web.ask(path, { body, headers })).toMatchObject({ status: 503, headers: { "retry-after": "5" } });
		expect(await stored()).toEqual(before);
		expect((await web.ask(path, { body, headers: { "x-twilio-signature": signature } })).status).toBe(200);
		expect((await stored()).at(-1)).toEqual({ provider_id: 9, path: "/m/i-1-1", body });
		expect((await web.ask(path)).status, "it only posts").toBe(405);
	});

	it("by GET answers the question whether the address is ours, and stores nothing", async () => {
		const settings = { phoneNumberId: "1098765", accessToken: "t", appSecret: "s", verifyToken: "word" };
		const all = { baseUrl: "http://x.test", apiVersion: "v23.0", ...settings };
		await inTx((tx) =>
			tx
				.sql(
					`INSERT INTO providers (id, account_id, name, adapter, channel, state, sealed_settings, bulk_size, connections, created_at_utc)
					VALUES (10, 1, 'W', 'whatsapp-cloud', 'whatsapp', 'active', ?, 1, 1, 1)`,
				)
				.run(seal(JSON.stringify(all), "provider:10")),
		);
		const before = await stored();
		const path = `/hooks/10/1-${callbackToken(10, 1)}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=`;
		expect(await web.ask(`${path}word`)).toMatchObject({
			status: 200,
			text: "1158201444",
			headers: { "content-type": "text/plain; charset=utf-8" },
		});
		expect((await web.ask(`${path}words`)).status).toBe(403);
		expect((await web.ask(path.replace("/1-", "/2-"))).status).toBe(404);
		expect(await stored()).toEqual(before);
	});

	it("may be 1 MB and no more, measured or not", async () => {
		const most = Buffer.alloc(CALLBACK_MAX_BYTES, 0x20);
		const over = Buffer.alloc(CALLBACK_MAX_BYTES + 1, 0x20);
		expect((await web.ask(address, { body: most })).status).toBe(200);
		expect((await web.ask(address, { body: over })).status).toBe(413);
		const chunked = { "transfer-encoding": "chunked" };
		expect((await web.ask(address, { body: over, headers: chunked })).status).toBe(413);
		expect((await web.ask(address, { method: "PUT" })).status).toBe(405);
		expect((await web.ask(address)).status, "of a provider that the books do not hold yet").toBe(503);
	});

	it("is told to come again while Postgres is away, which /readyz says too", async () => {
		const alone = await startWeb({ JOBS_DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing" });
		const answer = await alone.ask(address, { body: "{}" });
		expect(answer).toMatchObject({ status: 503, headers: { "retry-after": "5" } });
		const readyz = await alone.ask("/readyz");
		expect(readyz.status).toBe(503);
		expect(JSON.parse(readyz.text)).toMatchObject({ books: "ok", jobs: "unreachable", missing: ["jobs", "sidecar"] });
		expect((await alone.ask("/healthz")).status).toBe(200);
		await alone.stop();
	});
});

describe("/readyz", () => {
	const readyz = async () => JSON.parse((await web.ask("/readyz")).text);

	it("misses the sidecar until its heartbeat is fresh", async () => {
		expect(await readyz()).toMatchObject({ isReady: false, missing: ["sidecar"], sidecar: { heartbeatAgeMs: null } });
		await wirePool().query("INSERT INTO wire.sidecars (boot_id, node) VALUES ('x', 'node')");
		expect(await readyz()).toMatchObject({ isReady: true, role: "primary", missing: [], backlog: { outbox: 0 } });
		expect((await web.ask("/readyz")).status).toBe(200);
		await wirePool().query("UPDATE wire.sidecars SET seen_at = now() - interval '16 seconds'");
		expect(await readyz()).toMatchObject({ isReady: false, missing: ["sidecar"] });
	});

	it("counts what waits", async () => {
		await wirePool().query("DELETE FROM wire.receipt_inbox");
		await wirePool().query(
			"INSERT INTO wire.receipt_inbox (receipt_id, at) SELECT i, now() FROM generate_series(1, 3) i",
		);
		expect((await readyz()).backlog).toMatchObject({ receipts: 3 });
	});
});

describe("books that cannot be written just now", () => {
	it("are 503, come again, on a page that says so", async () => {
		const { openConnection, booksPath } = await import("#db/client.ts");
		const other = openConnection(booksPath(), "write");
		other.raw.exec("BEGIN IMMEDIATE");
		const answer = await web.ask("/sign-in", { form: { login: "client", password: PASSWORD } });
		other.raw.exec("ROLLBACK");
		other.raw.close();
		expect(answer).toMatchObject({ status: 503, headers: { "retry-after": "5" } });
		expect(answer.text).toContain("Nothing can be saved just now");
	});
});

describe("SIGTERM", () => {
	it("lets what is under way finish, and ends with code 0", async () => {
		const other = await startWeb();
		// The try is counted before the password is looked at, which takes some 50 ms: the request is under way. A wrong one stays counted.
		const answer = other.ask("/sign-in", { form: { login: "dealer2", password: "wrong" } });
		const isUnderWay = () =>
			readBooks((tx) => tx.sql("SELECT 1 FROM sign_in_tries WHERE key = 'login:dealer2'").get() !== undefined);
		await vi.waitUntil(isUnderWay, { timeout: 60_000, interval: 1 });
		const exit = once(other.child, "exit");
		other.child.kill("SIGTERM");
		expect((await answer).status).toBe(422);
		expect((await exit)[0]).toBe(0);
	});
});

describe("strangers", () => {
	/** Cabinet, or undefined for what stands outside of them. */
	const cabinetOfPath = (path: string) => /^\/(client|dealer|admin)(\/|$)/.exec(path)?.[1];
	/** The pattern as an address: campaign 1 and account 5 are client2's, which is dealer2's. */
	const addressOf = (path: string) =>
		path
			.replace(/:(id|campaignId)\b/, "1")
			.replace(":accountId", "5")
			.replace(":status", "404")
			.replace("*", "nothing-here");
	let paths: string[];
	const sessions: Record<string, string> = {};
	beforeAll(async () => {
		paths = await builtPaths();
		for (const login of ["client", "dealer", "admin"]) sessions[login] = await web.signIn(login, PASSWORD);
	});
	const state = () =>
		readBooks((tx) => [
			tx.sql("SELECT * FROM campaigns").all(),
			tx.sql("SELECT * FROM outbox").all(),
			tx.sql("SELECT count(*) AS n FROM collections").all(),
		]);

	it.each(["GET", "POST"])(
		"nobody sees or changes anything by %s: all cabinets lead to the sign-in",
		async (method) => {
			const before = state();
			expect(paths.filter(cabinetOfPath).length).toBeGreaterThan(10);
			for (const path of paths) {
				const answer = await web.ask(addressOf(path), method === "POST" ? { form: { version: "1" } } : {});
				expect(answer.status, `${method} ${path}`).toBeLessThan(500);
				expect(answer.text, path).not.toContain(SECRET);
				if (!cabinetOfPath(path) || answer.status === 405) continue;
				expect(answer, `${method} ${path}`).toMatchObject({ status: 302 });
				expect(answer.headers.location, path).toMatch(/^\/sign-in(\?to=|$)/);
			}
			expect(state()).toEqual(before);
		},
	);

	it.each(["GET", "POST"])("nobody works in another kind's cabinet by %s", async (method) => {
		const before = state();
		for (const login of ["client", "dealer", "admin"])
			for (const path of paths.filter((one) => cabinetOfPath(one) && cabinetOfPath(one) !== login)) {
				const how = { headers: { Cookie: sessions[login]! }, ...(method === "POST" && { form: { version: "1" } }) };
				const answer = await web.ask(addressOf(path), how);
				expect(answer.text, path).not.toContain(SECRET);
				if (answer.status === 302) expect(answer.headers.location, path).toMatch(new RegExp(`^/${login}/`));
				else expect([403, 405], `${login} ${method} ${path}: ${answer.status}`).toContain(answer.status);
			}
		expect(state()).toEqual(before);
	});

	it.each(["GET", "POST"])("another branch's campaign and account are not there, by %s", async (method) => {
		const before = state();
		for (const login of ["client", "dealer"])
			for (const path of paths.filter(
				(one) => cabinetOfPath(one) === login && /:(id|campaignId|accountId)\b/.test(one),
			)) {
				const how = { headers: { Cookie: sessions[login]! }, ...(method === "POST" && { form: { version: "1" } }) };
				const first = await web.ask(addressOf(path), how);
				// An address that is only posted to leads back to its page, which is looked at then.
				const answer = first.status === 302 ? await web.ask(String(first.headers.location), how) : first;
				// 422: a form that is wrong in itself is told so before anything is looked up.
				expect([404, 405, 422], `${login} ${method} ${path}: ${answer.status}`).toContain(answer.status);
				expect(answer.text, path).not.toContain(SECRET);
			}
		expect(state()).toEqual(before);
	});

	it("see the sign-in lead back to where they were going, on this site only", async () => {
		const answer = await web.ask("/client/campaigns?state=draft");
		expect(answer.headers.location).toBe("/sign-in?to=%2Fclient%2Fcampaigns%3Fstate%3Ddraft");
		const form = { login: "client", password: PASSWORD };
		expect((await web.ask(answer.headers.location as string, { form })).headers.location).toBe(
			"/client/campaigns?state=draft",
		);
		expect((await web.ask("/sign-in?to=//evil.example", { form })).headers.location).toBe("/client/campaigns");
	});
});

describe("the weight of pages", () => {
	it.each([
		["client", "/client/campaigns"],
		["client", "/client/campaigns/new"],
		["dealer", "/dealer/accounts"],
		["admin", "/admin/providers"],
		["dealer", "/nothing"],
	])("of %s: %s is at most 14 KB with its CSS, 6 KB without", async (login, path) => {
		const headers = { Cookie: await web.signIn(login, PASSWORD), "accept-encoding": "br" };
		const page = await web.ask(path, { headers });
		const html = brotliDecompressSync(page.bytes).toString("utf8");
		const sheets = [...html.matchAll(/href="(\/assets\/[^"]+\.css)"/g)].map((match) => match[1]!);
		expect(sheets.length).toBeGreaterThan(0);
		const weights = await Promise.all(sheets.map(async (sheet) => (await web.ask(sheet, { headers })).bytes.length));
		const css = weights.reduce((sum, one) => sum + one, 0);
		expect(css).toBeGreaterThan(1_000);
		expect(page.bytes.length).toBeLessThanOrEqual(6 * 1024);
		expect(page.bytes.length + css).toBeLessThanOrEqual(14 * 1024);
	});
});
