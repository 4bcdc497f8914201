import { words } from "./harness/words.ts";
import type { ListedPage } from "./pages.ts";

/** The money of an account below, what can be done with it, and a form of it wrongly filled in. */
export function moneyPages(cabinet: "dealer" | "admin"): ListedPage[] {
	const page = (name: string, file: string, more: Partial<ListedPage> = {}): ListedPage => ({
		name: `${cabinet}-account-${name}`,
		route: `routes/${cabinet}+/reseller/accounts+/$accountId+/money+/${file}`,
		as: cabinet,
		path: ({ unblocked }) => `/${cabinet}/accounts/${unblocked}/money${file === "_index" ? "" : `/${file}`}`,
		...more,
	});
	const topUp = (name: string, wish: string, status?: number): ListedPage => ({
		...{ name: `${cabinet}-${name}`, route: `routes/${cabinet}+/reseller/money+/top-up`, as: cabinet, status },
		path: () => `/${cabinet}/money/top-up${wish}`,
	});
	return [
		topUp("top-up", ""),
		topUp("top-up-wrong", "?whom=nobody&amount=-5&note=118", 422),
		topUp("top-up-confirm", "?whom=client&amount=0.5&note=%E2%84%96+118"),
		page("money", "_index"),
		...["top-up", "take-back", "zero", "credit", "statement"].map((deed) => page(deed, deed)),
		page("top-up-refused", "top-up", {
			act: async (shown, language) => {
				await shown.getByRole("button", { name: words(language, "money:move.top-up.submit"), exact: true }).click();
				await shown.getByRole("alert").waitFor();
			},
			status: 422,
		}),
	];
}
