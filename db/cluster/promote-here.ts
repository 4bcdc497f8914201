import { env } from "#app/lib/env.ts";

const ANSWER_WITHIN_MS = 10_000;

/** Has this node's LiteFS ask the one that leads for the lease; resolves when it has it. @throws Error with what LiteFS said */
export async function promoteHere(): Promise<void> {
	const answer = await fetch(`${env().LITEFS_URL}/promote`, {
		method: "POST",
		signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
	});
	const said = (await answer.text()).trim();
	if (!answer.ok) throw new Error(`LiteFS answered ${answer.status}: ${said.slice(0, 200)}`);
}
