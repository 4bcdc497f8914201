import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { type Callback, type Receipt, ReceiptRubbishError } from "../../channel.ts";
import { type Fields, isFields, readJsonFields } from "../../http-results.ts";
import { meaningOf } from "./errors.ts";
import type { WhatsappCloudSettings } from "./settings.ts";

/**
 * What a webhook says of our messages: several entries, changes and statuses in one. What else comes to the same address (people's
 * messages, templates' reviews) is none of it.
 *
 * @throws ReceiptRubbishError where the body is no webhook of a WhatsApp account.
 */
export function readReceipts(_path: string, body: string): Receipt[] {
	const event = readJsonFields(body);
	if (event?.object !== "whatsapp_business_account" || !Array.isArray(event.entry))
		throw new ReceiptRubbishError("no event of a WhatsApp account");
	const receipts: Receipt[] = [];
	for (const change of event.entry.flatMap((entry: unknown) => listIn(entry, "changes"))) {
		const value = isFields(change) ? change.value : undefined;
		for (const status of listIn(value, "statuses")) {
			const receipt = isFields(status) ? readStatus(status) : undefined;
			if (receipt) receipts.push(receipt);
		}
	}
	return receipts;
}

function listIn(holder: unknown, name: string): unknown[] {
	const list = isFields(holder) ? holder[name] : undefined;
	return Array.isArray(list) ? list : [];
}

function readStatus(status: Fields): Receipt | undefined {
	const { biz_opaque_callback_data: externalId, timestamp } = status;
	// Other systems of the account send by the same number.
	if (typeof externalId !== "string" || externalId === "") return undefined;
	const told = stateOf(status);
	if (!told) return undefined;
	const seconds = typeof timestamp === "string" && /^\d{9,11}$/.test(timestamp) ? Number(timestamp) : undefined;
	return { externalId, ...told, ...(seconds !== undefined && { atUtc: seconds * 1000 }) };
}

function stateOf(status: Fields): Pick<Receipt, "state" | "cause"> | undefined {
	switch (status.status) {
		case "sent":
		case "delivered":
		case "read":
			return { state: status.status };
		case "failed": {
			const [error] = listIn(status, "errors");
			const meaning = isFields(error) ? meaningOf(error.code, error.error_subcode) : undefined;
			const isRejection = meaning?.kind === "number" || meaning?.kind === "content" || meaning?.kind === "consent";
			return { state: isRejection ? "rejected" : "failed", cause: meaning?.cause ?? "unspecified" };
		}
		// Played, deleted, warning and what will yet be invented.
		default:
			return undefined;
	}
}

/** Whether a callback bears Meta's signature: HMAC-SHA256 by the app's secret over the body as it came. */
export function authenticate({ headers, body }: Callback, { appSecret }: WhatsappCloudSettings): boolean {
	const given = headers["x-hub-signature-256"];
	const hex = /^sha256=([0-9a-f]{64})$/i.exec(typeof given === "string" ? given : "")?.[1];
	if (!hex) return false;
	return timingSafeEqual(Buffer.from(hex, "hex"), createHmac("sha256", appSecret).update(body).digest());
}

/** Meta asks once, at the set-up, whether the address is ours: whoever knows the word gets the challenge back. */
export function readGet(query: string, { verifyToken }: WhatsappCloudSettings): { answer: string } | undefined {
	const asked = new URLSearchParams(query);
	const challenge = asked.get("hub.challenge") ?? "";
	const isOurs = asked.get("hub.mode") === "subscribe" && isSameWord(asked.get("hub.verify_token") ?? "", verifyToken);
	return isOurs && /^[\w-]{1,200}$/.test(challenge) ? { answer: challenge } : undefined;
}

/** Without telling by time how much of it was right, or how long it is. */
function isSameWord(given: string, wanted: string): boolean {
	const hash = (word: string) => createHash("sha256").update(word).digest();
	return timingSafeEqual(hash(given), hash(wanted));
}
