import type { Actor } from "#app/modules/access/actor.ts";
import { requireKind, requireRight } from "#app/modules/access/require-right.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import { findMoveLosses } from "#app/modules/pricing/find-move-losses.server.ts";
import { lossesShown, type ShownLosses } from "#app/modules/pricing/losses-shown.server.ts";
import { readBooks, type Tx } from "#db/tx.ts";
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
	plan: AttachPlan | null;
	/** Who would sell below cost by it; null: nobody. */
	losses: ShownLosses | null;
	currency: string;
	/** Why the target does not fit. */
	issue: string | null;
}

/**
 * All that the page for moving an account shows, with who would lose by it. `target`: what was typed; undefined: nothing yet.
 *
 * @throws Response 403; 404 for an account that is not there for this actor.
 */
export async function getAttachPage(actor: Actor, accountId: number, target: string | undefined): Promise<AttachPage> {
	requireKind(actor, "admin");
	requireRight(actor, "accounts.update");
	const page = readBooks((tx) => ({ ...frameOf(tx, actor, accountId, target), currency: currency(tx) }));
	if (!page.plan) return { ...page, losses: null };
	const found = await findMoveLosses(page.plan.account, page.plan.to);
	const losses = found.losses.length > 0 ? readBooks((tx) => lossesShown(tx, actor, found)) : null;
	return { ...page, losses };
}

function frameOf(tx: Tx, actor: Actor, accountId: number, target: string | undefined) {
	try {
		const { id, name, version, parentId } = requireAccountBelow(tx, actor, accountId);
		const account = { id, name, version };
		const page = { account, from: accountAbove(tx, { parentId }), target: target ?? "", plan: null, issue: null };
		return target === undefined ? page : { ...page, ...tryPlan(tx, actor, accountId, target) };
	} catch (error) {
		if (error instanceof AccountNotFoundError) throw new Response(null, { status: 404 });
		throw error;
	}
}

function tryPlan(tx: Tx, actor: Actor, accountId: number, target: string): Pick<AttachPage, "plan" | "issue"> {
	try {
		return { plan: planAttach(tx, actor, accountId, target), issue: null };
	} catch (error) {
		return { plan: null, issue: attachTrouble(error).issue };
	}
}
