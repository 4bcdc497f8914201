import { env } from "#app/lib/env.ts";

/** What Consul says about LiteFS's lease. */
export interface LeaseSaid {
	/** Name of the node that holds it; null: nobody does. */
	holder: string | null;
}

/**
 * Asks Consul itself who holds LiteFS's lease; null where no answer comes in time. Wants CONSUL_URL. A LiteFS that was paused, or is cut off from
 * Consul without hearing so, believes for long that it leads: this says whether it is right.
 */
export async function askLease(withinMs: number, signal?: AbortSignal): Promise<LeaseSaid | null> {
	const late = AbortSignal.timeout(withinMs);
	try {
		const { url, headers } = leaseKey();
		const answer = await fetch(url, { headers, signal: signal ? AbortSignal.any([signal, late]) : late });
		if (answer.status === 404) return { holder: null };
		if (!answer.ok) return null;
		const [key] = (await answer.json()) as { Value: string | null; Session?: string }[];
		if (!key?.Session || !key.Value) return { holder: null };
		return { holder: (JSON.parse(Buffer.from(key.Value, "base64").toString()) as { hostname: string }).hostname };
	} catch {
		return null;
	}
}

/** LiteFS takes a token out of the address of Consul, and the path for a prefix of its key (Fly's Consul has both). */
function leaseKey(): { url: URL; headers: Record<string, string> } {
	const { CONSUL_URL, LITEFS_KEY } = env();
	const url = new URL(CONSUL_URL!);
	const headers = url.password ? { "X-Consul-Token": decodeURIComponent(url.password) } : {};
	url.username = "";
	url.password = "";
	url.pathname = `/v1/kv${url.pathname.replace(/\/$/, "")}/${LITEFS_KEY}`;
	// Asked of the leader of Consul: one that is cut off from it answers with an error, not with how it was.
	url.search = "?consistent";
	return { url, headers: headers as Record<string, string> };
}
