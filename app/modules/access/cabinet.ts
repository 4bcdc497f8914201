import type { AccountKind, Actor } from "./actor.ts";
import type { Right } from "./rights.ts";

/** Where each kind of account begins. */
export const FIRST_PAGE: Record<AccountKind, string> = {
	client: "/client/campaigns",
	dealer: "/dealer/accounts",
	admin: "/admin/accounts",
};

/** The page that a person of an account begins at: the cabinet's first that its rights open. */
export function firstPageOf({ account: { kind }, rights }: FirstPageActor): string {
	const pages: [page: string, right: Right][] = [
		[FIRST_PAGE[kind], kind === "client" ? "campaigns.read" : "accounts.read"],
		[`/${kind}/campaigns`, "campaigns.read"],
		[`/${kind}/team`, "employees.read"],
	];
	return pages.find(([, right]) => rights.has(right))?.[0] ?? `/${kind}/settings`;
}

interface FirstPageActor extends Pick<Actor, "rights"> {
	account: Pick<Actor["account"], "kind">;
}

/** The cabinet that a path lies in: "/dealer/accounts/7" → dealer. */
export function cabinetOf(pathname: string): AccountKind | undefined {
	const first = pathname.split("/")[1];
	return first === "client" || first === "dealer" || first === "admin" ? first : undefined;
}

/** Of a form's address: the id of the account that its page was made for (`PostForm`). */
export const FOR_PARAM = "for";

/** Where to go after signing in: only a path of this site, never another host's ("//host", "/\host"). */
export function safePath(wished: unknown, otherwise: string): string {
	if (typeof wished !== "string" || !/^\/(?![/\\])[\x21-\x7e]*$/.test(wished) || wished.includes("\\"))
		return otherwise;
	return wished;
}
