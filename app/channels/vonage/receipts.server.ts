import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { type Callback, type Receipt, ReceiptRubbishError } from "../channel.ts";
import { type Fields, isFields, readJsonFields } from "../http-results.ts";
import { meaningOf } from "./errors.ts";
import type { VonageSettings } from "./settings.ts";

/** A signature older than this is a recorded one: they bear no end of their own. */
const SIGNATURE_LIVES_MS = 5 * 60_000;

/** @throws ReceiptRubbishError where the body is no status of a message. */
export function readReceipts(_path: string, body: string): Receipt[] {
	const status = readJsonFields(body);
	if (!status || typeof status.status !== "string") throw new ReceiptRubbishError("no status");
	const { client_ref: externalId } = status;
	// What somebody sends to us comes to the same address in some accounts, and messages of other systems of the account do.
	if (typeof externalId !== "string" || externalId === "") return [];
	const told = stateOf(status);
	if (!told) return [];
	const atUtc = typeof status.timestamp === "string" ? Date.parse(status.timestamp) : Number.NaN;
	return [{ externalId, ...told, ...(Number.isNaN(atUtc) ? {} : { atUtc }) }];
}

function stateOf(status: Fields): Pick<Receipt, "state" | "cause"> | undefined {
	switch (status.status) {
		case "submitted":
			return { state: "sent" };
		case "delivered":
			return { state: "delivered" };
		case "read":
			return { state: "read" };
		case "undeliverable":
		case "rejected": {
			const meaning = isFields(status.error) ? meaningOf(status.error) : undefined;
			const cause = meaning?.cause ?? "unspecified";
			if (cause === "expired") return { state: "expired", cause };
			return { state: meaning?.isRejection ? "rejected" : "failed", cause };
		}
		default:
			return undefined;
	}
}

/**
 * Whether a callback bears Vonage's signature: a JWT (HS256, the account's signature secret) that holds the SHA-256 of the body.
 * Source: signed-webhooks.md of nexmo-developer.
 */
export function authenticate({ headers, body }: Callback, settings: VonageSettings): boolean {
	const { authorization } = headers;
	const [, head, claims, signature] =
		/^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(typeof authorization === "string" ? authorization : "") ?? [];
	if (!head || !claims || !signature) return false;
	// The algorithm is ours to say: a token that names "none" is no token.
	if (decoded(head)?.alg !== "HS256") return false;
	const expected = createHmac("sha256", settings.signatureSecret).update(`${head}.${claims}`).digest();
	const given = Buffer.from(signature, "base64url");
	if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
	const told = decoded(claims);
	const issuedAtMs = Number(told?.iat) * 1000;
	const isFresh = Math.abs(Date.now() - issuedAtMs) < SIGNATURE_LIVES_MS;
	return isFresh && told?.payload_hash === createHash("sha256").update(body).digest("hex");
}

function decoded(part: string): Fields | undefined {
	return readJsonFields(Buffer.from(part, "base64url").toString());
}
