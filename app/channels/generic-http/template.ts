/** What can stand in a template as `{{name}}`. */
export const FIELDS = [
	"to",
	"to_plus",
	"text",
	"sender",
	"id",
	"callback",
	"image",
	"button",
	"button_url",
	"validity",
	"secret1",
	"secret2",
	"basic",
] as const;
export type FieldName = (typeof FIELDS)[number];
export type FieldValues = Readonly<Record<FieldName, string>>;

/** Whose values are digits or letters of our own making: they may stand where others could break out. */
const HARMLESS: ReadonlySet<FieldName> = new Set(["to", "to_plus", "id", "validity", "secret1", "secret2"]);

/** Where a template stands: what its values have to be guarded against. */
export type Place = "json" | "form" | "xml" | "url" | "header";

/** Text between fields, and the fields: one more text than fields. */
export interface Template {
	texts: readonly string[];
	fields: readonly FieldName[];
}

/** @throws UnknownFieldError */
export function parseTemplate(text: string): Template {
	const texts: string[] = [];
	const fields: FieldName[] = [];
	let end = 0;
	for (const found of text.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)) {
		const field = FIELDS.find((one) => one === found[1]);
		if (!field) throw new UnknownFieldError(found[1] ?? "");
		texts.push(text.slice(end, found.index));
		fields.push(field);
		end = found.index + found[0].length;
	}
	texts.push(text.slice(end));
	return { texts, fields };
}

export class UnknownFieldError extends Error {
	override name = "UnknownFieldError";
	readonly field: string;
	constructor(field: string) {
		super(`no field is called ${field}`);
		this.field = field;
	}
}

/** The template with its values, each made safe for the place: whatever a value holds, it stays one value. */
export function fill({ texts, fields }: Template, values: FieldValues, place: Place): string {
	const guard = ESCAPES[place];
	return fields.reduce((whole, field, at) => whole + guard(values[field]) + texts[at + 1], texts[0] ?? "");
}

const ESCAPES: Readonly<Record<Place, (value: string) => string>> = {
	// Inside of quotes; that they are there, the settings' schema sees to (isJsonSafe).
	json: (value) => JSON.stringify(value).slice(1, -1),
	form: percentEncoded,
	url: percentEncoded,
	xml: (value) =>
		value
			.toWellFormed()
			// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no way to say them.
			.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "")
			.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`),
	// A line break would begin a header of the value's own, or the body.
	header: (value) =>
		value
			// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not get into a header.
			.replace(/[\x00-\x1f\x7f]+/g, " ")
			.replace(/[^\x20-\x7e]+/g, percentEncoded)
			.trim(),
};

function percentEncoded(value: string): string {
	return encodeURIComponent(value.toWellFormed()).replace(/[!'()*]/g, (letter) => {
		return `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
	});
}

const SAMPLE: FieldValues = {
	...(Object.fromEntries(FIELDS.map((name) => [name, '"],:}\\{[\n'])) as Record<FieldName, string>),
	to: "380671112233",
	validity: "3600",
};

/** Whether it is JSON whatever its values are: those that may hold anything stand in quotes. */
export function isJsonSafe(template: Template): boolean {
	try {
		JSON.parse(fill(template, SAMPLE, "json"));
		return true;
	} catch {
		return false;
	}
}

/** Whether none of the fields could climb out of its part of a path by being ".." . */
export function isPathSafe({ texts, fields }: Template): boolean {
	const query = texts.findIndex((text) => /[?#]/.test(text));
	return fields.every((field, at) => (query >= 0 && at >= query) || HARMLESS.has(field));
}
