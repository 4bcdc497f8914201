import type { Locale } from "#app/lib/locale.ts";

export type { Locale };
export type AccountKind = "admin" | "dealer" | "client";

/** Who does it: the user, the account acted for and, when impersonating, the user behind. Every module function takes it first. */
export interface Actor {
	userId: number;
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
}
