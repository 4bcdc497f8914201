import { useRouteLoaderData } from "@remix-run/react";
import type { Locale } from "#app/lib/locale.ts";
import type { AccountKind } from "#app/modules/access/actor.ts";
import type { Scheme } from "#app/modules/access/page-settings.server.ts";
import type { Right } from "#app/modules/access/rights.ts";
import type { Brand } from "#app/modules/brand/brand-for.server.ts";
import type { ShownBalance } from "#app/modules/money/shown-balance.server.ts";

/** What the root's loader says of every page. */
export interface RootData {
	locale: Locale;
	scheme: Scheme;
	brand: Brand;
	/** The books are a restored copy that nobody has released. */
	held: { copiedAtUtc: number; isAsked: boolean } | null;
	/** Who is signed in; null for a stranger. */
	viewer: Viewer | null;
}

export interface Viewer {
	/** Of the person at the keyboard. */
	userId: number;
	name: string;
	login: string;
	/** Of the account acted for. */
	accountId: number;
	accountName: string;
	kind: AccountKind;
	timeZone: string;
	firstPage: string;
	/** What the menu and the pages may offer; the modules ask again. */
	rights: Right[];
	/** False for an employee who is limited to accounts below the own one. */
	reachesOwn: boolean;
	avatarKey: string | null;
	unseenNotices: number;
	/** Of the own account; null for whoever may not see it. */
	balance: ShownBalance | null;
	/** The cabinet is another's, entered from outside; null at home. */
	inside: { id: number; homeName: string; outerName: string; isReadOnly: boolean; endsAtUtc: number } | null;
	/** A cabinet that the person was in until its time ran out. */
	lapsed: { id: number; accountName: string } | null;
}

/** Undefined on the error page of a root loader that failed. */
export function useRoot(): RootData | undefined {
	return useRouteLoaderData<RootData>("root");
}

/** Whether a page may offer what needs this right: `const may = useRights(); may("accounts.create") && <LinkButton …/>` */
export function useRights(): (right: Right) => boolean {
	const rights = useRoot()?.viewer?.rights ?? [];
	return (right) => rights.includes(right);
}
