/** What a name is sorted and compared by: SQLite folds the case of ASCII letters only. */
export function sortKey(text: string): string {
	return text.normalize("NFKC").toLowerCase().trim();
}
