import type { Tx } from "#db/tx.ts";
import type { AccountKind } from "./actor.ts";
import { type Rights, rightsAlong } from "./rights.ts";

export interface BranchStanding {
	/** False: the account or one above it is blocked or closed. A block holds for the whole branch below. */
	isActive: boolean;
	/** The uppermost block, when that is what stops the account. */
	block: { accountId: number; reason: string; untilUtc: number | null } | null;
	/** When the last block of it or of any above it began, lifted or not; 0: never. No session from before opens anything again. */
	lastBlockedAtUtc: number;
	rights: Rights;
	/** Whether it or any account above demands a second factor of its people. */
	demandsSecondFactor: boolean;
}

interface Row {
	id: number;
	kind: AccountKind;
	state: "active" | "blocked" | "closed";
	blockedUntilUtc: number | null;
	blockedAtUtc: number | null;
	blockReason: string | null;
	grants: string | null;
	demandsSecondFactor: number;
}

/** How an account stands by itself and by everything above it. `path` is "/1/5/9/". */
export function branchStanding(tx: Tx, path: string, now = Date.now()): BranchStanding {
	const ids = path.split("/").filter(Boolean).map(Number);
	const rows = tx
		.sql<Row>(
			`SELECT a.id, a.kind, a.state, a.blocked_until_utc AS blockedUntilUtc, a.blocked_at_utc AS blockedAtUtc,
				a.block_reason AS blockReason, a.grants, a.demands_second_factor AS demandsSecondFactor
			FROM json_each(?) i JOIN accounts a ON a.id = i.value ORDER BY i.key`,
		)
		.all(JSON.stringify(ids));
	const stopped = rows.find((row) => isStopped(row, now));
	return {
		isActive: stopped === undefined && rows.length === ids.length,
		block:
			stopped?.state === "blocked"
				? { accountId: stopped.id, reason: stopped.blockReason ?? "", untilUtc: stopped.blockedUntilUtc }
				: null,
		lastBlockedAtUtc: Math.max(0, ...rows.map((row) => row.blockedAtUtc ?? 0)),
		rights: rightsAlong(rows),
		demandsSecondFactor: rows.some((row) => row.demandsSecondFactor === 1),
	};
}

/** A block with an end ends at that moment, whether or not the sweep has come by to write it down. */
function isStopped(row: Row, now: number): boolean {
	if (row.state === "blocked") return row.blockedUntilUtc === null || row.blockedUntilUtc > now;
	return row.state === "closed";
}
