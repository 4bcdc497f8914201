import { parseWithZod } from "@conform-to/zod/v4";
import type { FormReply } from "#app/lib/form-reply.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { dryRunSchema } from "./dry-run.schema.ts";
import { type DryRun, dryRun, NumberUnreadableError } from "./dry-run.server.ts";
import { RouteAccountUnknownError } from "./route.errors.ts";

export interface DryRunPage {
	/** What was typed. */
	values: Record<string, string>;
	/** What is wrong with it. */
	lastResult?: FormReply;
	result?: DryRun;
}

/**
 * The dry run that an address asks for ("?number=…&account=…&channel=sms&kind=text"); without a number only its form.
 *
 * @throws Response 403
 */
export async function getDryRunPage(actor: Actor, query: URLSearchParams): Promise<DryRunPage> {
	requireRight(actor, "providers.read");
	const values = Object.fromEntries(query);
	if (!query.has("number")) return { values };
	const submission = parseWithZod(query, { schema: dryRunSchema });
	if (submission.status !== "success") return { values, lastResult: submission.reply() };
	try {
		return { values, result: await dryRun(actor, submission.value) };
	} catch (error) {
		return { values, lastResult: submission.reply({ fieldErrors: asErrors(error) }) };
	}
}

function asErrors(error: unknown): Record<string, string[]> {
	if (error instanceof NumberUnreadableError) return { number: [error.issue] };
	if (error instanceof RouteAccountUnknownError) return { account: ["routing:error.account"] };
	throw error;
}
