import type { Pdu } from "smpp";
import type { CauseKey } from "../../causes.ts";
import { type Receipt, ReceiptRubbishError } from "../../channel.ts";
import { isFields, readJsonFields } from "../../http-results.ts";
import { isProviderMessageId } from "../../provider-message-id.ts";
import type { SmppSettings } from "./settings.ts";

/** A deliver_sm as it is kept in the wire. */
export interface Delivered {
	esmClass: number;
	from: string;
	to: string;
	text: string;
	receiptedMessageId?: string;
	messageState?: number;
	networkErrorCode?: string;
}

/** What of a deliver_sm is worth keeping, in words that a person can read. */
export function readableOf(pdu: Pdu): Delivered {
	const { receipted_message_id: id, message_state: state, network_error_code: error } = pdu;
	const text = textOf(pdu.short_message) || textOf(pdu.message_payload);
	return {
		esmClass: Number(pdu.esm_class ?? 0),
		from: String(pdu.source_addr ?? ""),
		to: String(pdu.destination_addr ?? ""),
		text,
		...(typeof id === "string" && id !== "" && { receiptedMessageId: id }),
		...(typeof state === "number" && { messageState: state }),
		...(Buffer.isBuffer(error) && { networkErrorCode: error.toString("hex") }),
	};
}

function textOf(field: unknown): string {
	const message = isFields(field) && "message" in field ? field.message : field;
	return Buffer.isBuffer(message) ? message.toString("latin1") : typeof message === "string" ? message : "";
}

type Told = Pick<Receipt, "state" | "cause">;

/** By the number of message_state and by the word of `stat:`. */
const STATES: readonly [number: number, word: string, told: Told][] = [
	[0, "SCHEDUL", { state: "sent" }],
	[1, "ENROUTE", { state: "sent" }],
	[2, "DELIVRD", { state: "delivered" }],
	[3, "EXPIRED", { state: "expired", cause: "expired" }],
	[4, "DELETED", { state: "rejected", cause: "unspecified" }],
	[5, "UNDELIV", { state: "failed", cause: "unreachable" }],
	[6, "ACCEPTD", { state: "sent" }],
	[7, "UNKNOWN", { state: "failed", cause: "unspecified" }],
	[8, "REJECTD", { state: "rejected", cause: "no_route" satisfies CauseKey }],
	[9, "SKIPPED", { state: "rejected", cause: "unspecified" }],
];

const RECEIPT_BITS = 0x3c;
const FINAL_RECEIPT = 0x04;
const INTERMEDIATE = 0x20;

/**
 * What a deliver_sm says: the fields of its TLVs before the words of its text, which every SMSC writes in its own way. The time in the
 * text is in the SMSC's own zone, which it does not name: it is left out.
 *
 * @throws ReceiptRubbishError where it is no deliver_sm as we keep them, or a receipt without an id or a state.
 */
export function readReceipts(_path: string, body: string, settings: SmppSettings): Receipt[] {
	const pdu = readJsonFields(body);
	if (!pdu || typeof pdu.text !== "string" || typeof pdu.esmClass !== "number")
		throw new ReceiptRubbishError("no deliver_sm");
	const kind = pdu.esmClass & RECEIPT_BITS;
	const id = pdu.receiptedMessageId ?? wordOf(pdu.text, "id");
	const told = stateOf(pdu.messageState, wordOf(pdu.text, "stat"));
	// Some mark their receipts with nothing: what has an id and a state is one. All else is somebody's message to us.
	const isMarked = kind === FINAL_RECEIPT || kind === INTERMEDIATE;
	if (typeof id !== "string" || !isProviderMessageId(id) || !told) {
		if (isMarked) throw new ReceiptRubbishError("a receipt without an id or a state");
		return [];
	}
	return [
		{ externalId: null, providerMessageId: id, otherSpellings: otherSpellings(id, settings.receiptIds), ...told },
	];
}

/** `id:5A3F01 sub:001 … stat:DELIVRD err:000 text:…`: by the name, in small letters or large, wherever it stands. */
function wordOf(text: string, name: "id" | "stat"): string | undefined {
	// What follows "text:" is the person's message, and may say anything.
	const own = text.slice(0, 1_000).replace(/\btext:.*$/is, "");
	return new RegExp(`(?:^|\\s)${name}:\\s*([^\\s:]+)`, "i").exec(own)?.[1];
}

function stateOf(number: unknown, word: string | undefined): Told | undefined {
	const byNumber = STATES.find(([known]) => known === number);
	return (byNumber ?? STATES.find(([, known]) => word?.toUpperCase().startsWith(known)))?.[2];
}

function otherSpellings(id: string, how: SmppSettings["receiptIds"]): string[] {
	const spellings = [id];
	if (how === "decimal" && /^\d{1,40}$/.test(id)) spellings.unshift(BigInt(id).toString(16));
	if (how === "hexadecimal" && /^[0-9a-f]{1,40}$/i.test(id)) spellings.unshift(BigInt(`0x${id}`).toString());
	const all = spellings.flatMap((one) => {
		const bare = one.replace(/^0+(?=.)/, "");
		return [
			one,
			one.toUpperCase(),
			one.toLowerCase(),
			bare,
			bare.toUpperCase(),
			bare.padStart(8, "0"),
			bare.toUpperCase().padStart(8, "0"),
		];
	});
	return [...new Set(all)].filter((one) => one !== id && isProviderMessageId(one));
}
