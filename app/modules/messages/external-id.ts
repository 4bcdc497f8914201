/**
 * The id that a provider knows an attempt by: "<installation>-<message>-<attempt>", numbers in base 36. It names one attempt
 * for ever, so a repeated call can be recognised as such by a provider that refuses repeated ids.
 */
export function externalIdOf(installation: string, messageId: number, attempt: number): string {
	return `${installation}-${messageId.toString(36)}-${attempt.toString(36)}`;
}

/** Null for what this installation never made. */
export function parseExternalId(installation: string, text: string): { messageId: number; attempt: number } | null {
	const match = /^([0-9a-f]+)-([0-9a-z]{1,11})-([0-9a-z]{1,4})$/.exec(text);
	if (!match || match[1] !== installation) return null;
	const messageId = Number.parseInt(match[2]!, 36);
	return Number.isSafeInteger(messageId) ? { messageId, attempt: Number.parseInt(match[3]!, 36) } : null;
}
