const ANSWER_WITHIN_MS = 2_000;

/** When the LiteFS process began, as it says itself: two that differ are two processes. @throws Error where it cannot be asked */
export async function litefsBoot(url: string, signal: AbortSignal): Promise<string> {
	const within = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
	const text = await (await fetch(`${url}/metrics`, { signal: within })).text();
	const [, began] = /^process_start_time_seconds (\S+)$/m.exec(text) ?? [];
	if (!began) throw new Error("LiteFS does not say when it began");
	return began;
}
