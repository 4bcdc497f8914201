import { createHmac, timingSafeEqual } from "node:crypto";
import { type Callback, type Receipt, ReceiptRubbishError } from "../channel.ts";
import { causeOfCode } from "./errors.ts";
import type { TwilioSettings } from "./settings.ts";

/**
 * Twilio repeats nothing of ours but the address that it was given, so the address of each message ends in its id: "/m/<external id>".
 *
 * @throws ReceiptRubbishError where the address names no message or the body no status.
 */
export function readReceipts(path: string, body: string): Receipt[] {
	const externalId = /^\/m\/([\w-]{1,60})$/.exec(path)?.[1];
	const status = new URLSearchParams(body).get("MessageStatus");
	if (!externalId || !status) throw new ReceiptRubbishError("no status of a message");
	const told = stateOf(status, new URLSearchParams(body).get("ErrorCode") ?? "");
	return told ? [{ externalId, ...told }] : [];
}

function stateOf(status: string, code: string): Pick<Receipt, "state" | "cause"> | undefined {
	switch (status) {
		case "sent":
			return { state: "sent" };
		case "delivered":
		case "partially_delivered":
			return { state: "delivered" };
		case "read":
			return { state: "read" };
		case "undelivered":
		case "failed": {
			const { cause, isRejection } = causeOfCode(code);
			if (cause === "expired") return { state: "expired", cause };
			return { state: isRejection ? "rejected" : "failed", cause };
		}
		case "canceled":
			return { state: "rejected", cause: "unspecified" };
		// Accepted, queued, sending: nothing that the answer to the send has not said.
		default:
			return undefined;
	}
}

/**
 * Whether a callback bears Twilio's signature: HMAC-SHA1 by the auth token over the address and the form's fields in the order of
 * their names. Source: lib/webhooks of its own package.
 */
export function authenticate({ url, headers, body }: Callback, { authToken }: TwilioSettings): boolean {
	const given = headers["x-twilio-signature"];
	if (typeof given !== "string") return false;
	const signature = Buffer.from(given, "base64");
	// It signs the address with or without the port, whichever the proxies in between have left.
	return [url, withoutPort(url)].some((address) => {
		const expected = createHmac("sha1", authToken).update(signedText(address, body)).digest();
		return signature.length === expected.length && timingSafeEqual(signature, expected);
	});
}

/** The address, then each name with its value; of a name that comes twice, each different value once. */
export function signedText(url: string, body: string): string {
	const fields = new URLSearchParams(body);
	const names = [...new Set(fields.keys())].sort();
	return names.reduce(
		(text, name) => text + [...new Set(fields.getAll(name))].sort().reduce((all, value) => all + name + value, ""),
		url,
	);
}

function withoutPort(url: string): string {
	return url.replace(/^(https?:\/\/[^/]+?):\d+(?=\/|$)/, "$1");
}
