import { parseWithZod } from "@conform-to/zod/v4";
import { type ChannelAdapter, type ChannelName, limitsOn } from "#app/channels/channel.ts";
import { requireAdapter } from "#app/channels/registry.ts";
import type { FormReply } from "#app/lib/form-reply.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { readBooks } from "#db/tx.ts";
import { StaleProviderError } from "./provider.errors.ts";
import { getProvider } from "./provider.queries.server.ts";
import { type ProviderInput, providerForm } from "./provider.schema.ts";
import { providerTrouble } from "./provider-trouble.ts";
import { updateProvider } from "./update-provider.server.ts";
import { type Marks, marksOf, readMarks } from "./value-marks.server.ts";

/** What somebody else has changed meanwhile: a field as the form names it, and what stands there now; null: a secret. */
export interface ProviderChange {
	field: string;
	now: string | null;
}

export interface FailedProvider {
	/** With everything as it was typed; after a 409 what only the other has changed is as it is now. */
	lastResult: FormReply;
	status: 409 | 422;
	/** What the form goes on with: after a 409 the new marks, so that sending it again saves on purpose. */
	seen: Marks;
	changes: ProviderChange[];
}

/** Saves a provider's form; undefined when it is saved, else what to show. @throws Response 404 */
export async function saveProvider(
	actor: Actor,
	providerId: number,
	form: FormData,
): Promise<FailedProvider | undefined> {
	requireRight(actor, "providers.update");
	const { adapter, channel } = kindOf(actor, providerId);
	const schema = providerForm(adapter, limitsOn(adapter, channel), false);
	const submission = parseWithZod(form, { schema });
	const seen = readMarks(form.get("seen"));
	const failed = { status: 422 as const, seen, changes: [] };
	if (submission.status !== "success") return { ...failed, lastResult: submission.reply() };
	try {
		const troubles = await updateProvider(actor, providerId, seen, submission.value);
		const fieldErrors = Object.fromEntries(Object.entries(troubles).map(([name, key]) => [`settings.${name}`, [key]]));
		if (Object.keys(fieldErrors).length > 0) return { ...failed, lastResult: submission.reply({ fieldErrors }) };
	} catch (error) {
		if (error instanceof StaleProviderError)
			return merge(
				actor,
				providerId,
				seen,
				submission.value,
				submission.reply({ formErrors: ["providers:error.changed"] }),
			);
		return { ...failed, lastResult: submission.reply({ fieldErrors: providerTrouble(error) }) };
	}
}

/** What the person has typed stays; where nothing was typed, what the other has changed is shown as it is now. */
function merge(actor: Actor, providerId: number, seen: Marks, typed: ProviderInput, reply: FormReply): FailedProvider {
	const provider = readBooks((tx) => getProvider(tx, actor, providerId));
	const now = openValues(provider);
	const fields = Object.keys(provider.seen).filter((field) => provider.seen[field] !== seen[field]);
	const changes = fields.map((field) => ({ field, now: now[field] ?? null }));
	const typedMarks = marksOf(providerId, typed);
	const taken = changes.filter(({ field }) => typedMarks[field] === seen[field]);
	const initialValue = structuredClone(reply.initialValue) ?? {};
	for (const { field, now } of taken) if (now !== null) setIn(initialValue, field.split("."), now);
	return { lastResult: { ...reply, initialValue }, status: 409, seen: provider.seen, changes };
}

function openValues({ name, bulkSize, connections, settings }: ProviderInput): Record<string, string> {
	const open = Object.entries(settings).map(([setting, value]) => [`settings.${setting}`, value]);
	return { name, bulkSize: String(bulkSize), connections: String(connections), ...Object.fromEntries(open) };
}

function setIn(values: Record<string, unknown>, [head = "", ...rest]: string[], value: string): void {
	if (rest.length === 0) values[head] = value;
	else {
		const inner = { ...(values[head] as Record<string, unknown>) };
		setIn(inner, rest, value);
		values[head] = inner;
	}
}

/** Which form a provider has. @throws Response 404 */
function kindOf(actor: Actor, providerId: number): { adapter: ChannelAdapter<unknown>; channel: ChannelName } {
	const row = readBooks((tx) =>
		tx
			.sql<{ adapter: string; channel: ChannelName }>(
				"SELECT adapter, channel FROM providers WHERE id = ? AND account_id = ?",
			)
			.get(providerId, actor.account.id),
	);
	if (!row) throw new Response(null, { status: 404 });
	return { adapter: requireAdapter(row.adapter), channel: row.channel };
}
