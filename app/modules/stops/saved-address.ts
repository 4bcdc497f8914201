import type { SavedStops } from "./save-stops.server.ts";

/** What adding came to, as the list's address says it: "?added=12&known=1". */
export function writeSaved({ added, known }: SavedStops): string {
	return `?added=${added}&known=${known}`;
}

/** Null for an address that says nothing of it. */
export function readSaved(query: URLSearchParams): SavedStops | null {
	const count = (name: string) => (/^\d{1,4}$/.test(query.get(name) ?? "") ? Number(query.get(name)) : null);
	const added = count("added");
	const known = count("known");
	return added === null || known === null ? null : { added, known };
}
