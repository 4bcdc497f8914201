import type { Actor } from "#app/modules/access/actor.ts";
import { requireKind, requireRight } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";
import { AccountNotFoundError } from "./account.errors.ts";
import { attachTrouble } from "./attach-trouble.ts";
import { type AttachPlan, accountAbove, planAttach } from "./plan-attach.server.ts";
import { requireAccountBelow } from "./require-account.server.ts";

export interface AttachPage {
	account: { id: number; name: string; version: number };
	/** The account above it now. */
	from: { id: number; name: string };
	target: string;
	/** What would happen, once a target that fits was typed. */
	plan: (Pick<AttachPlan, "branchSize" | "isBlockedThere"> & { to: { id: number; name: string } }) | null;
	/** Why the target does not fit. */
	issue: string | null;
}

/**
 * All that the page for moving an account shows. `target`: what was typed; undefined: nothing yet.
 *
 * @throws Response 403; 404 for an account that is not there for this actor.
 */
export function getAttachPage(tx: Tx, actor: Actor, accountId: number, target: string | undefined): AttachPage {
	requireKind(actor, "admin");
	requireRight(actor, "accounts.update");
	try {
		const { id, name, version, parentId } = requireAccountBelow(tx, actor, accountId);
		const page: AttachPage = {
			account: { id, name, version },
			from: accountAbove(tx, { parentId }),
			target: target ?? "",
			plan: null,
			issue: null,
		};
		if (target === undefined) return page;
		try {
			const { branchSize, isBlockedThere, to } = planAttach(tx, actor, accountId, target);
			return { ...page, plan: { branchSize, isBlockedThere, to: { id: to.id, name: to.name } } };
		} catch (error) {
			return { ...page, issue: attachTrouble(error).issue };
		}
	} catch (error) {
		if (error instanceof AccountNotFoundError) throw new Response(null, { status: 404 });
		throw error;
	}
}
