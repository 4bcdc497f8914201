const LONGEST_PAUSE_MS = 60 * 60 * 1000;

/**
 * The pause that a `Retry-After` header asks for, in ms: it holds seconds or an HTTP date. An hour at most, so that one
 * mistaken answer stops no campaign for a week.
 *
 * @returns undefined where there is none that can be read.
 */
export function retryAfterMsOf(header: string | string[] | undefined): number | undefined {
	const value = (Array.isArray(header) ? header[0] : header)?.trim();
	if (!value) return undefined;
	const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
	return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, Math.ceil(ms)), LONGEST_PAUSE_MS);
}
