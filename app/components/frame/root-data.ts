import { useRouteLoaderData } from "@remix-run/react";
import type { Locale } from "#app/lib/locale.ts";
import type { AccountKind } from "#app/modules/access/actor.ts";
import type { Scheme } from "#app/modules/access/page-settings.server.ts";
import type { Brand } from "#app/modules/brand/brand-for.server.ts";

/** What the root's loader says of every page. */
export interface RootData {
	locale: Locale;
	scheme: Scheme;
	brand: Brand;
	/** Who is signed in; null for a stranger. */
	viewer: { name: string; login: string; accountName: string; kind: AccountKind; timeZone: string } | null;
}

/** Undefined on the error page of a root loader that failed. */
export function useRoot(): RootData | undefined {
	return useRouteLoaderData<RootData>("root");
}
