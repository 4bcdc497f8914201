import { beforeEach, describe, expect, it } from "vitest";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { insertUser } from "#app/modules/accounts/insert-user.server.ts";
import { postTransfer } from "#app/modules/ledger/post-transfer.server.ts";
import { deposit } from "#app/modules/money/deposit.server.ts";
import { BooksInDoubtError } from "#app/modules/money/money.errors.ts";
import { topUpAccount } from "#app/modules/money/top-up-account.server.ts";
import { withdraw } from "#app/modules/money/withdraw.server.ts";
import { writeConnection } from "#db/client.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { listProofs } from "./list-proofs.server.ts";
import { ProofStoppedError, prove } from "./prove.server.ts";
import { runProof } from "./run-proof.server.ts";

testBooks();
let on: Actors;
let key = 0;
const move = (amountMicros: number) => ({ formKey: `form-${++key}`, amountMicros, note: "" });

beforeEach(async () => {
	on = await makeActors();
	await deposit(on.admin, move(1_000));
	await topUpAccount(on.admin, on.dealer.account.id, move(500));
	for (let i = 0; i < 5; i++) await topUpAccount(on.dealer, on.client.account.id, move(10 + i));
});

/** As somebody with the file in hand would, past every guard. */
function spoil(sql: string): void {
	const { raw } = writeConnection();
	const triggers = raw.prepare(
		"SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ('transfers', 'postings', 'ledger_books')",
	);
	for (const name of triggers.pluck().all()) raw.exec(`DROP TRIGGER ${name}`);
	raw.pragma("ignore_check_constraints = ON");
	raw.exec(sql);
	raw.pragma("ignore_check_constraints = OFF");
}
const kinds = async () => [...new Set((await prove()).found.map(({ kind }) => kind))].sort();

describe("a proof", () => {
	it("finds nothing where nothing is wrong, and says how much it looked at", async () => {
		expect(await prove()).toEqual({ transfers: 7, books: 4, differences: 0, found: [] });
	});

	it.each([
		[
			"a balance that somebody has raised",
			"UPDATE ledger_books SET balance_micros = balance_micros + 5 WHERE account_id = 4",
			["balance", "total"],
		],
		[
			"a posting that was changed",
			"UPDATE postings SET amount_micros = amount_micros + 1 WHERE transfer_id = 4 AND account_id = 4",
			["chain", "transfer_sum"],
		],
		[
			"a posting that was taken out of the middle",
			"DELETE FROM postings WHERE transfer_id = 4 AND account_id = 4",
			["chain", "transfer_sum"],
		],
		[
			"the newest posting taken out",
			"DELETE FROM postings WHERE transfer_id = 7 AND account_id = 4",
			["balance", "transfer_sum"],
		],
		["a transfer that was deleted", "DELETE FROM transfers WHERE id = 5", ["no_transfer"]],
		[
			"a transfer whose postings were deleted",
			"DELETE FROM postings WHERE transfer_id = 7",
			["balance", "no_postings"],
		],
		["money below the limit", "UPDATE ledger_books SET credit_micros = -1000 WHERE account_id = 4", ["limit"]],
		[
			"postings behind the last transfer",
			"INSERT INTO postings SELECT id, 90000, account_id, 0, balance_micros FROM ledger_books WHERE account_id = 4",
			["no_transfer"],
		],
	])("finds %s", async (_, sql, found) => {
		spoil(sql);
		expect(await kinds()).toEqual(found);
	});

	it("finds what is held for no message, and messages for which nothing is held", async () => {
		const accountId = on.client.account.id;
		await inTx((tx) =>
			postTransfer(tx, {
				...{ opId: "held", input: {}, kind: "hold", accountId, by: null },
				parts: [
					{ accountId, book: "available", amountMicros: -20 },
					{ accountId, book: "held", amountMicros: 20 },
				],
			}),
		);
		expect((await prove()).found).toEqual([{ kind: "held", id: accountId, keptMicros: 20, countedMicros: 0 }]);
		const add = (held: number) =>
			inTx((tx) =>
				tx
					.sql(
						`INSERT INTO price_classes (campaign_id, class, account_id, country, kind, charge_on, refunds, tiers, held)
						 VALUES (?, 1, ?, 'UA', 'text', 'accepted', 0, ?, ?)`,
					)
					.run(held, accountId, JSON.stringify([{ accountId, unitMicros: 5 }]), held),
			);
		await add(4);
		expect((await prove()).found).toEqual([]);
		await add(1);
		expect((await prove()).found).toEqual([{ kind: "held", id: accountId, keptMicros: 20, countedMicros: 25 }]);
	});

	it("takes messages that cost nothing as they are", async () => {
		const free = (priceClass: number) => ({
			...{
				opId: `free-${priceClass}`,
				input: {},
				kind: "hold" as const,
				accountId: on.client.account.id,
				by: null,
				parts: [],
			},
			messages: { campaignId: 9, priceClass, quantity: 3 },
		});
		await inTx((tx) => {
			const add = tx.sql(
				"INSERT INTO price_classes (campaign_id, class, account_id, country, kind, charge_on, refunds, tiers) VALUES (9, ?, ?, 'UA', 'text', 'accepted', 0, ?)",
			);
			for (const [at, unitMicros] of [0, 5].entries())
				add.run(at + 1, on.client.account.id, JSON.stringify([{ accountId: on.client.account.id, unitMicros }]));
			postTransfer(tx, free(1));
		});
		expect(await kinds()).toEqual([]);
		await inTx((tx) => postTransfer(tx, free(2)));
		expect(await kinds()).toEqual(["no_postings"]);
	});

	it("takes a free leg that was charged after the other's money was given back as it is, but no hold that moved nothing", async () => {
		const accountId = on.client.account.id;
		const tiers = (unitMicros: number) => JSON.stringify([{ accountId, unitMicros }]);
		const nothing = (kind: "capture" | "hold") => ({
			...{ opId: kind, input: {}, kind, accountId, by: null, parts: [] },
			messages: { campaignId: 9, priceClass: 1, quantity: 3 },
		});
		await inTx((tx) => {
			tx.sql(
				`INSERT INTO price_classes (campaign_id, class, account_id, country, kind, charge_on, refunds, tiers, second_tiers)
				 VALUES (9, 1, ?, 'UA', 'text', 'delivered', 0, ?, ?)`,
			).run(accountId, tiers(0), tiers(5));
			postTransfer(tx, nothing("capture"));
		});
		// Posted past what counts the days.
		expect(await kinds()).toEqual(["day_messages"]);
		await inTx((tx) => postTransfer(tx, nothing("hold")));
		expect(await kinds()).toEqual(["day_messages", "no_postings"]);
	});

	it("stops when it is told to", async () => {
		await expect(prove(AbortSignal.abort())).rejects.toThrow(ProofStoppedError);
	});
});

