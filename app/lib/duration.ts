const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;
const PART = /(\d+(?:\.\d+)?)(ms|s|m|h)/g;
const WHOLE = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/;

/** Milliseconds of a length of time as Go's programs write it, LiteFS among them: "10s", "1m30s", "500ms"; null for anything else. */
export function durationMs(text: string): number | null {
	if (!WHOLE.test(text)) return null;
	let ms = 0;
	for (const [, count, unit] of text.matchAll(PART)) ms += Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
	return ms > 0 ? ms : null;
}
