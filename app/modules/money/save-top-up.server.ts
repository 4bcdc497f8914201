import { randomUUID } from "node:crypto";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import type { FailedMove } from "./move-trouble.ts";
import { type DoneMove, saveMove } from "./save-move.server.ts";

export interface FailedTopUp {
	issue: string;
	/** For the next try: the same key, so that whichever of the tries passes, passes once; another where it was used up. */
	formKey: string;
	status: FailedMove["status"];
}

/** Does what a page has shown and somebody has confirmed, or says why not; then the page shows it anew. @throws Response 403, 404 */
export async function saveTopUp(
	actor: Actor,
	form: FormData,
): Promise<(DoneMove & { accountId: number }) | FailedTopUp> {
	requireOwnRight(actor, "money.create");
	const accountId = Number(form.get("account"));
	const saved = await saveMove(actor, "top-up", accountId, form);
	if (!("lastResult" in saved)) return { ...saved, accountId };
	const [issue = "money:error.form_key"] = Object.values(saved.lastResult.error ?? {}).flatMap((said) => said ?? []);
	const formKey = saved.formKey ?? String(form.get("formKey") || randomUUID());
	return { issue, formKey, status: saved.status };
}
