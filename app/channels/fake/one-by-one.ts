import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { CallbackPoster } from "./callback-poster.ts";
import { Journal } from "./journal.ts";
import { Schedule } from "./schedule.ts";
import { type ControlInput, controlSchema, Script } from "./script.ts";

/** A request as a dialect sees it. */
export interface FakeRequest {
	method: string;
	url: URL;
	headers: IncomingMessage["headers"];
	body: string;
}

export interface FakeAnswer {
	status: number;
	headers?: Record<string, string>;
	body: string;
}

/** A message that was taken: what its receipts will say again. */
export interface TakenMessage {
	/** The provider's own id. */
	id: string;
	/** E.164 with the plus. */
	to: string;
	channel: string;
	sender: string;
	/** Ours, where the provider repeats it. */
	reference: string | undefined;
	callbackUrl: string | undefined;
}

/** How a provider that takes one recipient a request speaks; what it does is the fake's. */
export interface Dialect extends CommonDialect {
	/** The message, still without the provider's id; or the answer to what cannot be read or is refused. */
	readSend(request: FakeRequest): { message: Omit<TakenMessage, "id"> } | { refused: FakeAnswer };
	taken(message: TakenMessage): FakeAnswer;
}

/** The same for one that takes several. */
export interface BulkDialect extends CommonDialect {
	readBulk(request: FakeRequest): { items: BulkItem<Omit<TakenMessage, "id">>[] } | { refused: FakeAnswer };
	/** `items` may be fewer than were sent, and in another order. */
	answerBulk(items: BulkItem<TakenMessage>[], request: FakeRequest): FakeAnswer;
}

/** One recipient: a message that is taken, or why it is not, in the provider's own code. */
export type BulkItem<Message> = { message: Message } | { to: string; refusal: string | number };

/** How a message ends; `not_on_channel` and the rest: it never arrives, and why. */
export type MessageEnd = "read" | "delivered" | Misfortune;
export type Misfortune = "not_on_channel" | "blocked_by_recipient" | "expired" | "unreachable";

export interface FakeOptions {
	/** A file that gets a line for each recipient written to, before the call is answered. */
	journalPath?: string;
	/** What becomes of a message; without it each is read, or delivered where its channel knows no reading. */
	endOf?: (message: Pick<TakenMessage, "to" | "channel">) => MessageEnd;
}

interface CommonDialect {
	isLetIn(request: FakeRequest): boolean;
	isSend(request: FakeRequest): boolean;
	trouble: Record<"unauthorized" | "forbidden" | "throttled" | "failed" | "badRequest", FakeAnswer>;
	/** Whatever else it is asked: status, balance. */
	other(request: FakeRequest, taken: ReadonlyMap<string, TakenMessage & { state: string }>): FakeAnswer | undefined;
	/** The states that a message goes through when all is well, by its channel, in the provider's words: sent, delivered, read where that is known. */
	statesOn(channel: string): readonly string[];
	/** Its words for a message that was sent and never arrives; "unreachable" stands for those that it has none for. Without them all arrive. */
	misfortunes?: Partial<Record<Misfortune, string>> & { unreachable: string };
	/** One callback, signed. */
	callback(message: TakenMessage, state: string): { body: string; headers(body: string): Record<string, string> };
	/** An id as the provider makes them. */
	newId(serial: number): string;
}

/**
 * A stand-in for a provider over real HTTP, for those that take one recipient a request and those that take a handful: counts whom it has written to, misbehaves as it is
 * told (script.ts), and calls back.
 */
export class OneByOneFake {
	readonly journal: Journal;
	readonly poster = new CallbackPoster();
	baseUrl = "";
	private readonly script = new Script();
	private readonly dialect: Dialect | BulkDialect;
	private readonly endOf: NonNullable<FakeOptions["endOf"]>;
	private readonly server: Server;
	private readonly messages = new Map<string, TakenMessage & { state: string }>();
	private readonly schedule = new Schedule<() => void>((due) => {
		for (const run of due) run();
	});
	private deliveryMs = DELIVERY_MS;
	private seenMs = SEEN_MS;
	private answerMs: [number, number] = [0, 0];
	private serial = 0;

	constructor(dialect: Dialect | BulkDialect, options: FakeOptions = {}) {
		this.dialect = dialect;
		this.journal = new Journal(options.journalPath);
		this.endOf = options.endOf ?? (() => "read");
		this.server = createServer((request, response) => {
			let body = "";
			request.setEncoding("utf8");
			request.on("data", (chunk: string) => {
				body += chunk;
			});
			request.on("end", () => this.answer(request, body, response));
			request.on("error", () => {});
		});
	}

	async listen(): Promise<this> {
		await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
		this.baseUrl = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
		return this;
	}

	control(input: ControlInput): void {
		const control = controlSchema.parse(input);
		this.script.tell(control);
		this.deliveryMs = control.receipts?.deliveryMs ?? this.deliveryMs;
		this.seenMs = control.receipts?.seenMs ?? this.seenMs;
		this.answerMs = control.answerMs ?? this.answerMs;
	}

	/** Behaves well again, and forgets whom it has written to; receipts that are due are dropped. */
	reset(): void {
		this.control({
			seed: 1,
			next: [],
			mix: [],
			answerMs: [0, 0],
			receipts: { deliveryMs: DELIVERY_MS, seenMs: SEEN_MS },
		});
		this.schedule.clear();
		this.poster.clear();
		this.messages.clear();
		this.journal.reset();
	}

