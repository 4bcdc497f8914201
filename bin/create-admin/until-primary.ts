import { env } from "#app/lib/env.ts";
import { clusterState } from "#db/cluster/cluster-state.ts";
import { waitForRole } from "#db/cluster/wait-for-role.ts";
import { watchRole } from "#db/cluster/watch-role.ts";
import { watchEpoch } from "#jobs/wire/epochs/watch-epoch.ts";
import { PlainError } from "../supervisor/plain-error.ts";

const WITHIN_MS = 10_000;

/**
 * For a command that writes the books: resolves once this process may, which without LiteFS is at once.
 *
 * @returns its end.
 * @throws PlainError where another node leads, or nobody does.
 */
export async function untilPrimary(): Promise<() => void> {
	if (!env().LITEFS_DIR) return () => {};
	const watches = [watchRole(), watchEpoch()];
	const stop = () => {
		for (const watch of watches) watch.stop();
	};
	const role = await waitForRole((now) => now !== "unknown", WITHIN_MS);
	if (role === "primary") return stop;
	const { primary } = clusterState();
	stop();
	throw new PlainError(
		role === "replica" ? `${primary} leads: run it there` : "No node leads just now: the books cannot be written",
	);
}
