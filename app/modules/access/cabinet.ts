import type { AccountKind, Actor } from "./actor.ts";
import { reachesOwnAccount } from "./require-right.ts";
import type { Right } from "./rights.ts";

/** Where each kind of account begins. */
export const FIRST_PAGE: Record<AccountKind, string> = {
	client: "/client/campaigns",
	dealer: "/dealer/accounts",
	admin: "/admin/accounts",
};

/** The page that a person of an account begins at: the cabinet's first that its rights open. */
export function firstPageOf(actor: Pick<Actor, "rights" | "account" | "branches">): string {
	const { kind } = actor.account;
	const own: [page: string, right: Right][] = [
		[`/${kind}/campaigns`, "campaigns.read"],
		[`/${kind}/stops`, "stops.read"],
	];
	const pages: [page: string, right: Right][] = [
		...(kind === "client" ? [] : [[FIRST_PAGE[kind], "accounts.read"] as [string, Right]]),
		...(reachesOwnAccount(actor) ? own : []),
		[`/${kind}/team`, "employees.read"],
		[`/${kind}/audit`, "audit.read"],
	];
	return pages.find(([, right]) => actor.rights.has(right))?.[0] ?? `/${kind}/settings`;
}

/**
 * The cabinet that a path lies in: "/dealer/accounts/7" → dealer. Written as routes are found by: "/Dealer" and "/%64ealer" lead
 * there too.
 */
export function cabinetOf(pathname: string): AccountKind | undefined {
	const first = decoded(pathname.split("/")[1] ?? "").toLowerCase();
	return first === "client" || first === "dealer" || first === "admin" ? first : undefined;
}

function decoded(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}

/** Of a form's address: the id of the account that its page was made for (`PostForm`). */
export const FOR_PARAM = "for";

/** Where to go after signing in: only a path of this site, never another host's ("//host", "/\host"). */
export function safePath(wished: unknown, otherwise: string): string {
	if (typeof wished !== "string" || !/^\/(?![/\\])[\x21-\x7e]*$/.test(wished) || wished.includes("\\"))
		return otherwise;
	return wished;
}
