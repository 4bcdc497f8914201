/**
 * A stand-in for Infobip that speaks its wire format over HTTP: `POST /viber/2/messages`, `GET /viber/2/logs`,
 * `GET /viber/2/reports`, `GET /account/1/balance`, and callbacks. It acts as one that has taken a message from the moment it
 * has recorded it in the journal.
 *
 * It misbehaves on cue: by the last six digits of a number (fake-fates.ts; table in docs/simulator.md), and as told through
 * `control` or its own addresses: `POST /control` (ControlInput of ../../fake/script.ts as JSON), `GET /control/journal[?all=1]`,
 * `POST /control/reset`.
 *
 * An id that it has answered about is used up, refused or not: the documents do not say, and this is the harsher reading.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type ControlInput, controlSchema } from "../../fake/script.ts";
import { answer, answerText, errorBody } from "./fake-answers.ts";
import { FakeInfobip } from "./fake-provider.ts";
import { answerSend } from "./fake-send.ts";

/** What the simulator takes unless told otherwise: the demo's provider has it. */
export const SIMULATOR_API_KEY = "demo-simulator-key";

const BODY_MAX_BYTES = 20 * 1024 * 1024;

export interface Fake {
	/** Without a slash at the end. */
	baseUrl: string;
	provider: FakeInfobip;
	/** @throws ZodError for what is no ControlInput. */
	control(input: ControlInput): void;
	reset(): void;
	close(): Promise<void>;
}

export interface FakeOptions {
	/** 0 takes any free one. */
	port?: number;
	host?: string;
	apiKey?: string;
	/** A file that gets a line for each recipient written to, before the call is answered. */
	journalPath?: string;
	/** Who answers at a path in its place: other stand-ins on the same port. */
	mount?: (path: string) => ((request: IncomingMessage, body: string, response: ServerResponse) => void) | undefined;
}

/** @throws the server's error where the port is taken or the journal cannot be written. */
export async function startFake(options: FakeOptions = {}): Promise<Fake> {
	const provider = new FakeInfobip({ apiKey: options.apiKey ?? SIMULATOR_API_KEY, journalPath: options.journalPath });
	const mounted = options.mount ?? (() => undefined);
	const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
		const answerElse = mounted(request.url ?? "/");
		collect(request, (body) =>
			answerElse ? answerElse(request, body, response) : route(provider, request, response, body),
		);
	});
	try {
		await new Promise<void>((resolve, reject) => {
			server.once("error", reject);
			server.listen(options.port ?? 0, options.host ?? "127.0.0.1", resolve);
		});
	} catch (error) {
		await provider.close();
		throw error;
	}
	const { address, port } = server.address() as AddressInfo;
	return {
		baseUrl: `http://${address.includes(":") ? `[${address}]` : address}:${port}`,
		provider,
		control: (input) => provider.tell(controlSchema.parse(input)),
		reset: () => provider.reset(),
		async close() {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections();
			await Promise.all([closed, provider.close()]);
		},
	};
}

function collect(request: IncomingMessage, then: (body: string) => void): void {
	const chunks: Buffer[] = [];
	let size = 0;
	request.on("data", (chunk: Buffer) => {
		size += chunk.length;
		if (size > BODY_MAX_BYTES) request.destroy();
		else chunks.push(chunk);
	});
	request.on("end", () => then((chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString()));
	request.on("error", () => {});
}

function route(provider: FakeInfobip, request: IncomingMessage, response: ServerResponse, body: string) {
	const url = request.url ?? "/";
	if (request.method === "POST" && url === "/viber/2/messages") {
		if (isAuthorized(provider, request, response)) answerSend(provider, body, response);
		return;
	}
	const { pathname, searchParams } = new URL(url, "http://fake.invalid");
	switch (`${request.method} ${pathname}`) {
		case "GET /viber/2/logs":
			if (isAuthorized(provider, request, response)) answerAsk(provider, searchParams, response);
			return;
		case "GET /viber/2/reports":
			if (isAuthorized(provider, request, response))
				answer(response, 200, { results: provider.takeReports(searchParams) });
			return;
		case "GET /account/1/balance":
			if (isAuthorized(provider, request, response)) answer(response, 200, { balance: 1000, currency: "EUR" });
			return;
		case "POST /control":
			return answerControl(provider, body, response);
		case "POST /control/reset":
			provider.reset();
			return answer(response, 200, {});
		case "GET /control/journal":
			return answerText(response, 200, provider.journalSummary(searchParams.get("all") === "1"));
		default:
			answer(response, 404, errorBody(404, "Not found"));
	}
}

function isAuthorized(provider: FakeInfobip, request: IncomingMessage, response: ServerResponse): boolean {
	if (request.headers.authorization === `App ${provider.apiKey}`) return true;
	answer(response, 401, errorBody(401, "Invalid login details"));
	return false;
}

function answerControl(provider: FakeInfobip, body: string, response: ServerResponse) {
	try {
		provider.tell(controlSchema.parse(JSON.parse(body)));
		answer(response, 200, {});
	} catch (error) {
		answer(response, 400, { error: (error as Error).message });
	}
}

function answerAsk(provider: FakeInfobip, query: URLSearchParams, response: ServerResponse) {
	const cue = provider.script.cueFor("ask");
	switch (cue?.do) {
		case undefined:
		case "accept":
			return answer(response, 200, { results: provider.log(query), cursor: { limit: 50, nextCursor: null } });
		case "never-answer":
			return;
		case "close":
			response.destroy();
			return;
		case "rubbish":
			return answerText(response, 200, "<html>maintenance</html>");
		case "throttle":
			return answer(response, 429, errorBody(429, "Too many requests"));
		default:
			answer(response, 500, errorBody(500, "Internal server error"));
	}
}
