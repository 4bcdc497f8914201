import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { decideWait } from "./decide-wait.server.ts";
import { WaitNotFoundError, WaitOverError } from "./limits.errors.ts";

/** `read`'s answer, or 404 where no such campaign waits for this actor. */
export function waitOr404<T>(read: () => T): T {
	try {
		return read();
	} catch (error) {
		if (error instanceof WaitNotFoundError) throw new Response(null, { status: 404 });
		throw error;
	}
}

/** Does what the pressed button says; undefined when it is done, else what to say. @throws Response 403, 404 */
export async function saveDecision(
	actor: Actor,
	campaignId: number,
	form: FormData,
): Promise<{ issue: string; status: 409 | 422 } | undefined> {
	requireRight(actor, "accounts.read");
	requireRight(actor, "accounts.update");
	const decision = form.get("decision");
	try {
		if (decision !== "released" && decision !== "kept") return { issue: "bounds:error.decision", status: 422 };
		await decideWait(actor, campaignId, decision);
		return undefined;
	} catch (error) {
		if (error instanceof WaitNotFoundError) throw new Response(null, { status: 404 });
		if (error instanceof WaitOverError) return { issue: "bounds:error.over", status: 409 };
		throw error;
	}
}
