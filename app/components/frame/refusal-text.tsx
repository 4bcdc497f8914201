import { useT } from "#app/lib/page-context.ts";
import type { Refusal } from "#app/modules/access/refusal.ts";
import { useRoot } from "./root-data.ts";

/** Why a page or a form is refused to somebody who goes in and out of cabinets, and where that person is now. */
export function RefusalText({ why }: { why: Refusal }) {
	const t = useT("enter");
	const name = useRoot()?.viewer?.accountName ?? "";
	return (
		<>
			<h1>{t(`refusal.${why}.title`)}</h1>
			<p>{t(`refusal.${why}.text`, { name })}</p>
		</>
	);
}
