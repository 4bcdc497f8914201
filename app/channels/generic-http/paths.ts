export type Path = readonly (string | number)[];

const STEPS_MAX = 20;
const STEP = /([^.[\]\s][^.[\]]*)|\[(\d{1,6})\]/y;

/** `a.b[0].c`, or `[1].x`; "" is the whole. Undefined where it is no path. */
export function parsePath(text: string): Path | undefined {
	const steps: (string | number)[] = [];
	for (let at = 0; at < text.length; ) {
		if (text[at] === "." && at > 0) at++;
		else if (at > 0 && text[at] !== "[") return undefined;
		STEP.lastIndex = at;
		const found = STEP.exec(text);
		if (!found || steps.length >= STEPS_MAX) return undefined;
		steps.push(found[2] === undefined ? found[1]! : Number(found[2]));
		at = STEP.lastIndex;
	}
	return steps;
}

/** What is there, by own properties only; undefined for nothing. */
export function readPath(value: unknown, path: Path): unknown {
	let at = value;
	for (const step of path) {
		if (typeof at !== "object" || at === null) return undefined;
		if (typeof step === "number" ? !Array.isArray(at) : Array.isArray(at)) return undefined;
		if (!Object.hasOwn(at, step)) return undefined;
		at = (at as Record<string | number, unknown>)[step];
	}
	return at;
}

/** Text, number, true, false or null as a word; undefined for lists, objects and nothing. */
export function readWord(value: unknown, path: Path): string | undefined {
	const found = readPath(value, path);
	if (found === undefined || (typeof found === "object" && found !== null)) return undefined;
	return String(found).trim();
}
