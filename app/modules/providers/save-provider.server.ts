import { parseWithZod } from "@conform-to/zod/v4";
import { type ChannelAdapter, type ChannelName, limitsOn } from "#app/channels/channel.ts";
import { requireAdapter } from "#app/channels/registry.ts";
import type { FormReply } from "#app/lib/form-reply.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { readBooks } from "#db/tx.ts";
import { providerForm } from "./provider.schema.ts";
import { providerTrouble } from "./provider-trouble.ts";
import { updateProvider } from "./update-provider.server.ts";

/** Saves a provider's form; undefined when it is saved, else what to show. @throws Response 404 */
export async function saveProvider(actor: Actor, providerId: number, form: FormData): Promise<FormReply | undefined> {
	requireRight(actor, "providers.update");
	const { adapter, channel } = kindOf(actor, providerId);
	const schema = providerForm(adapter, limitsOn(adapter, channel), false);
	const submission = parseWithZod(form, { schema });
	if (submission.status !== "success") return submission.reply();
	const saved = await updateProvider(actor, providerId, submission.value)
		.then((troubles) => Object.fromEntries(Object.entries(troubles).map(([name, key]) => [`settings.${name}`, [key]])))
		.catch(providerTrouble);
	return Object.keys(saved).length > 0 ? submission.reply({ fieldErrors: saved }) : undefined;
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
