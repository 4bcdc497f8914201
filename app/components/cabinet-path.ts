import { useLocation } from "@remix-run/react";
import { cabinetOf } from "#app/modules/access/cabinet.ts";

/** Addresses of the cabinet that the page is in: `const path = useCabinetPath(); path("campaigns/new")` → /dealer/campaigns/new. */
export function useCabinetPath(): (below: string) => string {
	const cabinet = cabinetOf(useLocation().pathname) ?? "client";
	return (below) => `/${cabinet}/${below}`;
}