describe("the nightly proof", () => {
	const notices = () => readBooks((tx) => tx.sql("SELECT kind FROM notices").pluck().all());

	it("is kept, and shown to the platform's own people who may see money", async () => {
		await runProof();
		expect(readBooks((tx) => listProofs(tx, on.admin))).toMatchObject({
			runs: [{ transfers: 7, differences: 0 }],
			found: [],
		});
		const rights = new Set([...on.admin.rights].filter((right) => right !== "money.read"));
		expect(readBooks((tx) => listProofs(tx, { ...on.admin, rights }))).toBeNull();
		expect(() => readBooks((tx) => listProofs(tx, on.dealer))).toThrow();
		expect(notices()).toEqual([]);
	});

	it("that fails tells the owners, and nothing is paid out until one is clean", async () => {
		await inTx((tx) => {
			insertUser(tx, { accountId: on.admin.account.id, login: "root", passwordHash: "", name: "Root" });
		});
		spoil("UPDATE postings SET balance_micros = balance_micros + 1 WHERE transfer_id = 4 AND account_id = 4");
		await runProof();
		expect(notices()).toEqual(["ledger.differs"]);
		await expect(withdraw(on.admin, move(1))).rejects.toThrow(BooksInDoubtError);
		spoil("UPDATE postings SET balance_micros = balance_micros - 1 WHERE transfer_id = 4 AND account_id = 4");
		await runProof();
		expect(notices()).toHaveLength(1);
		expect(readBooks((tx) => listProofs(tx, on.admin)!.runs.map(({ differences }) => differences))).toEqual([0, 2]);
	});

	it("broken off leaves nothing behind", async () => {
		await runProof(AbortSignal.abort());
		expect(readBooks((tx) => listProofs(tx, on.admin)!.runs)).toEqual([]);
	});
});
