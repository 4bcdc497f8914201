import { parseWithZod } from "@conform-to/zod/v4";
import type { FormReply } from "#app/lib/form-reply.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireKind, requireOwnRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { askRelease } from "./ask-release.server.ts";
import { NotHeldError, readHold } from "./read-hold.server.ts";
import { releaseForm } from "./release.schema.ts";

export interface FailedRelease {
	lastResult: FormReply;
	status: 422;
}

/**
 * Takes the form that releases a restored copy; its sidecar carries it out within seconds. Undefined when it is taken, also where somebody else
 * was quicker.
 *
 * @throws Response 403
 */
export async function submitRelease(actor: Actor, form: FormData): Promise<FailedRelease | undefined> {
	requireOwnRight(actor, "providers.update");
	requireKind(actor, "admin");
	const submission = parseWithZod(form, { schema: releaseForm });
	if (submission.status !== "success") return { lastResult: submission.reply(), status: 422 };
	const { wire } = submission.value;
	try {
		await inTx((tx) => {
			if (readHold(tx)?.asked) return;
			askRelease(tx, wire, `user:${actor.userId}`);
			writeAudit(tx, actor, "copy.ask-release", "installation", { wire });
		});
	} catch (error) {
		if (!(error instanceof NotHeldError)) throw error;
	}
	return undefined;
}
