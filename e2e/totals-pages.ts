import type { ListedPage } from "./pages.ts";

/** What an account earned and paid, or spent; of those who have others below also one of these alone. */
export function totalsPages(cabinet: "client" | "dealer" | "admin"): ListedPage[] {
	const of = { route: `routes/${cabinet}+/every/totals+/_index`, as: cabinet } as const;
	const whole: ListedPage = { ...of, name: `${cabinet}-totals`, path: () => `/${cabinet}/totals` };
	if (cabinet === "client") return [whole];
	return [
		whole,
		{ ...of, name: `${cabinet}-totals-branch`, path: ({ childOf }) => `/${cabinet}/totals?branch=${childOf[cabinet]}` },
	];
}
