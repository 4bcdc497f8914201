import type { Actor } from "#app/modules/access/actor.ts";
import { hasRight } from "#app/modules/access/require-right.ts";
import { isInScope } from "#app/modules/access/scope.ts";
import { idsOf } from "#app/modules/accounts/insert-account.server.ts";
import type { Tx } from "#db/tx.ts";
import type { AuditVerb } from "./audit-verbs.ts";
import type { AuditDetail } from "./write-audit.server.ts";

/** A row of the audit as it is stored. */
export interface StoredEntry {
	id: number;
	/** The account acted for. */
	accountId: number;
	atUtc: number;
	userId: number | null;
	behindUserId: number | null;
	verb: string;
	subject: string;
	/** JSON. */
	detail: string | null;
}

/** For a SELECT from `audit a`. */
export const ENTRY_COLUMNS =
	"a.id, a.account_id AS accountId, a.at_utc AS atUtc, a.user_id AS userId, a.behind_user_id AS behindUserId, a.verb, a.subject, a.detail";

/**
 * Who did it, as the reader may know it: a person by name in the own account and below it (there with the account's name); of the account
 * directly above, the account's name; of whatever is above that, nothing but that it was the service's staff. Elsewhere: of an
 * account that has left the reader's branch, or whose branch the reader has left.
 */
export type Who =
	| { is: "person"; name: string; accountName: string | null }
	| { is: "dealer"; accountName: string }
	| { is: "staff" | "elsewhere" | "system" };

/** What it was done to. */
export interface Subject {
	/** "account", "campaign", "user", … */
	kind: string;
	id: number;
	/** Null: the reader may not reach it (any more), or it is gone. */
	name: string | null;
}

export interface NamedEntry {
	id: number;
	atUtc: number;
	verb: AuditVerb;
	who: Who;
	/** The person in whose name somebody from outside acted. */
	inNameOf: string | null;
	subject: Subject;
	detail: AuditDetail;
}

interface Person {
	id: number;
	name: string;
	accountId: number;
	accountName: string;
	path: string;
}

/** Entries of the audit as this reader may read them; which of them it may read is the caller's to know. */
export function nameEntries(tx: Tx, reader: Actor, entries: readonly StoredEntry[]): NamedEntry[] {
	const userIds = entries.flatMap((entry) => [entry.userId, entry.behindUserId]).filter((id) => id !== null);
	const people = peopleById(tx, userIds);
	const names = subjectNames(tx, reader, entries);
	return entries.map((entry) => {
		const user = people.get(entry.userId ?? 0);
		const isInside = entry.behindUserId !== null;
		const subject = readSubject(entry.subject);
		return {
			id: entry.id,
			atUtc: entry.atUtc,
			verb: entry.verb as AuditVerb,
			who: entry.userId === null ? { is: "system" } : whoFor(reader, isInside ? people.get(entry.behindUserId!) : user),
			inNameOf: isInside && user && isInScope(reader, user.path) ? user.name : null,
			subject: { ...subject, name: names.get(entry.subject) ?? null },
			detail: entry.detail === null ? {} : readDetail(reader, entry.verb, entry.detail),
		};
	});
}

/** Sums are for those who may see money; that it was moved is for everybody who reads the audit. */
function readDetail(reader: Actor, verb: string, json: string): AuditDetail {
	const { amount, before, ...rest } = JSON.parse(json) as AuditDetail;
	if (verb.startsWith("money.") && !hasRight(reader, "money.read")) return rest;
	return { ...rest, ...(amount !== undefined && { amount }), ...(before !== undefined && { before }) };
}

/** The same for a single person: who came into a cabinet, who is told of in a notice. */
export function whoFor(reader: Actor, person: Omit<Person, "id"> | undefined): Who {
	if (!person) return { is: "elsewhere" };
	const { name, accountName } = person;
	if (person.accountId === reader.account.id) return { is: "person", name, accountName: null };
	if (isInScope(reader, person.path)) return { is: "person", name, accountName };
	const above = idsOf(reader.account.path).slice(0, -1);
	if (person.accountId === above.at(-1)) return { is: "dealer", accountName };
	return { is: above.includes(person.accountId) ? "staff" : "elsewhere" };
}

/** By id, with their accounts as they stand today. */
export function peopleById(tx: Tx, ids: readonly number[]): Map<number, Person> {
	const rows = tx
		.sql<Person>(
			`SELECT u.id, CASE u.name WHEN '' THEN u.login ELSE u.name END AS name, c.id AS accountId, c.name AS accountName, c.path
			FROM users u JOIN accounts c ON c.id = u.account_id WHERE u.id IN (SELECT value FROM json_each(?))`,
		)
		.all(JSON.stringify([...new Set(ids)]));
	return new Map(rows.map((row) => [row.id, row]));
}

/** Tables whose rows entries are about, with the account that each row belongs to. */
const NAMED: Record<string, string> = {
	account: "SELECT c.id, c.name, c.path FROM accounts c WHERE c.id IN (SELECT value FROM json_each(?))",
	campaign:
		"SELECT s.id, s.name, c.path FROM campaigns s JOIN accounts c ON c.id = s.account_id WHERE s.id IN (SELECT value FROM json_each(?))",
	user: "SELECT s.id, CASE s.name WHEN '' THEN s.login ELSE s.name END AS name, c.path FROM users s JOIN accounts c ON c.id = s.account_id WHERE s.id IN (SELECT value FROM json_each(?))",
	role: "SELECT s.id, s.name, c.path FROM roles s JOIN accounts c ON c.id = s.account_id WHERE s.id IN (SELECT value FROM json_each(?))",
};

/** "campaign:12" → its name, for what the reader can reach today. */
function subjectNames(tx: Tx, reader: Actor, entries: readonly StoredEntry[]): Map<string, string> {
	const names = new Map<string, string>();
	const subjects = [...new Set(entries.map((entry) => entry.subject))].map(readSubject);
	for (const [kind, sql] of Object.entries(NAMED)) {
		const ids = subjects.filter((one) => one.kind === kind).map((one) => one.id);
		if (ids.length === 0) continue;
		for (const row of tx.sql<{ id: number; name: string; path: string }>(sql).all(JSON.stringify(ids)))
			if (isInScope(reader, row.path)) names.set(`${kind}:${row.id}`, row.name);
	}
	return names;
}

function readSubject(subject: string): { kind: string; id: number } {
	const [kind = "", id = ""] = subject.split(":");
	return { kind, id: Number(id) || 0 };
}
