import type { Cabinet, Scenes } from "./harness/scenes.ts";
import { words } from "./harness/words.ts";
import type { ListedPage } from "./pages.ts";

/** Monthly fees, and the limits and alarms of an account. */
export function limitPages(cabinet: Cabinet): ListedPage[] {
	if (cabinet === "client") return [];
	const fees = ({ childOf }: Scenes) => `/accounts/${childOf[cabinet]}/fees`;
	return [
		page("account-fees", "reseller/accounts+/$accountId+/fees", fees),
		{
			...page("account-fees-refused", "reseller/accounts+/$accountId+/fees", fees),
			act: async (shown, language) => {
				await shown.getByRole("button", { name: words(language, "fees:submit"), exact: true }).click();
				await shown.getByRole("alert").waitFor();
			},
			status: 422,
		},
	];

	function page(name: string, file: string, path: (scenes: Scenes) => string): ListedPage {
		const route = `routes/${cabinet}+/${file}`;
		return { name: `${cabinet}-${name}`, route, as: cabinet, path: (scenes) => `/${cabinet}${path(scenes)}` };
	}
}
