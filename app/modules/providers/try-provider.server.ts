import type { ProbeAnswer } from "#app/channels/channel.ts";
import { openTransport } from "#app/channels/open-transport.server.ts";
import { env } from "#app/lib/env.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { HeldCopyError, isHeld } from "#app/modules/backup/read-hold.server.ts";
import { readBooks } from "#db/tx.ts";
import { ProviderNotFoundError } from "./provider.errors.ts";
import { providerSetup } from "./provider-setup.server.ts";

/** A person waits for the answer. */
const ANSWER_WITHIN_MS = 10_000;

/**
 * Asks the provider whether it lets us in and what credit is left. Sends nothing, changes nothing.
 *
 * @throws ProviderNotFoundError, HeldCopyError
 */
export async function tryProvider(actor: Actor, providerId: number): Promise<ProbeAnswer> {
	requireRight(actor, "providers.update");
	const isOwn = readBooks((tx) =>
		tx.sql("SELECT 1 FROM providers WHERE id = ? AND account_id = ?").get(providerId, actor.account.id),
	);
	const setup = isOwn ? providerSetup(providerId) : undefined;
	if (!setup) throw new ProviderNotFoundError(`no provider ${providerId}`);
	if (isHeld()) throw new HeldCopyError("nobody outside is called from a restored copy");
	const transport = openTransport(setup.adapter, setup.settings, {
		connections: 1,
		timeoutMs: ANSWER_WITHIN_MS,
		network: env().PROVIDER_NETWORK,
		// Nothing is sent, so that nothing can come of it; what comes all the same is left to the sidecar's session.
		onReceipt: () => Promise.reject(new Error("receipts are not for whoever tries")),
	});
	try {
		return await setup.adapter.probe(setup.settings, transport);
	} finally {
		await transport.destroy();
	}
}
