import { createHash, randomBytes } from "node:crypto";

export const SESSION_COOKIE = "sid";
export const SESSION_DAYS = 30;
/** How long the second factor is waited for after the right password. */
export const PENDING_MINUTES = 10;

/** 32 random bytes: what the cookie holds. */
export function newSessionToken(): string {
	return randomBytes(32).toString("base64url");
}

/** What the table holds of it. The token is random through and through, so that a plain hash is enough. */
export function hashSessionToken(token: string): string {
	return createHash("sha256").update(token).digest("base64url");
}
