import type { AccountKind } from "./actor.ts";

/** Where each kind of account begins. */
export const FIRST_PAGE: Record<AccountKind, string> = {
	client: "/client/campaigns",
	dealer: "/dealer/accounts",
	admin: "/admin/accounts",
};

/** The cabinet that a path lies in: "/dealer/accounts/7" → dealer. */
export function cabinetOf(pathname: string): AccountKind | undefined {
	const first = pathname.split("/")[1];
	return first === "client" || first === "dealer" || first === "admin" ? first : undefined;
}

/** Where to go after signing in: only a path of this site, never another host's ("//host", "/\host"). */
export function safePath(wished: unknown, otherwise: string): string {
	if (typeof wished !== "string" || !/^\/(?![/\\])[\x21-\x7e]*$/.test(wished) || wished.includes("\\"))
		return otherwise;
	return wished;
}
