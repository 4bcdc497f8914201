import { parseWithZod } from "@conform-to/zod/v4";
import { requireAdapter } from "#app/channels/registry.ts";
import type { FormReply } from "#app/lib/form-reply.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { readBooks } from "#db/tx.ts";
import { getProvider } from "./provider.queries.server.ts";
import { providerForm } from "./provider.schema.ts";
import { providerTrouble } from "./provider-trouble.ts";
import { updateProvider } from "./update-provider.server.ts";

/** Saves a provider's form; undefined when it is saved, else what to show. @throws Response 404 */
export async function saveProvider(actor: Actor, providerId: number, form: FormData): Promise<FormReply | undefined> {
	const { adapter, limits } = read(actor, providerId);
	const submission = parseWithZod(form, { schema: providerForm(requireAdapter(adapter), limits, false) });
	if (submission.status !== "success") return submission.reply();
	const saved = await updateProvider(actor, providerId, submission.value)
		.then((troubles) => Object.fromEntries(Object.entries(troubles).map(([name, key]) => [`settings.${name}`, [key]])))
		.catch(providerTrouble);
	return Object.keys(saved).length > 0 ? submission.reply({ fieldErrors: saved }) : undefined;
}

function read(actor: Actor, providerId: number) {
	try {
		return readBooks((tx) => getProvider(tx, actor, providerId));
	} catch (error) {
		providerTrouble(error);
		throw error;
	}
}
