import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { buildWeb } from "#bin/build/build-web.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const OPEN_WITHIN_MS = 90_000;

export interface Answer {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	/** As they crossed the wire. */
	bytes: Buffer;
	text: string;
}

export interface Web {
	port: number;
	child: ChildProcess;
	/** One request, as it is: nothing is followed or decoded. `form` makes it a POST. */
	ask(path: string, how?: Ask): Promise<Answer>;
	/** The cookie of a session opened by the form. */
	signIn(login: string, password: string): Promise<string>;
	stop(): Promise<void>;
}

export interface Ask {
	method?: string;
	headers?: Record<string, string>;
	body?: string | Buffer;
	form?: Record<string, string>;
}

/** The real web process (app/server.ts with the build of these sources) on the DATA_DIR and JOBS_DATABASE_URL of this test. */
export async function startWeb(settings: Record<string, string> = {}): Promise<Web> {
	await buildWeb(() => {});
	const port = await freePort();
	const child = spawn(process.execPath, ["app/server.ts"], {
		cwd: root,
		env: {
			...process.env,
			NODE_ENV: "production",
			LOG_LEVEL: "warn",
			HOST: "127.0.0.1",
			PORT: String(port),
			...settings,
		},
		stdio: ["ignore", "pipe", "pipe"],
	});
	let said = "";
	for (const stream of [child.stdout, child.stderr]) stream?.on("data", (piece) => (said += piece));
	const ask = (path: string, how: Ask = {}) => send(port, path, how);
	const giveUpAt = Date.now() + OPEN_WITHIN_MS;
	while (!(await ask("/healthz").catch(() => undefined))) {
		if (child.exitCode !== null || Date.now() > giveUpAt) throw new Error(`the web did not open:\n${said}`);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	return {
		port,
		child,
		ask,
		async signIn(login, password) {
			const answer = await ask("/sign-in", { form: { login, password } });
			const cookie = [answer.headers["set-cookie"] ?? []].flat().find((one) => one.startsWith("sid="));
			if (!cookie) throw new Error(`no session for ${login}: ${answer.status}`);
			return cookie.split(";")[0]!;
		},
		async stop() {
			if (child.exitCode !== null || child.signalCode !== null) return;
			child.kill("SIGTERM");
			await once(child, "exit");
		},
	};
}

function send(port: number, path: string, { method, headers = {}, body, form }: Ask): Promise<Answer> {
	const content = form ? new URLSearchParams(form).toString() : body;
	const all: Record<string, string> = { ...headers };
	if (form) all["content-type"] = "application/x-www-form-urlencoded";
	if (content !== undefined && !all["transfer-encoding"]) all["content-length"] ??= String(Buffer.byteLength(content));
	return new Promise((resolve, reject) => {
		const req = request(
			{
				host: "127.0.0.1",
				port,
				path,
				method: method ?? (content === undefined ? "GET" : "POST"),
				headers: all,
				agent: false,
			},
			(res) => {
				const pieces: Buffer[] = [];
				res.on("data", (piece: Buffer) => pieces.push(piece));
				res.on("error", reject);
				res.on("end", () => {
					const bytes = Buffer.concat(pieces);
					resolve({ status: res.statusCode ?? 0, headers: res.headers, bytes, text: bytes.toString("utf8") });
				});
			},
		);
		req.on("error", reject);
		req.end(content);
	});
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.on("error", reject);
		probe.listen(0, "127.0.0.1", () => {
			const { port } = probe.address() as { port: number };
			probe.close(() => resolve(port));
		});
	});
}
