/** Refusals that have words of their own (namespace `enter`), for whoever goes in and out of cabinets. */
export type Refusal = "other_cabinet" | "read_only";

const STATUS: Record<Refusal, number> = { other_cabinet: 409, read_only: 403 };

/** What to throw; the error page finds its words by it. */
export function refusal(kind: Refusal): Response {
	const headers = { "Content-Type": "application/json" };
	return new Response(JSON.stringify({ refusal: kind }), { status: STATUS[kind], headers });
}

/** What the data of an error on a page says. */
export function readRefusal(data: unknown): Refusal | undefined {
	const kind = (data as { refusal?: unknown } | null | undefined)?.refusal;
	return kind === "other_cabinet" || kind === "read_only" ? kind : undefined;
}
