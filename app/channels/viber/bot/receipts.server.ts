import { createHmac, timingSafeEqual } from "node:crypto";
import { type Callback, type Receipt, ReceiptRubbishError } from "../../channel.ts";
import { readExactFields } from "../../http-results.ts";
import type { ViberBotSettings } from "./settings.ts";

/** One token names all messages of a broadcast: only with the person it names one. */
export function ownIdOf(token: unknown, userId: string): string {
	return `${token}:${userId}`;
}

/** A whole number of 64 bits, or the text of one. */
export function isToken(token: unknown): token is number | string {
	return (
		(typeof token === "number" && Number.isSafeInteger(token)) || (typeof token === "string" && /^\d+$/.test(token))
	);
}

/**
 * Events about messages; those about people (who subscribed, left, wrote) say nothing here.
 *
 * @throws ReceiptRubbishError where the body is no event of Viber's.
 */
export function readReceipts(_path: string, body: string): Receipt[] {
	const event = readExactFields(body);
	if (!event || typeof event.event !== "string") throw new ReceiptRubbishError("no event");
	const told = stateOf(event.event);
	if (!told) return [];
	const { message_token: token, user_id: userId, timestamp } = event;
	if (!isToken(token) || typeof userId !== "string" || userId === "")
		throw new ReceiptRubbishError("an event about nobody");
	return [
		{
			externalId: null,
			providerMessageId: ownIdOf(token, userId),
			...told,
			...(typeof timestamp === "number" && { atUtc: timestamp }),
		},
	];
}

function stateOf(event: string): Pick<Receipt, "state" | "cause"> | undefined {
	switch (event) {
		case "delivered":
			return { state: "delivered" };
		case "seen":
			return { state: "read" };
		// The person's own application would not show it.
		case "failed":
			return { state: "failed", cause: "bad_content" };
		default:
			return undefined;
	}
}

/** Whether a callback bears the bot's signature: HMAC-SHA256 of the body by its token, in a header or in the address (`?sig=`). */
export function authenticate({ url, headers, body }: Callback, { authToken }: ViberBotSettings): boolean {
	const header = headers["x-viber-content-signature"];
	const given = typeof header === "string" ? header : /[?&]sig=([0-9a-fA-F]+)/.exec(url)?.[1];
	if (!given) return false;
	const expected = createHmac("sha256", authToken).update(body).digest();
	const signature = Buffer.from(given, "hex");
	return signature.length === expected.length && timingSafeEqual(signature, expected);
}
