import type { Hook } from "./fake-request.ts";

/** A message that the fake has taken (or refused under its id). */
export interface Taken {
	id: string;
	to: string;
	bulkId: string;
	hook: Hook;
	takenAtUtc: number;
	/** The present status, as the log tells it. */
	status: number;
	error: number;
	doneAtUtc: number;
}

const GROUP_NAMES = ["ACCEPTED", "PENDING", "UNDELIVERABLE", "DELIVERED", "EXPIRED", "REJECTED"];

const STATUSES: Readonly<Record<number, readonly [groupId: number, name: string]>> = {
	2: [3, "DELIVERED_TO_OPERATOR"],
	3: [1, "PENDING_WAITING_DELIVERY"],
	4: [2, "UNDELIVERABLE_REJECTED_OPERATOR"],
	5: [3, "DELIVERED_TO_HANDSET"],
	6: [5, "REJECTED_NETWORK"],
	7: [1, "PENDING_ENROUTE"],
	8: [5, "REJECTED_PREFIX_MISSING"],
	9: [2, "UNDELIVERABLE_NOT_DELIVERED"],
	12: [5, "REJECTED_NOT_ENOUGH_CREDITS"],
	13: [5, "REJECTED_SENDER"],
	14: [5, "REJECTED_DESTINATION"],
	15: [4, "EXPIRED_EXPIRED"],
	19: [5, "REJECTED_ROUTE_NOT_AVAILABLE"],
	20: [5, "REJECTED_FLOODING_FILTER"],
	21: [5, "REJECTED_SYSTEM_ERROR"],
	23: [5, "REJECTED_DUPLICATE_MESSAGE_ID"],
	25: [5, "REJECTED_MESSAGE_TOO_LONG"],
	26: [1, "PENDING_ACCEPTED"],
	29: [4, "EXPIRED_DLR_UNKNOWN"],
	52: [5, "REJECTED_DESTINATION_INVALID"],
};

const ERROR_NAMES: Readonly<Record<number, string>> = {
	7002: "UNKNOWN_USER",
	7003: "BLOCKED_USER",
	7006: "BAD_REQUEST",
	7009: "INVALID_TEMPLATE",
	7010: "NO_SESSION",
	7017: "TOO_MANY_REQUESTS",
	7034: "SENDER_NOT_REGISTERED",
	7050: "PROVIDER_INTERNAL_ERROR",
	7201: "UNSUPPORTED_DEVICE",
};
const PASSING_ERRORS = new Set([7017, 7050]);

export function isRejected(statusId: number): boolean {
	return STATUSES[statusId]?.[0] === 5;
}

export function statusOf(id: number) {
	const [groupId, name] = STATUSES[id] ?? [5, `REJECTED_${id}`];
	return { groupId, groupName: GROUP_NAMES[groupId], id, name, description: name.toLowerCase().replaceAll("_", " ") };
}

/** The statuses of answers are the same text again and again. */
const texts = new Map<number, string>();
export function statusTextOf(id: number): string {
	let text = texts.get(id);
	if (!text) {
		text = JSON.stringify(statusOf(id));
		texts.set(id, text);
	}
	return text;
}

function errorOf(id: number) {
	if (id === 0) {
		return { groupId: 0, groupName: "OK", id: 0, name: "NO_ERROR", description: "No error", permanent: false };
	}
	const name = ERROR_NAMES[id] ?? "UNKNOWN_ERROR";
	const permanent = !PASSING_ERRORS.has(id);
	return { groupId: 2, groupName: "USER_ERRORS", id, name, description: name, permanent };
}

/** An entry of a delivery report, of the log and of the list of reports. */
export function reportOf(taken: Taken, status: number, error: number, doneAtUtc: number) {
	return {
		bulkId: taken.bulkId,
		messageId: taken.id,
		to: taken.to,
		sender: taken.hook.sender,
		sentAt: timeOf(taken.takenAtUtc),
		doneAt: timeOf(doneAtUtc),
		messageCount: 1,
		mccMnc: "25501",
		callbackData: taken.hook.callbackData,
		price: { pricePerMessage: 0.02, currency: "EUR" },
		status: statusOf(status),
		error: errorOf(error),
	};
}

/** In these `from` is the person and `to` the sender. */
export function seenOf(taken: Taken, seenAtUtc: number) {
	return {
		messageId: taken.id,
		from: taken.to,
		to: taken.hook.sender,
		sentAt: timeOf(taken.takenAtUtc),
		seenAt: timeOf(seenAtUtc),
	};
}

/** The offset without a colon is Infobip's. */
function timeOf(ms: number): string {
	return new Date(ms).toISOString().replace("Z", "+0000");
}
