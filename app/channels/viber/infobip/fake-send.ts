import type { ServerResponse } from "node:http";
import type { Cue } from "../../fake/script.ts";
import { answer, answerHalf, answerText, errorBody, oldErrorBody } from "./fake-answers.ts";
import type { Answered, FakeInfobip } from "./fake-provider.ts";
import { statusTextOf } from "./fake-reports.ts";
import { type ReadMessage, readSend } from "./fake-request.ts";

/** `POST /viber/2/messages`, the key already checked. */
export function answerSend(provider: FakeInfobip, body: string, response: ServerResponse) {
	const cue = provider.script.cueFor("send");
	const [from, to] = provider.answerMs;
	if (to <= 0) return decide(provider, cue, body, response);
	setTimeout(() => decide(provider, cue, body, response), provider.script.between([from, to]));
}

type Deed = Omit<Cue, "times">;

function decide(provider: FakeInfobip, cue: Deed | undefined, body: string, response: ServerResponse) {
	const read = readSend(body);
	if ("violations" in read) return answer(response, 400, errorBody(400, "Bad request", read.violations));
	const deed = cue ?? provider.callCueOf(read.messages);
	if (deed && refuseAll(deed, read.messages, response)) return;
	const taken = provider.take(read.messages, deed?.do === "refuse" ? (deed.status ?? 6) : undefined);
	if (deed && LEAVES_IN_DOUBT.has(deed.do)) for (const { id } of taken.items) provider.journal.cut.add(id);
	if (taken.early) {
		void taken.early.then(() => answerTaken(deed, taken, response));
	} else {
		answerTaken(deed, taken, response);
	}
}

/** Deeds that take all and say so to nobody. */
const LEAVES_IN_DOUBT = new Set<Deed["do"]>([
	"take-then-hang",
	"take-then-error",
	"take-then-close-half-way",
	"take-then-rubbish",
	"take-then-truncate",
]);

/** Deeds that take nothing. */
function refuseAll(deed: Deed, messages: ReadMessage[], response: ServerResponse): boolean {
	switch (deed.do) {
		case "bad-request":
			answerBadRequest(deed, messages, response);
			return true;
		case "unauthorized":
			answer(response, 401, errorBody(401, "Invalid login details"));
			return true;
		case "forbidden":
			answer(response, 403, errorBody(403, "Forbidden"));
			return true;
		case "throttle": {
			const text = JSON.stringify(errorBody(429, "Too many requests"));
			answerText(response, 429, text, deed.retryAfter === undefined ? {} : { "retry-after": deed.retryAfter });
			return true;
		}
		case "error":
			answer(response, 500, errorBody(500, "Internal server error"));
			return true;
		case "rubbish":
			answerText(response, 200, "<html>maintenance</html>");
			return true;
		case "close":
			response.destroy();
			return true;
		case "never-answer":
			return true;
		default:
			return false;
	}
}

function answerBadRequest(deed: Deed, messages: ReadMessage[], response: ServerResponse): void {
	const culprits = deed.culprits ?? [];
	const violations = culprits.map((at) => ({
		property: `messages[0].destinations[${at}].to`,
		violation: "must be a valid number",
	}));
	if (deed.isOldShape) {
		const errors = Object.fromEntries(violations.map(({ property, violation }) => [property, [violation]]));
		answer(response, 400, oldErrorBody("Bad request", culprits.length > 0 ? errors : undefined));
	} else {
		answer(response, 400, errorBody(400, `Bad request with ${messages.length} messages`, violations));
	}
}

function answerTaken(deed: Deed | undefined, taken: Answered, response: ServerResponse) {
	switch (deed?.do) {
		case "take-then-hang":
			return;
		case "take-then-error":
			return answer(response, 500, errorBody(500, "Internal server error"));
		case "take-then-close-half-way":
			return answerHalf(response, textOf(taken));
		case "take-then-rubbish":
			return answerText(response, 200, "<html>maintenance</html>");
		case "take-then-truncate": {
			const text = textOf(taken);
			return answerText(response, 200, text.slice(0, text.length - 20));
		}
		case "take-then-omit":
			return answerText(response, 200, textOf({ ...taken, items: taken.items.filter((_, at) => at % 2 === 0) }));
		case "take-then-shuffle":
			return answerText(response, 200, textOf({ ...taken, items: taken.items.toReversed() }));
		default:
			answerText(response, 200, textOf(taken));
	}
}

/** By hand: tens of thousands of items a second, all with one of few statuses. */
function textOf({ bulkId, items }: Answered): string {
	let text = `{"bulkId":"${bulkId}","messages":[`;
	for (let i = 0; i < items.length; i++) {
		const { id, to, status } = items[i]!;
		text += `${i === 0 ? "" : ","}{"messageId":${JSON.stringify(id)},"status":${statusTextOf(status)},"destination":"${to}"}`;
	}
	return `${text}]}`;
}
