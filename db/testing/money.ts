import type { Terms } from "#app/modules/charging/charge-after.ts";
import { heldByClasses } from "#app/modules/charging/held-by-classes.server.ts";
import { type NewClass, openClasses } from "#app/modules/charging/open-classes.server.ts";
import { type Balance, balanceOf } from "#app/modules/ledger/balance-of.server.ts";
import { postTransfer } from "#app/modules/ledger/post-transfer.server.ts";
import { settleOwed } from "#app/modules/ledger/settle-owed.server.ts";
import { inTx, readBooks } from "#db/tx.ts";
import type { TestTenant } from "./campaign.ts";

const ROOT = 1;
let deposits = 0;

/** Gives an account money from outside. */
export async function deposit(accountId: number, amountMicros: number): Promise<void> {
	const opId = `test-deposit:${deposits++}`;
	await inTx((tx) => {
		postTransfer(tx, {
			opId,
			input: { amountMicros },
			kind: "deposit",
			accountId,
			by: null,
			parts: [
				{ accountId: ROOT, book: "outside", amountMicros: -amountMicros },
				{ accountId, book: "available", amountMicros },
			],
		});
		settleOwed(tx, accountId, opId);
	});
}

/** Puts so many new dealers between the root and the account; the nearest to it first. */
export async function underDealers(accountId: number, count: number): Promise<number[]> {
	return inTx((tx) => {
		let path = `/${ROOT}/`;
		let parentId = ROOT;
		const dealers: number[] = [];
		for (let i = 0; i < count; i++) {
			const { lastInsertRowid } = tx
				.sql(
					"INSERT INTO accounts (parent_id, kind, path, name, time_zone, country, created_at_utc) VALUES (?, 'dealer', ?, 'Dealer', 'UTC', 'UA', 0)",
				)
				.run(parentId, `${path}new-${Math.random()}/`);
			parentId = Number(lastInsertRowid);
			path = `${path}${parentId}/`;
			tx.sql("UPDATE accounts SET path = ? WHERE id = ?").run(path, parentId);
			dealers.unshift(parentId);
		}
		tx.sql("UPDATE accounts SET parent_id = ?, path = ? WHERE id = ?").run(parentId, `${path}${accountId}/`, accountId);
		return dealers;
	});
}

/** Holds the money for a campaign that is about to be prepared. */
export async function priceCampaign(of: TestTenant, terms: Terms, classes: Partial<NewClass>[]): Promise<void> {
	const base = {
		country: "UA",
		kind: "text",
		tiers: [],
		secondTiers: null,
		parts: 1,
		secondParts: 1,
		quantity: 0,
	} as const;
	await inTx((tx) => {
		const { accountId, campaignId } = of;
		openClasses(
			tx,
			{ accountId, campaignId },
			terms,
			classes.map((one) => ({ ...base, tiers: [], ...one })),
			null,
		);
	});
}

export function balance(accountId: number): Balance {
	return readBooks((tx) => balanceOf(tx, accountId));
}

/** What is wrong with the money in the books; nothing, always. */
export function moneyFaults(): string[] {
	return readBooks((tx) => {
		const faults: string[] = [];
		const differ = (what: string, kept: unknown, counted: unknown) => {
			if (kept !== counted) faults.push(`${what}: ${kept} is kept, ${counted} is counted`);
		};
		differ("all postings", 0, tx.sql("SELECT coalesce(sum(amount_micros), 0) FROM postings").pluck().get());
		for (const book of tx
			.sql<{ accountId: number; kind: string; kept: number; counted: number }>(
				`SELECT b.account_id AS accountId, b.kind, b.balance_micros AS kept,
				        (SELECT coalesce(sum(p.amount_micros), 0) FROM postings p WHERE p.book_id = b.id) AS counted FROM ledger_books b`,
			)
			.all())
			differ(`${book.kind} of ${book.accountId}`, book.kept, book.counted);
		const { held } = heldByClasses(tx, 0, 1e6);
		for (const [accountId, micros] of held) differ(`held of ${accountId}`, balanceOf(tx, accountId).heldMicros, micros);
		for (const { id } of tx.sql<{ id: number }>("SELECT id FROM accounts").all()) {
			const { heldMicros, owedMicros, availableMicros } = balanceOf(tx, id);
			if (heldMicros > 0 && !held.has(id)) faults.push(`${heldMicros} are held of ${id} for nothing`);
			if (owedMicros > 0 && availableMicros > 0) faults.push(`${id} owes ${owedMicros} and has ${availableMicros}`);
		}
		const counted = tx
			.sql<Record<string, number>>(
				`SELECT k.campaign_id AS campaign, k.class, k.held, k.captured, k.captured_second AS second, k.released, k.refunded,
				        coalesce(sum(s.charge = 1), 0) AS held2, coalesce(sum(s.charge = 2), 0) AS captured2,
				        coalesce(sum(s.charge = 3), 0) AS second2, coalesce(sum(s.charge = 4), 0) AS released2, coalesce(sum(s.charge = 5), 0) AS refunded2
				   FROM price_classes k JOIN campaigns c ON c.id = k.campaign_id LEFT JOIN message_states s
				     ON s.id >= c.first_message_id AND s.id < c.first_message_id + c.message_count AND s.price_class = k.class
				  GROUP BY k.campaign_id, k.class`,
			)
			.all();
		for (const row of counted)
			for (const charge of ["held", "captured", "second", "released", "refunded"])
				differ(`${charge} of class ${row.class} of campaign ${row.campaign}`, row[charge], row[`${charge}2`]);
		for (const row of tx
			.sql<{ campaign: number; class: number; open: number; kept: number }>(
				`SELECT k.campaign_id AS campaign, k.class, k.held + k.awaited AS kept,
				        (SELECT coalesce(sum(CASE t.kind WHEN 'hold' THEN t.quantity WHEN 'release' THEN -t.quantity ELSE 0 END), 0)
				           FROM transfers t WHERE t.campaign_id = k.campaign_id AND t.price_class = k.class) AS open
				   FROM price_classes k`,
			)
			.all())
			if (row.kept > row.open)
				faults.push(`class ${row.class} of campaign ${row.campaign} holds more than was held for it`);
		return faults;
	});
}

/** Every account that there is now sells everything for nothing: what is not about money needs no balance. */
export async function sellForNothing(): Promise<void> {
	await inTx((tx) => {
		for (const channel of ["viber", "whatsapp", "sms"] as const)
			tx.sql(
				`INSERT INTO prices (account_id, buyer_account_id, channel, unit_micros, from_utc, created_at_utc)
				 SELECT id, 0, ?, 0, 0, 0 FROM accounts WHERE true ON CONFLICT DO NOTHING`,
			).run(channel);
	});
}
