import type { Actor } from "#app/modules/access/actor.ts";
import { hasRight } from "#app/modules/access/require-right.ts";
import { IN_SCOPE, isInScope, scopeOf } from "#app/modules/access/scope.ts";
import { idsOf } from "#app/modules/accounts/insert-account.server.ts";
import { type NamedFee, nameFees } from "#app/modules/fees/name-fees.server.ts";
import type { TransferKind } from "#app/modules/ledger/transfer.ts";
import type { Tx } from "#db/tx.ts";
import type { StoredLine } from "./walk-history.server.ts";

/**
 * Who stands on the other side of a movement, as the reader may know it: by name in the own scope; the account directly above as the
 * dealer, and whatever is above that as the service. Elsewhere: an account that is not (any more) of the reader's branch.
 */
export type Party = { is: "account"; id: number; name: string } | { is: "own" | "dealer" | "service" | "elsewhere" };

export interface HistoryLine extends StoredLine {
	/** Null: it moved between books of the one account, or for messages. */
	party: Party | null;
	/** Name of the campaign that it was for; null: for none, or for one that the reader may not see. */
	campaignName: string | null;
	/** Of a monthly fee: for what, and for which month. */
	fee: NamedFee | null;
}

const BETWEEN_ACCOUNTS: ReadonlySet<TransferKind> = new Set(["top_up", "take_back", "zeroing", "fee"]);

/** Lines of one account's history as this reader may read them. Of what others get or pay in the same transfer nothing is told. */
export function nameLines(tx: Tx, reader: Actor, accountId: number, lines: readonly StoredLine[]): HistoryLine[] {
	const parties = partiesOf(tx, reader, accountId, lines);
	const campaigns = campaignNames(tx, reader, lines);
	const fees = nameFees(
		tx,
		lines.filter(({ kind }) => kind === "fee").map(({ id }) => id),
	);
	return lines.map((line) => ({
		...line,
		party: parties.get(line.id) ?? null,
		campaignName: campaigns.get(line.campaignId ?? 0) ?? null,
		fee: fees.get(line.id) ?? null,
	}));
}

function partiesOf(tx: Tx, reader: Actor, accountId: number, lines: readonly StoredLine[]): ReadonlyMap<number, Party> {
	const ids = lines.filter(({ kind }) => BETWEEN_ACCOUNTS.has(kind)).map(({ id }) => id);
	if (ids.length === 0) return new Map();
	const above = idsOf(reader.account.path).slice(0, -1);
	const rows = tx
		.sql<{ transferId: number; id: number; name: string; path: string }>(
			`SELECT p.transfer_id AS transferId, a.id, a.name, a.path FROM json_each(@ids) i
			   CROSS JOIN postings p INDEXED BY postings_transfer ON p.transfer_id = i.value
			   JOIN accounts a ON a.id = p.account_id
			  WHERE p.account_id <> @accountId`,
		)
		.all({ ids: JSON.stringify(ids), accountId });
	return new Map(
		rows.map(({ transferId, id, name, path }): [number, Party] => {
			if (id === reader.account.id) return [transferId, { is: "own" }];
			if (isInScope(reader, path)) return [transferId, { is: "account", id, name }];
			if (id === above.at(-1)) return [transferId, { is: "dealer" }];
			return [transferId, { is: above.includes(id) ? "service" : "elsewhere" }];
		}),
	);
}

function campaignNames(tx: Tx, reader: Actor, lines: readonly StoredLine[]): ReadonlyMap<number, string> {
	const ids = [...new Set(lines.flatMap(({ campaignId }) => campaignId ?? []))];
	if (ids.length === 0 || !hasRight(reader, "campaigns.read")) return new Map();
	const rows = tx
		.sql<{ id: number; name: string }>(
			`SELECT c.id, c.name FROM json_each(@ids) i JOIN campaigns c ON c.id = i.value JOIN accounts a ON a.id = c.account_id
			  WHERE ${IN_SCOPE}`,
		)
		.all({ ids: JSON.stringify(ids), scope: scopeOf(reader) });
	return new Map(rows.map(({ id, name }) => [id, name]));
}
