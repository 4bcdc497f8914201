import { useMatches, useRouteError } from "@remix-run/react";
import type { TFunction } from "i18next";
import { useT } from "#app/lib/page-context.ts";
import { useRoot } from "./frame/root-data.ts";

/**
 * What a route with a loader may export as `handle`:
 * `export const handle: PageHandle<typeof loader> = { title: (t, data) => data.campaign.name };`
 * `export const handle: PageHandle = { title: (t) => t("campaigns:list.title") };`
 */
export interface PageHandle<Data = unknown> {
	title?: (t: TFunction, data: Data) => string;
}

/** The window's title: the innermost route's own, then whose site it is. */
export function usePageTitle(): string {
	const t = useT();
	const brand = useRoot()?.brand.name;
	const matches = useMatches();
	// Null where nothing failed. A route whose loader did not run has no data.
	const hasFailed = Boolean(useRouteError());
	const page = hasFailed
		? undefined
		: matches.findLast((match) => (match.handle as PageHandle | undefined)?.title && match.data != null);
	const title = (page?.handle as PageHandle | undefined)?.title?.(t, page?.data);
	return [title, brand].filter(Boolean).join(" – ");
}
