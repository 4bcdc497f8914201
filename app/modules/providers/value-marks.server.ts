import { deriveSeed } from "#app/lib/secrets.server.ts";
import type { ProviderInput } from "./provider.schema.ts";

/** A short mark of each value of a provider's form, secrets too: tells that a value has changed, and nothing of what it is. */
export type Marks = Record<string, string>;

export function marksOf(providerId: number, { name, bulkSize, connections, settings }: ProviderInput): Marks {
	const values = { name, bulkSize, connections, ...prefixed(settings) };
	return Object.fromEntries(
		Object.entries(values).map(([field, value]) => [field, markOf(providerId, field, String(value ?? ""))]),
	);
}

/** As a form names them: "settings.baseUrl". */
function prefixed(settings: Record<string, string>): Record<string, string> {
	return Object.fromEntries(Object.entries(settings).map(([name, value]) => [`settings.${name}`, value]));
}

function markOf(providerId: number, field: string, value: string): string {
	return deriveSeed("provider-marks", JSON.stringify([providerId, field, value]))
		.toString("base64url")
		.slice(0, 8);
}

/** As a form brings them back; what is no such thing marks nothing. */
export function readMarks(text: FormDataEntryValue | null): Marks {
	try {
		const marks: unknown = JSON.parse(String(text));
		return Object.fromEntries(Object.entries(marks ?? {}).filter(([, mark]) => typeof mark === "string"));
	} catch {
		return {};
	}
}
