import { countryName } from "#app/lib/country.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { ShownBranch } from "#app/modules/routing/shown-branch.server.ts";

/** Words for what a route may name; "" is any of them. */
export function useRouteNames() {
	const t = useT("routing");
	const { locale } = usePage();
	return {
		branch: (branch: ShownBranch) =>
			branch ? (branch.name ?? t("account_number", { id: branch.id })) : t("everybody"),
		country: (code: string) => (code === "" ? t("any_country") : countryName(locale, code)),
		kind: (kind: string) => (kind === "" ? t("any_kind") : t(`kind.${kind}` as "kind.text")),
	};
}