	async close(): Promise<void> {
		const closed = new Promise<void>((resolve) =>
			this.server.listening ? this.server.close(() => resolve()) : resolve(),
		);
		this.server.closeAllConnections();
		this.schedule.close();
		await Promise.all([closed, this.poster.close()]);
		this.journal.close();
	}

	/** @param path as the provider knows it, where another server has it below a path of its own. */
	answer(incoming: IncomingMessage, body: string, response: ServerResponse, path = incoming.url ?? "/"): void {
		const { method = "GET", headers } = incoming;
		const request = { method, headers, body, url: new URL(path, "http://fake.invalid") };
		if (!this.dialect.isLetIn(request)) write(response, this.dialect.trouble.unauthorized);
		else if (!this.dialect.isSend(request)) this.answerOther(request, response);
		else if (this.answerMs[1] === 0) this.answerSend(request, response);
		// Late in taking as in answering: a call that is cut before has written to nobody.
		else setTimeout(() => this.answerSend(request, response), this.script.between(this.answerMs));
	}

	private answerOther(request: FakeRequest, response: ServerResponse): void {
		const cue = this.script.cueFor("ask");
		if (cue && this.misbehave(cue, response)) return;
		write(response, this.dialect.other(request, this.messages) ?? { status: 404, body: "" });
	}

	private answerSend(request: FakeRequest, response: ServerResponse): void {
		const cue = this.script.cueFor("send");
		if (cue && this.misbehave(cue, response)) return;
		const { dialect } = this;
		if ("readBulk" in dialect) {
			const read = dialect.readBulk(request);
			if ("refused" in read) {
				write(response, read.refused);
				return;
			}
			const items = read.items.map((item) => ("message" in item ? { message: this.take(item.message) } : item));
			const told = cue?.do === "take-then-shuffle" ? items.toReversed() : items;
			const isLeftOut = (at: number) => cue?.do === "take-then-omit" && at % 2 === 1;
			const answer = dialect.answerBulk(
				told.filter((_, at) => !isLeftOut(at)),
				request,
			);
			this.answerTaken(cue?.do, answer, response);
			return;
		}
		const read = dialect.readSend(request);
		if ("refused" in read) write(response, read.refused);
		else this.answerTaken(cue?.do, dialect.taken(this.take(read.message)), response);
	}

	private answerTaken(deed: string | undefined, answer: FakeAnswer, response: ServerResponse): void {
		switch (deed) {
			case "take-then-hang":
				break;
			case "take-then-error":
				write(response, this.dialect.trouble.failed);
				break;
			case "take-then-close-half-way":
				response.writeHead(answer.status, { "content-length": answer.body.length + 10 });
				response.write(answer.body.slice(0, 5), () => response.destroy());
				break;
			case "take-then-rubbish":
				write(response, RUBBISH);
				break;
			case "take-then-truncate":
				write(response, { ...answer, body: answer.body.slice(0, answer.body.length - 10) });
				break;
			default:
				write(response, answer);
		}
	}

	/** Deeds that take nothing; false: it was none of them. */
	private misbehave(cue: NonNullable<ReturnType<Script["cueFor"]>>, response: ServerResponse): boolean {
		const { trouble } = this.dialect;
		const answers: Partial<Record<typeof cue.do, FakeAnswer>> = {
			"bad-request": trouble.badRequest,
			unauthorized: trouble.unauthorized,
			forbidden: trouble.forbidden,
			error: trouble.failed,
			rubbish: RUBBISH,
			throttle: {
				...trouble.throttled,
				headers: { ...trouble.throttled.headers, ...(cue.retryAfter && { "retry-after": cue.retryAfter }) },
			},
		};
		const answer = answers[cue.do];
		if (answer) write(response, answer);
		if (cue.do === "close") response.destroy();
		return answer !== undefined || cue.do === "close" || cue.do === "never-answer";
	}

	private take(read: Omit<TakenMessage, "id">): TakenMessage {
		const message = { ...read, id: this.dialect.newId(++this.serial) };
		this.journal.record([{ to: message.to.replace("+", ""), id: message.id }]);
		const kept = { ...message, state: "" };
		this.messages.set(message.id, kept);
		let afterMs = this.script.between(this.deliveryMs);
		for (const state of this.statesOf(message)) {
			this.schedule.after(afterMs, () => {
				kept.state = state;
				const { body, headers } = this.dialect.callback(message, state);
				if (message.callbackUrl) this.poster.post(message.callbackUrl, () => body, headers);
			});
			afterMs += this.script.between(this.seenMs);
		}
		return message;
	}

	private statesOf(message: TakenMessage): readonly string[] {
		const well = this.dialect.statesOn(message.channel);
		const { misfortunes } = this.dialect;
		const end = this.endOf(message);
		if (end === "read" || !misfortunes) return well;
		if (end === "delivered") return well.slice(0, 2);
		return [well[0]!, misfortunes[end] ?? misfortunes.unreachable];
	}
}

/** Ms from and to. */
const DELIVERY_MS: [number, number] = [300, 1500];
const SEEN_MS: [number, number] = [2000, 8000];
const RUBBISH: FakeAnswer = { status: 200, body: "<html>maintenance</html>" };

function write(response: ServerResponse, { status, headers = {}, body }: FakeAnswer): void {
	response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
}
