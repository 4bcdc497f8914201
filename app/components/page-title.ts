import { useMatches, useRouteError, useRouteLoaderData } from "@remix-run/react";
import type { TFunction } from "i18next";
import { useT } from "#app/lib/page-context.ts";
import type { RootData } from "../root.tsx";

/**
 * What a route may export as `handle`:
 * `export const handle: PageHandle<typeof loader> = { title: (t, data) => data.campaign.name };`
 * `export const handle: PageHandle = { title: (t) => t("campaigns:list.title") };`
 */
export interface PageHandle<Data = unknown> {
	title?: (t: TFunction, data: Data) => string;
}

/** The window's title: the innermost route's own, then whose site it is. */
export function usePageTitle(): string {
	const t = useT();
	const brand = useRouteLoaderData<RootData>("root")?.brand.name;
	const matches = useMatches();
	const hasFailed = useRouteError() !== undefined;
	const page = hasFailed
		? undefined
		: matches.findLast((match) => (match.handle as PageHandle | undefined)?.title && match.data !== undefined);
	const title = (page?.handle as PageHandle | undefined)?.title?.(t as TFunction, page?.data);
	return [title, brand].filter(Boolean).join(" – ");
}
