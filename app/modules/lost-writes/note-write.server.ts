import type { Commit } from "#db/cluster/commit-teller.ts";
import { OutcomeUnknownError } from "#db/tx.ts";
import { echoWrite } from "#jobs/wire/writes/echo-write.ts";

/**
 * Notes in the wire what a person has written, before the person is told that it is saved: if the books lose it, both can be told what is gone
 * (docs/decisions/083). Resolves without a note where Postgres is away or slow.
 *
 * @param withinMs so long an answer waits for it; 2 s without it.
 *
 * @throws OutcomeUnknownError where another node has taken the books over meanwhile.
 */
export async function noteWrite(commit: Commit, withinMs?: number): Promise<void> {
	if ((await echoWrite(commit, withinMs)) === "too-late")
		throw new OutcomeUnknownError("another node had taken the books over when this was committed");
}
