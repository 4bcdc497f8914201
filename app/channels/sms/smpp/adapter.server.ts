import type {
	ChannelAdapter,
	Content,
	ProbeAnswer,
	Recipient,
	SendOutcome,
	SendResult,
	Transport,
} from "../../channel.ts";
import { UNREADABLE } from "../../http-results.ts";
import { isProviderMessageId } from "../../provider-message-id.ts";
import { readReceipts } from "./receipts.server.ts";
import { SmppSession } from "./session.server.ts";
import { type SmppSettings, settingsSchema } from "./settings.ts";
import { ALREADY_BOUND, resultOfBind, resultOfStatus } from "./statuses.ts";
import { textParts } from "./text-parts.ts";

const NOT_REACHED: SendResult = { type: "throttled", retryAfterMs: 1_000, cause: "not_reached" };
const VALIDITY_MAX_SECONDS = 7 * 86_400;
/** Tries of a part after the first, which is out already. */
const PART_TRIES = 5;

/** Any SMSC by SMPP 3.4. Promises no idempotency; query_sm is rarely allowed, so that nobody is asked. */
export const smpp34: ChannelAdapter<SmppSettings> = {
	name: "smpp",
	settings: settingsSchema,
	channels: {
		sms: { kinds: ["text"], textMax: 1000, captionMax: 0, bulkSize: 1, validityMax: VALIDITY_MAX_SECONDS },
	},
	hasIdempotentIds: false,
	absenceHoldsMs: 0,
	namesOnlyItsOwnId: () => true,
	hasCallbacks: () => true,
	open: (settings, how) => new SmppSession(settings, how),

	async send(call, settings, transport): Promise<SendOutcome> {
		const session = sessionOf(transport);
		const each: SendResult[] = [];
		for (const recipient of call.recipients) each.push(await sendOne(call.content, recipient, settings, session));
		return each.length === 1 ? { all: each[0]! } : { each };
	},

	async probe(_settings, transport): Promise<ProbeAnswer> {
		const opened = await sessionOf(transport).probe();
		if ("link" in opened) return { type: "well" };
		if ("failed" in opened) return { type: "unanswered", cause: "not_reached" };
		// Our own session, which the sidecar holds: where only one is allowed, that is the best of signs.
		if (opened.refused === ALREADY_BOUND) return { type: "well" };
		return { type: "refused", cause: "provider_access" };
	},

	readReceipts,
};

/** @throws Error where it is called without its session: a defect of the caller. */
function sessionOf(transport: Transport): SmppSession {
	if (!(transport instanceof SmppSession)) throw new Error("SMPP goes by its own session");
	return transport;
}

async function sendOne(
	content: Content,
	{ to }: Recipient,
	settings: SmppSettings,
	session: SmppSession,
): Promise<SendResult> {
	const said = textParts("text" in content ? content.text : "");
	if (!said) return { type: "refused", kind: "content", permanent: true, cause: "text_too_long" };
	const fields = {
		...sourceOf(content.sender),
		dest_addr_ton: 1,
		dest_addr_npi: 1,
		destination_addr: to.replace(/^\+/, ""),
		validity_period: relativeTime(content.validitySeconds),
		data_coding: said.dataCoding,
	};
	const { parts, whole } = said;
	if (parts.length === 1) return submit(session, { ...fields, registered_delivery: 1, short_message: whole });
	if (settings.longText === "payload")
		return submit(session, {
			...fields,
			registered_delivery: 1,
			short_message: Buffer.alloc(0),
			message_payload: whole,
		});
	const reference = nextReference();
	for (const [at, part] of parts.entries()) {
		const udh = Buffer.from([5, 0, 3, reference, parts.length, at + 1]);
		// One receipt for one message: its last part's.
		const isLast = at === parts.length - 1;
		const short = { registered_delivery: isLast ? 1 : 0, short_message: { udh, message: part } };
		const result = await submitPart(session, { ...fields, ...short }, at > 0);
		if (isLast || result.type !== "accepted") return result;
	}
	return UNREADABLE;
}

/** Once the first part is out, the message cannot be taken back: a part that is put off is tried again, and its fate is the whole's. */
async function submitPart(session: SmppSession, fields: object, isOut: boolean): Promise<SendResult> {
	let result = await submit(session, fields);
	for (let tries = 1; isOut && result.type === "throttled" && tries < PART_TRIES; tries++) {
		const { retryAfterMs } = result;
		await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
		result = await submit(session, fields);
	}
	return isOut && result.type !== "accepted" ? { type: "unknown", cause: result.cause } : result;
}

async function submit(session: SmppSession, fields: object): Promise<SendResult> {
	const answer = await session.submit({ ...fields });
	if (answer === "timeout") return { type: "unknown", cause: "call_timed_out" };
	if (answer === "broken") return { type: "unknown", cause: "connection_broken" };
	if (answer === "unsent") return NOT_REACHED;
	if ("failed" in answer) return NOT_REACHED;
	if ("refused" in answer && typeof answer.refused === "number") return resultOfBind(answer.refused);
	if (!("command_status" in answer)) return UNREADABLE;
	if (answer.command_status !== 0) return resultOfStatus(answer.command_status);
	const { message_id: id } = answer;
	if (typeof id !== "string" || !isProviderMessageId(id)) return UNREADABLE;
	return { type: "accepted", state: "sent", providerMessageId: id };
}

/** A short code, a number, or up to eleven letters. */
function sourceOf(sender: string): Record<string, unknown> {
	const digits = sender.replace(/^\+/, "");
	if (!/^\d+$/.test(digits)) return { source_addr_ton: 5, source_addr_npi: 0, source_addr: sender };
	const isShort = digits.length <= 6;
	return { source_addr_ton: isShort ? 3 : 1, source_addr_npi: isShort ? 0 : 1, source_addr: digits };
}

/** `YYMMDDhhmmsstnnp` of the specification, relative: days, hours, minutes and seconds from now. */
function relativeTime(seconds: number): string {
	const whole = Math.max(60, Math.min(Math.floor(seconds), VALIDITY_MAX_SECONDS));
	const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
	return `0000${two(whole / 86_400)}${two((whole % 86_400) / 3_600)}${two((whole % 3_600) / 60)}${two(whole % 60)}000R`;
}

let reference = 0;
/** What the parts of one message have in common; to one person, the last 255 messages had others. */
function nextReference(): number {
	reference = (reference % 255) + 1;
	return reference;
}
