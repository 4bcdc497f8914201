import { browserName } from "#app/lib/browser-name.ts";
import { addressGroup } from "#app/modules/access/count-try.server.ts";
import type { Tx } from "#db/tx.ts";
import type { NoticeDetails } from "./notice.ts";
import { putNotice } from "./put-notice.server.ts";

/** Sessions and notices that are looked through; whoever has more of them within their lifetime has been told often enough. */
const LOOKED_THROUGH = 200;

/**
 * Tells a person of a sign-in from an address and browser that it was not known by: none of its sessions is or was lately from there,
 * and it has not been told of it before. Call it before the session is written.
 */
export function noteNewSignIn(
	tx: Tx,
	{ userId, accountId, address, userAgent }: { userId: number; accountId: number; address: string; userAgent: string },
): void {
	const now = { address: address.slice(0, 64), ...browserName(userAgent) };
	const known = [...sessionPlaces(tx, userId, accountId), ...toldPlaces(tx, userId, accountId)];
	if (known.some((one) => placeKey(one) === placeKey(now))) return;
	putNotice(tx, { userId, accountId }, "sign-in.new", now);
}

type Place = NoticeDetails["sign-in.new"];

/** Versions of a browser come and go, and so do addresses within a customer's network. */
function placeKey({ address, browser, system }: Place): string {
	return [addressGroup(address), browser, system].join("\n");
}

function sessionPlaces(tx: Tx, userId: number, accountId: number): Place[] {
	return tx
		.sql<{ address: string; userAgent: string }>(
			`SELECT address, user_agent AS userAgent FROM sign_in_sessions
			WHERE user_id = ? AND account_id = ? AND is_pending = 0 ORDER BY rowid DESC LIMIT ?`,
		)
		.all(userId, accountId, LOOKED_THROUGH)
		.map(({ address, userAgent }) => ({ address, ...browserName(userAgent) }));
}

function toldPlaces(tx: Tx, userId: number, accountId: number): Place[] {
	return tx
		.sql<{ detail: string }>(
			`SELECT detail FROM notices WHERE user_id = ? AND account_id = ? AND kind = 'sign-in.new'
			ORDER BY id DESC LIMIT ?`,
		)
		.all(userId, accountId, LOOKED_THROUGH)
		.map(({ detail }) => JSON.parse(detail) as Place);
}
