export interface AllowedQuery {
	file: string;
	tables: string[];
	/** Why no other account's person can come to see or change a row through it. */
	reason: string;
}

/** Reviewed: code that looks rows up without naming their account, and why that is right there. */
export const ALLOWED: AllowedQuery[] = [
	{
		file: "app/modules/backup/copy-facts.server.ts",
		tables: ["ledger_books"],
		reason: "sums of the whole installation, for the manifest of its backup; nobody's own figure is told",
	},
	{
		file: "app/modules/backup/list-under-way.server.ts",
		tables: ["campaigns"],
		reason:
			"for whoever releases a restored copy of the whole installation: the page asks for the platform's own people first",
	},
	{
		file: "app/modules/backup/pause-doubtful.server.ts",
		tables: ["campaigns"],
		reason: "pauses what was under way of all accounts when a restored copy is released; shows nothing to anybody",
	},
	{
		file: "app/modules/audit/subject-name.server.ts",
		tables: ["users", "campaigns", "collections", "roles", "providers"],
		reason:
			"names what an entry is about that the actor's own transaction has just written, for whoever may read the entry",
	},
	{
		file: "bin/bench/ledger.ts",
		tables: ["transfers", "postings"],
		reason: "a benchmark's own books, of which it copies every row into a file beside them",
	},
	{
		file: "app/modules/limits/tell-low-balances.server.ts",
		tables: ["ledger_books"],
		reason: "a job of all accounts, by an index of those that have crossed their threshold; each is told of its own",
	},
	{
		file: "app/modules/fees/charge-fees.server.ts",
		tables: ["fees"],
		reason: "a job of all accounts, by the moment at which each is due; charging asks for the account's own",
	},
	{
		file: "app/modules/fees/name-fees.server.ts",
		tables: ["fees"],
		reason: "names lines of a history that the reader was let into; the transfers are that account's",
	},
	{
		file: "app/modules/proof/prove-fees.server.ts",
		tables: ["fees", "fee_months"],
		reason: "recounts every account's books; what it finds is shown to the platform's own people alone",
	},
	{
		file: "app/modules/access/sign-in.server.ts",
		tables: ["users", "sign_in_sessions"],
		reason:
			"nobody is signed in yet: the login is what the account is found by; expired sessions of all are thrown away",
	},
	{
		file: "app/modules/access/signed-in-by.server.ts",
		tables: ["users", "sign_in_sessions"],
		reason: "finds the account itself, by the hash of an unguessable token",
	},
	{
		file: "app/modules/second-factor/pending-sign-in.server.ts",
		tables: ["users"],
		reason: "finds the account itself, by the hash of an unguessable token",
	},
	{
		file: "app/modules/access/living-impersonation.server.ts",
		tables: ["impersonations"],
		reason:
			"the id comes from the session that an unguessable token found; whose it is and what it opens is checked right after",
	},
	{
		file: "app/modules/access/end-impersonations.server.ts",
		tables: ["impersonations"],
		reason: "the id comes from the person's own session, and the statement names the person at the keyboard",
	},
	{
		file: "app/modules/ledger/find-transfer.server.ts",
		tables: ["transfers"],
		reason:
			"operation keys are one for the whole installation, and each begins with its account: asks only whether one is taken",
	},
	{
		file: "app/modules/ledger/post-transfer.server.ts",
		tables: ["transfers"],
		reason: "transfers have one order for the whole installation: asks only for the time of the last one",
	},
	{
		file: "app/modules/accounts/listed-account.ts",
		tables: ["ledger_books"],
		reason: "the balance of a row of accounts, beside which the scope stands; only asked for whoever may see money",
	},
	{
		file: "app/modules/proof/prove-books.server.ts",
		tables: ["ledger_books", "postings"],
		reason: "the proof goes over all accounts' books; what it finds is shown to the platform's own people alone",
	},
	{
		file: "app/modules/charging/price-class.server.ts",
		tables: ["campaigns"],
		reason: "the channel of the price class's own campaign, which each statement asks for with its account",
	},
	{
		file: "app/modules/bills/list-bills.server.ts",
		tables: ["bills"],
		reason: "a list is of the reader's own account, as the seller or as the buyer",
	},
	{
		file: "app/modules/proof/prove-days.server.ts",
		tables: ["transfers", "money_days"],
		reason: "the proof goes over all accounts' books; what it finds is shown to the platform's own people alone",
	},
	{
		file: "app/modules/proof/recounted-days.ts",
		tables: ["ledger_books", "transfers", "postings", "price_classes", "campaigns", "fees"],
		reason: "the proof goes over all accounts' books; what it finds is shown to the platform's own people alone",
	},
	{
		file: "app/modules/ledger/count-days.server.ts",
		tables: ["transfers"],
		reason: "the time of a transfer that the same transaction has just written",
	},
	{
		file: "app/modules/proof/prove-held.server.ts",
		tables: ["ledger_books"],
		reason: "the proof goes over all accounts' books; what it finds is shown to the platform's own people alone",
	},
	{
		file: "app/modules/proof/prove-chains.server.ts",
		tables: ["postings"],
		reason: "the proof goes over all accounts' books; what it finds is shown to the platform's own people alone",
	},
	{
		file: "app/modules/proof/prove-transfers.server.ts",
		tables: ["transfers", "postings", "price_classes"],
		reason: "the proof goes over all accounts' books; what it finds is shown to the platform's own people alone",
	},
	{
		file: "app/modules/money/name-lines.server.ts",
		tables: ["postings"],
		reason:
			"ids are those of transfers in an account's history that the reader may read: asks only which account stood on the other side, and what may be said of it is decided by its path",
	},
	{
		file: "app/modules/money/get-statement.server.ts",
		tables: ["transfers"],
		reason: "transfers have one order for the whole installation: asks only for the id of the last one",
	},
	{
		file: "app/modules/money/period-ids.server.ts",
		tables: ["transfers"],
		reason: "transfers have one order for the whole installation: tells only between which ids a period lies",
	},
	{
		file: "app/modules/charging/held-by-classes.server.ts",
		tables: ["price_classes"],
		reason: "proves all books at once; adds up and names nobody's campaign",
	},
	{
		file: "app/modules/pricing/charge-terms.server.ts",
		tables: ["charge_terms"],
		reason: "one line a channel for the whole installation, which every account is told",
	},
	{
		file: "app/modules/pricing/last-price-id.server.ts",
		tables: ["prices"],
		reason: "asks only whether any price of the installation has changed since; shows no row",
	},
	{
		file: "app/modules/pricing/find-losses.server.ts",
		tables: ["prices"],
		reason: "asks which dealers directly below the seller, whose prices are their costs, have prices of their own",
	},
	{
		file: "app/modules/accounts/insert-user.server.ts",
		tables: ["users"],
		reason: "logins are one for the whole installation: asks only whether one is taken",
	},
	{
		file: "app/modules/accounts/find-account.server.ts",
		tables: ["users"],
		reason:
			"finds whose a login is; that the account lies in the actor's scope is checked before anything is said of it",
	},
	{
		file: "app/modules/audit/name-entries.server.ts",
		tables: ["users", "campaigns", "roles"],
		reason:
			"ids come from entries of the audit that the reader may read; what of a row may be said to this reader is decided by its account's path",
	},
	{
		file: "app/modules/accounts/path-history.server.ts",
		tables: ["account_stays"],
		reason:
			"follows the moves of one account, which the caller has found in the actor's scope or among those that left it",
	},
	{
		file: "app/modules/audit/trail-range.server.ts",
		tables: ["users"],
		reason: "a login or an id is typed: whether the person is of the reader's scope is decided by the account's path",
	},
	{
		file: "app/modules/campaigns/list-left-campaigns.server.ts",
		tables: ["campaigns"],
		reason: "asks for ranges of branch_path, each of which names the actor's account: what was started below it",
	},
	{
		file: "app/modules/notices/put-campaign-notice.server.ts",
		tables: ["campaigns"],
		reason: "called by what has just changed this campaign; tells its own maker and nobody else",
	},
	{
		file: "app/modules/notices/sweep-notices.server.ts",
		tables: ["notices"],
		reason: "upkeep over all accounts; what it removes, it removes by account",
	},
	{
		file: "db/migrate.ts",
		tables: ["users", "contacts"],
		reason: "fills new columns of every user and contact while nothing else has the books open",
	},
	{
		file: "bin/supervisor/prepare-stores.ts",
		tables: ["users"],
		reason: "asks at start whether there is any user, and any admin; shows no row",
	},
	{ file: "db/seed/seed-demo.ts", tables: ["users"], reason: "the demo's own fixed logins, in an empty installation" },
	{
		file: "app/modules/audiences/sweep-uploads.server.ts",
		tables: ["collections"],
		reason: "upkeep: throws away the bytes of uploads that no reading waits for, of every account",
	},
	{
		file: "app/modules/delivery/halt-blocked.server.ts",
		tables: ["campaigns"],
		reason: "looks through what is under way of all accounts for what a block has stopped; shows no row to anybody",
	},
	{
		file: "app/modules/providers/provider-setup.server.ts",
		tables: ["providers"],
		reason:
			"for the sidecar, with the id of a claim, and for callbacks, whose address bears the provider's own unguessable token",
	},
	{
		file: "app/modules/campaigns/offered-channels.server.ts",
		tables: ["providers"],
		reason: "tells every account which channels the installation serves; no provider is named",
	},
	{
		file: "app/modules/delivery/provider-line.server.ts",
		tables: ["providers"],
		reason:
			"the sidecar serves all accounts over the installation's providers; the id comes from a claim, never from a person",
	},
	{
		file: "app/modules/delivery/lend-lines.server.ts",
		tables: ["providers"],
		reason:
			"the sidecar shares all of the installation's providers with the sending nodes; nothing of it is shown to anybody",
	},
	{
		file: "app/modules/delivery/beat-health.server.ts",
		tables: ["providers"],
		reason: "the sidecar judges all of the installation's providers; nothing of it is shown to anybody",
	},
	{
		file: "app/modules/messages/counter-deltas.server.ts",
		tables: ["campaigns"],
		reason: "a receipt names a message of any account; the account is what is found here",
	},
	{
		file: "app/modules/messages/finish-campaign.server.ts",
		tables: ["campaigns"],
		reason: "called by the apply stage for campaigns whose messages it has just moved",
	},
	{ file: "jobs/relay-outbox.ts", tables: ["outbox"], reason: "the relay carries every account's rows" },
	{
		file: "jobs/sweep.ts",
		tables: ["audit", "collections", "campaigns", "receipt_waits", "charge_releases"],
		reason: "sweeps look for what is stuck in any account and hand each on with its account's id",
	},
	{
		file: "jobs/tasks/upkeep.ts",
		tables: ["sign_in_sessions"],
		reason: "throws away what has expired, of every account",
	},
	{
		file: "app/modules/platform/readiness.server.ts",
		tables: ["outbox"],
		reason: "counts what waits in the whole installation; no row is read",
	},
	{
		file: "app/modules/audiences/sweep-collections.server.ts",
		tables: ["collections"],
		reason: "upkeep over all accounts; what it removes, it removes by account",
	},
	{
		file: "app/modules/alarms/watch-providers.server.ts",
		tables: ["providers"],
		reason: "the sidecar looks at all providers; each alarm is written and told by its own account",
	},
	{
		file: "app/modules/alarms/watch-balances.server.ts",
		tables: ["providers"],
		reason: "the sidecar asks all providers; each alarm is written and told by its own account",
	},
	{
		file: "app/modules/routing/match-route.server.ts",
		tables: ["routes", "route_steps", "providers"],
		reason:
			"the sidecar asks for every account's messages; a route is found by the accounts on the sender's own path, and pages ask for the right first",
	},
	{
		file: "app/modules/routing/has-country-routes.server.ts",
		tables: ["routes"],
		reason: "asks only whether any route of the installation names a country; shows no row",
	},
	{
		file: "app/modules/routing/find-cost.server.ts",
		tables: ["provider_costs"],
		reason: "the provider's id comes from a claim or from a route; pages ask for the right first",
	},
	{
		file: "app/modules/messages/recount-campaign.server.ts",
		tables: ["campaigns"],
		reason: "a job goes through all campaigns of the installation in their order; no id comes from outside",
	},
	{
		file: "app/modules/evidence/run-recount.server.ts",
		tables: ["count_differences"],
		reason: "throws away what old runs of the whole installation have found",
	},
];
