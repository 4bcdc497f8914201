import { words } from "./harness/words.ts";
import type { ListedPage } from "./pages.ts";

/** Bills, and what stands on them. */
export function billPages(cabinet: "client" | "dealer" | "admin"): ListedPage[] {
	const own = (name: string, file: string, path: ListedPage["path"]): ListedPage => ({
		...{ name: `${cabinet}-${name}`, route: `routes/${cabinet}+/every/${file}`, as: cabinet, path },
	});
	const pages = [
		own("bills", "bills+/_index", () => `/${cabinet}/bills`),
		own("bill", "bills+/$billId", ({ bill }) => `/${cabinet}/bills/${bill[cabinet]}`),
		own("bill-details", "settings+/bill-details", () => `/${cabinet}/settings/bill-details`),
	];
	if (cabinet === "client") return pages;
	const reseller = (name: string, file: string, path: ListedPage["path"], more: Partial<ListedPage> = {}) => ({
		...{ name: `${cabinet}-${name}`, route: `routes/${cabinet}+/reseller/${file}`, as: cabinet, path },
		...more,
	});
	const newBill: ListedPage["path"] = ({ childOf }) => `/${cabinet}/accounts/${childOf[cabinet]}/bill`;
	return [
		...pages,
		reseller("bill-cancel", "bills+/$billId_.cancel", ({ bill }) => `/${cabinet}/bills/${bill[cabinet]}/cancel`),
		reseller("bill-new", "accounts+/$accountId+/bill", newBill),
		reseller("bill-new-refused", "accounts+/$accountId+/bill", newBill, {
			act: async (page, language) => {
				await page.getByLabel(words(language, "bills:new.from"), { exact: true }).fill("2020-01-01");
				await page.getByLabel(words(language, "bills:new.to"), { exact: true }).fill("2019-01-01");
				await page.getByRole("button", { name: words(language, "bills:new.submit"), exact: true }).click();
				await page.getByText(words(language, "bills:error.order")).first().waitFor();
			},
			status: 422,
		}),
		reseller(
			"account-bill-details",
			"accounts+/$accountId+/bill-details",
			({ childOf }) => `/${cabinet}/accounts/${childOf[cabinet]}/bill-details`,
		),
	];
}
