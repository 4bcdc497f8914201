import { NODE_HEADERS, nodeToken } from "#app/lib/node-token.server.ts";
import { nodeUrl } from "#db/cluster/primary-url.ts";

/** Asks the web of a node to do its part of a handing over (app/server/answer-handoff.ts). @throws Error with why it does not */
export async function askWeb(node: string, what: string, withinMs: number): Promise<void> {
	const url = nodeUrl(node);
	if (!url) throw new Error(`CLUSTER_NODES does not say where ${node} is reached`);
	const answer = await fetch(`${url}/internal/handoff/${what}`, {
		method: "POST",
		headers: { [NODE_HEADERS.token]: nodeToken() },
		signal: AbortSignal.timeout(withinMs),
	});
	const said = await answer.text();
	if (!answer.ok) throw new Error(`${node}: ${said.slice(0, 200) || `it answered ${answer.status}`}`);
}
