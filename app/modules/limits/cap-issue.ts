import { issue } from "#app/lib/issue.ts";
import { writeMicros } from "#app/lib/micros.ts";
import type { SpendCapError } from "./limits.errors.ts";

/** Names the limit, what is used of it, what this would take, and when the next day begins. */
export function capIssue({ capMicros, usedMicros, needMicros, currency, resetsAt, timeZone }: SpendCapError): string {
	const sum = (micros: number) => `${writeMicros(micros)} ${currency}`;
	const values = { cap: sum(capMicros), used: sum(usedMicros), need: sum(needMicros) };
	return issue("bounds:error.spend_cap", { ...values, resets: `${resetsAt} (${timeZone})` });
}
