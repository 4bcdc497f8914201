import type { Recipient, SendOutcome, SendResult } from "../../channel.ts";
import { type Fields, type HttpAnswer, isFields, resultOfHttpStatus, UNREADABLE } from "../../http-results.ts";
import { resultOfStatus } from "./statuses.ts";

/** What Infobip's answer to a send means. Never throws, whatever the answer holds. Why: docs/decisions/010-outcomes.md. */
export function outcomeOfAnswer(answer: HttpAnswer, recipients: Recipient[]): SendOutcome {
	const result = resultOfHttpStatus(answer);
	if (result) return { all: result };
	return answer.status < 300 ? outcomeOfItems(answer.body, recipients) : outcomeOfBadRequest(answer.body, recipients);
}

/** 200 is no acceptance: each item has its own status. */
function outcomeOfItems(body: string, recipients: Recipient[]): SendOutcome {
	const items = itemsOf(body);
	if (!items) return { all: UNREADABLE };
	return outcomeOfEqualItems(items, recipients) ?? { each: matchItems(items, recipients) };
}

/** The usual case: as many items as recipients, in their order, all with one result. */
function outcomeOfEqualItems(items: unknown[], recipients: Recipient[]): SendOutcome | undefined {
	if (items.length !== recipients.length) return undefined;
	let common: SendResult | undefined;
	for (let i = 0; i < items.length; i++) {
		const item = items[i];
		if (!isFields(item) || item.messageId !== recipients[i]!.externalId) return undefined;
		const result = resultOfItem(item);
		// Results are shared objects, so that identity tells.
		if (common !== undefined && result !== common) return undefined;
		common = result;
	}
	return common && { all: common };
}

/** Items may come in another order, be fewer than asked for, or be said twice. */
function matchItems(items: unknown[], recipients: Recipient[]): SendResult[] {
	const results = new Map<unknown, SendResult>();
	for (const item of items) {
		if (!isFields(item)) continue;
		const result = resultOfItem(item);
		const earlier = results.get(item.messageId);
		results.set(item.messageId, earlier && earlier.type !== result.type ? UNREADABLE : result);
	}
	return recipients.map(({ externalId }) => results.get(externalId) ?? UNREADABLE);
}

function resultOfItem(item: Fields): SendResult {
	return isFields(item.status) ? resultOfStatus(item.status.groupId, item.status.id) : UNREADABLE;
}

function itemsOf(body: string): unknown[] | undefined {
	try {
		const parsed: unknown = JSON.parse(body);
		return isFields(parsed) && Array.isArray(parsed.messages) ? parsed.messages : undefined;
	} catch {
		return undefined;
	}
}

/**
 * The whole request was refused. Where the answer names destinations, those are at fault and the others may go again at once;
 * where it names the sender or the content, no other split will help; else one bad number may hide among many.
 */
function outcomeOfBadRequest(body: string, recipients: Recipient[]): SendOutcome {
	const properties = violatedProperties(body);
	if (properties.some((property) => /(^|\.)content(\.|\[|$)/.test(property))) {
		return { all: { type: "refused", kind: "content", permanent: true, cause: "bad_content" } };
	}
	if (properties.some((property) => /(^|\.)sender$/.test(property))) {
		return { all: { type: "refused", kind: "config", permanent: false, cause: "sender_not_registered" } };
	}
	const culprits = new Map<number, SendResult>();
	for (const property of properties) {
		const [, index, field] = /(?:^|\.)destinations\[(\d+)\](?:\.(\w+))?$/.exec(property) ?? [];
		const at = Number(index ?? Number.NaN);
		if (!(at < recipients.length)) return { all: blamed(recipients.length) };
		culprits.set(at, field === "to" ? BAD_NUMBER : BAD_REQUEST);
	}
	if (culprits.size === 0) return { all: blamed(recipients.length) };
	return { each: recipients.map((_, at) => culprits.get(at) ?? INNOCENT) };
}

const BAD_NUMBER: SendResult = { type: "refused", kind: "number", permanent: true, cause: "bad_number" };
const BAD_REQUEST: SendResult = { type: "refused", kind: "content", permanent: true, cause: "bad_request" };
const BAD_BULK: SendResult = { type: "refused", kind: "content", permanent: false, cause: "bad_request" };
const INNOCENT: SendResult = { type: "throttled", retryAfterMs: 0, cause: "bad_request" };

const blamed = (recipients: number) => (recipients === 1 ? BAD_REQUEST : BAD_BULK);

/** Paths such as `messages[0].destinations[3].to`, from both shapes of the error body. */
function violatedProperties(body: string): string[] {
	try {
		const parsed: unknown = JSON.parse(body);
		if (!isFields(parsed)) return [];
		if (Array.isArray(parsed.violations)) {
			return parsed.violations.map((violation: unknown) =>
				isFields(violation) && typeof violation.property === "string" ? violation.property : "",
			);
		}
		// The older shape: {requestError: {serviceException: {validationErrors: {property: [texts]}}}}.
		const exception = isFields(parsed.requestError) ? parsed.requestError.serviceException : undefined;
		const errors = isFields(exception) ? exception.validationErrors : undefined;
		return isFields(errors) ? Object.keys(errors) : [];
	} catch {
		return [];
	}
}
