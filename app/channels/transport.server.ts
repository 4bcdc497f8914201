import { type Dispatcher, Pool } from "undici";
import { type Transport, TransportError } from "./channel.ts";
import { isInsideHost, lookupPublic } from "./public-network.ts";

/** Providers' answers are small; whatever is larger is no answer of theirs. */
const ANSWER_MAX_BYTES = 1024 * 1024;
const CONNECT_TIMEOUT_MS = 10_000;

type Answer = Awaited<ReturnType<Transport["request"]>>;

export interface PooledTransport extends Transport {
	/** Waits for the calls under way, then closes the connections. */
	close(): Promise<void>;
	/** Breaks off the calls under way: their outcome is as unknown as after a lost connection. */
	destroy(): Promise<void>;
}

/**
 * Keep-alive connections to each provider, one request at a time on each.
 *
 * @param how.connections to one origin at most; further requests wait for a free one.
 * @param how.network "public": nothing is sent to addresses inside of our own network, whatever the name says.
 * @param how.mayBegin asked right before the first byte of each request; one that may not begin was surely not sent.
 * @param how.timeoutMs from `request` to the last byte of the answer, the wait for a connection included.
 */
export function createTransport(how: {
	connections: number;
	timeoutMs: number;
	network: "public" | "any";
	mayBegin?: () => boolean;
}): PooledTransport {
	const pools = new Map<string, Pool>();

	function poolOf(origin: string): Pool {
		const known = pools.get(origin);
		if (known) return known;
		if (how.network === "public" && isInsideHost(new URL(origin).hostname))
			throw new Error(`${origin} is not on the public internet`);
		const pool = new Pool(origin, {
			...(how.network === "public" && { connect: { lookup: lookupPublic } }),
			connections: how.connections,
			pipelining: 1,
			allowH2: false,
			connectTimeout: Math.min(how.timeoutMs, CONNECT_TIMEOUT_MS),
			// Each exchange has its own deadline, exact and over the whole; undici's are coarse and restart with every chunk.
			headersTimeout: 0,
			bodyTimeout: 0,
			maxResponseSize: ANSWER_MAX_BYTES,
		});
		pools.set(origin, pool);
		return pool;
	}

	return {
		request({ method, url, headers, body }) {
			return new Promise<Answer>((resolve, reject) => {
				const slash = url.indexOf("/", url.indexOf("://") + 3);
				const exchange = new Exchange(how, resolve, reject);
				try {
					// `dispatch` instead of `request`: no body stream for each answer.
					poolOf(slash < 0 ? url : url.slice(0, slash)).dispatch(
						{ path: slash < 0 ? "/" : url.slice(slash), method, headers, body: body ?? null, idempotent: false },
						exchange,
					);
				} catch (error) {
					exchange.fail(error as Error, "network");
				}
			});
		},
		async close() {
			await Promise.all([...pools.values()].map((pool) => pool.close()));
		},
		async destroy() {
			await Promise.all([...pools.values()].map((pool) => pool.destroy()));
		},
	};
}

/** One request and its answer. */
class Exchange implements Dispatcher.DispatchHandler {
	private readonly resolve: (answer: Answer) => void;
	private readonly reject: (error: TransportError) => void;
	private readonly deadline: NodeJS.Timeout;
	private readonly mayBegin: (() => boolean) | undefined;
	private controller: Dispatcher.DispatchController | undefined;
	private isSettled = false;
	private status = 0;
	private headers: Answer["headers"] = {};
	private chunks: Buffer[] = [];

	constructor(
		how: { timeoutMs: number; mayBegin?: () => boolean },
		resolve: (answer: Answer) => void,
		reject: (error: TransportError) => void,
	) {
		this.resolve = resolve;
		this.reject = reject;
		this.mayBegin = how.mayBegin;
		this.deadline = setTimeout(onDeadline, how.timeoutMs, this);
	}

	/** Undici calls this on a live connection, right before the first byte: until then nothing can have been sent. */
	onRequestStart(controller: Dispatcher.DispatchController): void {
		if (this.controller || this.isSettled) {
			// Given up on while it waited; or undici is about to repeat it on another connection. A repeated POST may be a message sent twice.
			controller.abort(new Error("a request is written once"));
			return;
		}
		if (this.mayBegin && !this.mayBegin()) {
			controller.abort(new Error("no call may begin any more"));
			return;
		}
		this.controller = controller;
	}

	onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Answer["headers"]): void {
		this.status = status;
		this.headers = headers;
	}

	onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
		this.chunks.push(chunk);
	}

	onResponseEnd(): void {
		if (this.isSettled) return;
		this.isSettled = true;
		clearTimeout(this.deadline);
		const [first] = this.chunks;
		const body = first === undefined ? "" : (this.chunks.length === 1 ? first : Buffer.concat(this.chunks)).toString();
		this.resolve({ status: this.status, headers: this.headers, body });
	}

	onResponseError(_: Dispatcher.DispatchController, error: Error): void {
		const isTimeout = (error as { code?: string }).code === "UND_ERR_CONNECT_TIMEOUT";
		this.fail(error, isTimeout ? "timeout" : "network");
	}

	fail(error: Error, cause: "timeout" | "network"): void {
		if (this.isSettled) return;
		this.isSettled = true;
		clearTimeout(this.deadline);
		const message = error.message || (error as { code?: string }).code || "network error";
		this.reject(new TransportError(message, { surelyNotSent: !this.controller, cause }));
	}

	giveUp(): void {
		const error = new Error("no whole answer within the time given");
		this.fail(error, "timeout");
		this.controller?.abort(error);
	}
}

function onDeadline(exchange: Exchange): void {
	exchange.giveUp();
}
