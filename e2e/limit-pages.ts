import type { Cabinet, Scenes } from "./harness/scenes.ts";
import { words } from "./harness/words.ts";
import type { ListedPage } from "./pages.ts";

/** Monthly fees, and the limits and alarms of an account. */
export function limitPages(cabinet: Cabinet): ListedPage[] {
	const own = page("limits", "every/limits", () => "/limits");
	if (cabinet === "client") return [own];
	const below =
		(deed: string) =>
		({ childOf }: Scenes) =>
			`/accounts/${childOf[cabinet]}/${deed}`;
	const limits = "reseller/accounts+/$accountId+/limits";
	const fees = "reseller/accounts+/$accountId+/fees";
	return [
		own,
		page("account-limits", limits, below("limits")),
		refused(page("account-limits-refused", limits, below("limits")), async (shown, language) => {
			await shown.getByLabel(words(language, "bounds:brake.factor"), { exact: true }).fill("0");
			await shown.getByRole("button", { name: words(language, "bounds:save"), exact: true }).click();
		}),
		page("waits", "reseller/waits+/_index", () => "/waits"),
		page("wait", "reseller/waits+/$campaignId", ({ wait }) => `/waits/${wait}`),
		...(cabinet === "admin" ? [page("brake", "brake", () => "/brake")] : []),
		page("account-fees", fees, below("fees")),
		refused(page("account-fees-refused", fees, below("fees")), (shown, language) =>
			shown.getByRole("button", { name: words(language, "fees:submit"), exact: true }).click(),
		),
	];

	function page(name: string, file: string, path: (scenes: Scenes) => string): ListedPage {
		const route = `routes/${cabinet}+/${file}`;
		return { name: `${cabinet}-${name}`, route, as: cabinet, path: (scenes) => `/${cabinet}${path(scenes)}` };
	}
}

function refused(page: ListedPage, send: NonNullable<ListedPage["act"]>): ListedPage {
	return {
		...page,
		act: async (shown, language) => {
			await send(shown, language);
			await shown.getByRole("alert").waitFor();
		},
		status: 422,
	};
}
