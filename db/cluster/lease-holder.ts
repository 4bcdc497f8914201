import { env } from "#app/lib/env.ts";

const ANSWER_WITHIN_MS = 1_000;

/**
 * Name of the node that holds LiteFS's lease, from Consul itself; null: nobody does, or Consul does not answer. A LiteFS that was paused, or is
 * cut off from Consul without hearing so, believes for long that it leads: this says whether it is right.
 */
export async function leaseHolder(): Promise<string | null> {
	const { CONSUL_URL, LITEFS_KEY } = env();
	try {
		const answer = await fetch(`${CONSUL_URL}/v1/kv/${LITEFS_KEY}?consistent`, {
			signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
		});
		if (!answer.ok) return null;
		const [key] = (await answer.json()) as { Value: string | null; Session?: string }[];
		if (!key?.Session || !key.Value) return null;
		return (JSON.parse(Buffer.from(key.Value, "base64").toString()) as { hostname: string }).hostname;
	} catch {
		return null;
	}
}

/** Whether this node may take the books over, as far as whoever gives the lease says; where a person names the node that leads, it is right. */
export async function holdsLease(): Promise<boolean> {
	return env().CONSUL_URL === undefined || (await leaseHolder()) === env().NODE_NAME;
}
