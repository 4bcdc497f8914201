import { sortKey } from "#app/lib/sort-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx, type Tx } from "#db/tx.ts";
import type { AccountFacts } from "./account.schema.ts";
import { readContacts, writeContacts } from "./account-contacts.server.ts";
import { changedFacts, type Fact, type FactTexts, factTexts, pickFacts } from "./account-facts.ts";
import type { Account } from "./require-account.server.ts";
import { requireEditable } from "./require-editable.server.ts";

/**
 * Changes what is written down of an account. Nothing is written where nothing differs.
 *
 * @param version what the page showed.
 * @throws Response 403; AccountNotFoundError, StaleAccountError, AccountStateError
 */
export async function updateAccount(
	actor: Actor,
	accountId: number,
	version: number,
	facts: AccountFacts,
): Promise<void> {
	requireRight(actor, "accounts.update");
	await inTx((tx) => {
		const account = requireEditable(tx, actor, accountId, version);
		const was = factTexts({ ...account, contacts: readContacts(tx, accountId) });
		const now = factTexts(facts);
		const changed = changedFacts(was, now);
		if (changed.length === 0) return;
		write(tx, account, facts);
		note(tx, actor, account, changed, was, now);
	});
}

function write(tx: Tx, account: Account, facts: AccountFacts): void {
	const { name, city, note, locale, timeZone, country } = facts;
	tx.sql(
		`UPDATE accounts SET name = ?, name_key = ?, city = ?, city_key = ?, note = ?, locale = ?, time_zone = ?, country = ?,
			version = version + 1 WHERE id = ? AND path = ?`,
	).run(name, sortKey(name), city, sortKey(city), note, locale, timeZone, country, account.id, account.path);
	writeContacts(tx, account.id, facts.contacts);
}

/** In the audit, with the version that it made: a second who edits is told what changed. The note is not the account's own to read. */
function note(tx: Tx, actor: Actor, account: Account, changed: Fact[], was: FactTexts, now: FactTexts): void {
	const above = account.path.replace(/\d+\/$/, "");
	const parts: [facts: Fact[], readableFrom: string][] = [
		[changed.filter((fact) => fact !== "note"), account.path],
		[changed.filter((fact) => fact === "note"), above === "/" ? account.path : above],
	];
	for (const [facts, path] of parts) {
		if (facts.length === 0) continue;
		const values = { was: JSON.stringify(pickFacts(was, facts)), now: JSON.stringify(pickFacts(now, facts)) };
		const detail = { version: account.version + 1, changed: facts, ...values };
		writeAudit(tx, actor, "account.update", `account:${account.id}`, detail, path);
	}
}
