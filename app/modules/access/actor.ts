import type { Locale } from "#app/lib/locale.ts";
import type { Rights } from "./rights.ts";

export type { Locale };
export type AccountKind = "admin" | "dealer" | "client";

/** Who does it: the user, the account acted for and, when impersonating, the user behind. Every module function takes it first. */
export interface Actor {
	userId: number;
	/** When impersonating: the person at the keyboard; `userId` is then the owner of the account that was entered. */
	behindUserId: number | null;
	role: "owner" | "employee";
	account: {
		id: number;
		kind: AccountKind;
		/** "/1/5/9/": a scope is the rows whose account path begins with it. */
		path: string;
		name: string;
		timeZone: string;
		country: string;
		locale: Locale;
	};
	/** What the actor may do; asked by `requireRight` and `hasRight`. */
	rights: Rights;
	/** The paths of the branches whose accounts the actor may reach: the account's own, or those that its role is limited to. */
	branches: readonly string[];
}
