import type { CauseKey } from "../../causes.ts";
import { type Receipt, ReceiptRubbishError } from "../../channel.ts";
import { type Fields, isFields } from "../../http-results.ts";
import { byId, causeOfStatus, STATUS } from "./statuses.ts";

/** Infobip's chat error codes met on Viber → causes. */
const causeOfError = byId<CauseKey>({
	7002: "not_on_channel",
	7003: "blocked_by_recipient",
	7006: "bad_content",
	7009: "template_mismatch",
	7010: "session_closed",
	7012: "provider_fault",
	7013: "media_trouble",
	7014: "media_trouble",
	7017: "throttled",
	7020: "media_trouble",
	7022: "media_trouble",
	7034: "sender_not_registered",
	7050: "provider_fault",
	7051: "provider_fault",
	7080: "provider_fault",
	7081: "provider_fault",
	7082: "provider_fault",
	7083: "provider_fault",
	7084: "provider_fault",
	7201: "unsupported_device",
	7280: "duplicate",
	7281: "provider_access",
});

/**
 * What a callback says: delivery reports (path "") and seen reports ("/seen"), several in a call. Single results that cannot be
 * read are passed over; ids are not checked, since only the wire knows which are ours.
 *
 * @throws ReceiptRubbishError where nothing of it can be read.
 */
export function readReceipts(path: string, body: string): Receipt[] {
	if (path !== "" && path !== "/seen") throw new ReceiptRubbishError("a path that no report is sent to");
	const results = resultsOf(body);
	if (!results) throw new ReceiptRubbishError("not a list of results");
	const receipts: Receipt[] = [];
	for (const result of results) {
		const receipt = readReport(result) ?? readSeen(result, path);
		if (receipt) receipts.push(receipt);
	}
	if (results.length > 0 && receipts.length === 0) throw new ReceiptRubbishError("no result that can be read");
	return receipts;
}

/** The `results` of a report call or of the log; undefined where there are none to read. Never throws. */
export function resultsOf(body: string): Fields[] | undefined {
	try {
		const parsed: unknown = JSON.parse(body);
		if (!isFields(parsed) || !Array.isArray(parsed.results)) return undefined;
		return parsed.results.map((result: unknown) => (isFields(result) ? result : {}));
	} catch {
		return undefined;
	}
}

/** One result of a delivery report or of the log. */
export function readReport(result: Fields): Receipt | undefined {
	const { messageId, status, error } = result;
	if (typeof messageId !== "string" || messageId === "" || !isFields(status)) return undefined;
	const state = stateOf(status.groupId, status.id);
	if (!state) return undefined;
	const receipt: Receipt = { externalId: messageId, state };
	if (state === "failed" || state === "expired" || state === "rejected") receipt.cause = causeOf(status, error);
	const atUtc = readTime(result.doneAt) ?? readTime(result.sentAt);
	if (atUtc !== undefined) receipt.atUtc = atUtc;
	return receipt;
}

/** Matched by its id alone: in seen reports `from` is the person and `to` the sender, but the documents are loose about it. */
function readSeen(result: Fields, path: string): Receipt | undefined {
	const { messageId, seenAt, status } = result;
	if (typeof messageId !== "string" || messageId === "" || status !== undefined) return undefined;
	if (path !== "/seen" && seenAt === undefined) return undefined;
	const atUtc = readTime(seenAt);
	return atUtc === undefined
		? { externalId: messageId, state: "read" }
		: { externalId: messageId, state: "read", atUtc };
}

function stateOf(groupId: unknown, id: unknown): Receipt["state"] | undefined {
	switch (groupId) {
		case 0:
		case 1:
			return id === STATUS.waitingDelivery || id === STATUS.enroute ? "sent" : "handed_over";
		case 2:
			return "failed";
		case 3:
			// Reached the operator only: the person's phone is reported later, or never.
			return id === STATUS.deliveredToOperator ? "sent" : "delivered";
		case 4:
			return "expired";
		case 5:
			// Said of the repeated try: the first one lives on under the same id.
			return id === STATUS.duplicateId ? "handed_over" : "rejected";
		default:
			return undefined;
	}
}

function causeOf(status: Fields, error: unknown): CauseKey {
	const code = isFields(error) ? error.id : undefined;
	const known = causeOfError(code) ?? causeOfStatus(status.id);
	if (known) return known;
	// New codes appear; whether the trouble was the provider's own and passing is said beside each.
	return isFields(error) && error.permanent === false ? "provider_fault" : "unspecified";
}

/** Infobip writes `2023-02-01T23:00:00.000+0000`: an offset without the colon that the standard asks for. */
function readTime(value: unknown): number | undefined {
	if (typeof value !== "string" || value.length > 40) return undefined;
	const ms = Date.parse(value.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
	return Number.isNaN(ms) ? undefined : ms;
}
