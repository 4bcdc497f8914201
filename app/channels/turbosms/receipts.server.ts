import { createHash, timingSafeEqual } from "node:crypto";
import type { CauseKey } from "../causes.ts";
import { type Callback, type Receipt, ReceiptRubbishError } from "../channel.ts";
import { type Fields, isFields, readExactFields } from "../http-results.ts";
import { momentOfLocalTime } from "../local-time.ts";
import type { TurbosmsSettings } from "./settings.ts";

/** Its times are those of its own clocks. */
const ZONE = "Europe/Kiev";

type State = Receipt["state"];

/** By the words of the API and by those of SMPP, without case: callbacks have been seen with either. */
const STATES: Readonly<Record<string, State>> = {
	queued: "handed_over",
	accepted: "sent",
	acceptd: "sent",
	enroute: "sent",
	sent: "sent",
	delivered: "delivered",
	delivrd: "delivered",
	read: "read",
	expired: "expired",
	undelivered: "failed",
	undeliv: "failed",
	failed: "failed",
	rejected: "rejected",
	rejectd: "rejected",
	cancelled: "rejected",
	deleted: "rejected",
};

const REASONS: Readonly<Record<string, CauseKey>> = {
	SRVC_NOT_VIBER_USER: "not_on_channel",
	SRVC_USER_BLOCKED: "blocked_by_recipient",
	SRVC_NO_SUITABLE_DEVICE: "unsupported_device",
};

/** @throws ReceiptRubbishError where the body is no event about a message. */
export function readReceipts(_path: string, body: string): Receipt[] {
	const { id: eventId, data } = eventOf(body) ?? {};
	const id = isFields(data) ? (data.message_id ?? "") : "";
	if (!isFields(data) || (typeof id !== "string" && typeof id !== "number") || id === "")
		throw new ReceiptRubbishError("no event about a message");
	const status = readStatus(data);
	const signed = typeof eventId === "string" || typeof eventId === "number" ? { signedId: String(eventId) } : {};
	return status ? [{ externalId: null, providerMessageId: String(id), ...signed, ...status }] : [];
}

/** What an event or an answer to a question says of a message; undefined where it says nothing ("Unknown": what was said last holds). */
export function readStatus(told: Fields): Pick<Receipt, "state" | "cause" | "atUtc"> | undefined {
	const word = String(told.status).toLowerCase();
	const state = Object.hasOwn(STATES, word) ? STATES[word] : undefined;
	if (!state) return undefined;
	const atUtc = momentOfLocalTime(told.dlr_date, ZONE) ?? momentOfLocalTime(told.updated, ZONE);
	return { state, ...causeOf(state, told.rejected_status), ...(atUtc !== undefined && { atUtc }) };
}

function causeOf(state: State, reason: unknown): Pick<Receipt, "cause"> {
	if (state === "expired") return { cause: "expired" };
	if (state !== "failed" && state !== "rejected") return {};
	return { cause: (Object.hasOwn(REASONS, String(reason)) && REASONS[String(reason)]) || "unspecified" };
}

/** As JSON or as a form, whichever was chosen in the panel; a form spells `data` as `data[message_id]=…`. */
function eventOf(body: string): Fields | undefined {
	const json = readExactFields(body);
	if (json) return json;
	const form = new URLSearchParams(body);
	if (!form.has("id")) return undefined;
	const data: Fields = {};
	for (const [name, value] of form) {
		const field = /^data\[(\w{1,40})\]$/.exec(name)?.[1];
		if (field) data[field] = value;
	}
	const whole = form.get("data");
	return { id: form.get("id"), signature: form.get("signature"), data: whole ? readExactFields(whole) : data };
}

/**
 * Whether a callback bears TurboSMS's signature: SHA-1 of its secret and the event's id. In which order its documents do not say
 * plainly, and both are met. It says nothing of the data: that nobody else has it, only the unguessable address vouches for.
 */
export function authenticate({ body }: Callback, { callbackSecret }: TurbosmsSettings): boolean {
	// Not switched on: whatever comes, the address alone vouches for it.
	if (callbackSecret === "") return true;
	const event = eventOf(body);
	const id = event?.id;
	if ((typeof id !== "string" && typeof id !== "number") || typeof event?.signature !== "string") return false;
	const given = Buffer.from(event.signature.toLowerCase());
	const isSigned = [`${callbackSecret}${id}`, `${id}${callbackSecret}`].map((text) => {
		const expected = Buffer.from(createHash("sha1").update(text).digest("hex"));
		return given.length === expected.length && timingSafeEqual(given, expected);
	});
	return isSigned.includes(true);
}
