/**
 * Tables of the books that have no account column, each with what keeps one account's people from another's rows instead.
 * Any other table without `account_id` fails the test beside this file.
 */
export const REVIEWED_TABLES: Record<string, string> = {
	accounts: "the row is the account; its scope is its path",
	sign_in_tries: "counts before anybody is known; keyed by login and address, never shown",
	settings: "facts of the installation; read by code, never by an id that came from outside",
	id_ranges: "the next free id of a table, for everybody",
	messages:
		"a campaign's contiguous id range is the scope; read only by app/modules/messages, which asks for the campaign's account",
	message_states: "the hot half of messages, same scope; a column more would cost each batch a page on LiteFS",
	recounts: "runs over all accounts' counters, shown to the platform's own people alone",
	ledger_proofs: "over all accounts' books, shown to the platform's own people alone",
	claims: "what the sidecar holds, by batch; no page and no API reads it",
};
