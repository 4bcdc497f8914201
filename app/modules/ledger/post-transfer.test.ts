import { describe, expect, it } from "vitest";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { balanceOf } from "./balance-of.server.ts";
import { InsufficientFundsError, OpReusedError, UnbalancedTransferError } from "./ledger.errors.ts";
import { postTransfer } from "./post-transfer.server.ts";
import { settleOwed } from "./settle-owed.server.ts";
import { takeOrOwe } from "./take-or-owe.ts";
import type { NewTransfer, Part } from "./transfer.ts";

testBooks();

const part = (accountId: number, book: Part["book"], amountMicros: number): Part => ({ accountId, book, amountMicros });
const deposit = (opId: string, amountMicros: number): NewTransfer => ({
	opId,
	input: { amountMicros },
	kind: "deposit",
	accountId: 1,
	by: null,
	parts: [part(1, "outside", -amountMicros), part(1, "available", amountMicros)],
});
const topUp = (opId: string, amountMicros: number): NewTransfer => ({
	opId,
	input: { amountMicros },
	kind: "top_up",
	accountId: 2,
	by: null,
	parts: [part(1, "available", -amountMicros), part(2, "available", amountMicros)],
});
const post = (transfer: NewTransfer) => inTx((tx) => postTransfer(tx, transfer));
const available = (accountId: number) => readBooks((tx) => balanceOf(tx, accountId).availableMicros);

describe("a transfer", () => {
	it("moves money between books; exactly what is there passes, one micro-unit more does not", async () => {
		await post(deposit("a", 100));
		await expect(post(topUp("b", 101))).rejects.toThrow(InsufficientFundsError);
		await expect(post(topUp("b", 101))).rejects.toMatchObject({ accountId: 1, book: "available", missingMicros: 1 });
		expect([available(1), available(2)]).toEqual([100, 0]);
		await post(topUp("b", 100));
		expect([available(1), available(2)]).toEqual([0, 100]);
	});

	it("made twice by one operation moves once; the same key for another is refused", async () => {
		await post(deposit("a", 100));
		const first = await post(topUp("b", 60));
		expect(await post(topUp("b", 60))).toEqual({ transferId: first.transferId, isRepeat: true });
		await expect(post(topUp("b", 40))).rejects.toThrow(OpReusedError);
		expect([available(1), available(2)]).toEqual([40, 60]);
	});

	it("that does not sum to zero, or has parts of a micro-unit, is refused", async () => {
		const crooked = (amounts: number[]) => ({
			...deposit("a", 1),
			parts: amounts.map((amount, i) => part(1, i === 0 ? "outside" : "available", amount)),
		});
		await expect(post(crooked([-2, 1]))).rejects.toThrow(UnbalancedTransferError);
		await expect(post(crooked([-0.5, 0.5]))).rejects.toThrow(UnbalancedTransferError);
		await expect(post(crooked([-(2 ** 60), 2 ** 60]))).rejects.toThrow(UnbalancedTransferError);
		expect(available(1)).toBe(0);
	});

	it("that is refused leaves nothing behind, also where its caller goes on", async () => {
		await post(deposit("a", 100));
		await inTx((tx) => {
			expect(() => postTransfer(tx, topUp("b", 101))).toThrow(InsufficientFundsError);
			postTransfer(tx, topUp("c", 100));
		});
		expect(readBooks((tx) => tx.sql("SELECT count(*) FROM transfers").pluck().get())).toBe(2);
	});

	it("within the credit limit goes below zero", async () => {
		await post(deposit("a", 100));
		await post(topUp("b", 10));
		await inTx((tx) =>
			tx.sql("UPDATE ledger_books SET credit_micros = 50 WHERE account_id = 2 AND kind = 'available'").run(),
		);
		const back = (opId: string, amountMicros: number): NewTransfer => ({
			...topUp(opId, amountMicros),
			parts: [part(2, "available", -amountMicros), part(1, "available", amountMicros)],
		});
		await expect(post(back("c", 61))).rejects.toMatchObject({ missingMicros: 1 });
		await post(back("d", 60));
		expect(available(2)).toBe(-50);
	});
});

describe("the database itself refuses", () => {
	const run = (sql: string) => inTx((tx) => tx.sql(sql).run());

	it.each([
		"UPDATE transfers SET note = 'x'",
		"DELETE FROM transfers",
		"UPDATE postings SET amount_micros = 1",
		"DELETE FROM postings",
		"UPDATE ledger_books SET balance_micros = balance_micros + 1",
		"UPDATE ledger_books SET account_id = 3",
		"DELETE FROM ledger_books",
		"INSERT INTO ledger_books (account_id, kind, balance_micros) VALUES (9, 'available', 1)",
		"INSERT INTO postings (book_id, transfer_id, account_id, amount_micros, balance_micros) SELECT id, 99, account_id, 5, balance_micros FROM ledger_books LIMIT 1",
	])("%s", async (sql) => {
		await post(deposit("a", 100));
		await expect(run(sql)).rejects.toThrow(/ledger: /);
	});

	it("a balance below the limit, and a limit above a debt", async () => {
		await post(deposit("a", 100));
		const below = `INSERT INTO postings (book_id, transfer_id, account_id, amount_micros, balance_micros)
			SELECT id, 99, account_id, -101, balance_micros - 101 FROM ledger_books WHERE kind = 'available'`;
		await expect(run(below)).rejects.toThrow(/ledger_books_limit/);
		await run("UPDATE ledger_books SET credit_micros = 1 WHERE kind = 'available'");
		await run(below);
		await expect(run("UPDATE ledger_books SET credit_micros = 0 WHERE kind = 'available'")).rejects.toThrow(/_limit/);
	});
});

describe("what cannot be refused", () => {
	it("takes what is there, owes the rest, and what comes in pays it first", async () => {
		await post(deposit("a", 100));
		await post(topUp("b", 30));
		await inTx((tx) =>
			postTransfer(tx, {
				...topUp("late", 0),
				kind: "capture",
				parts: [...takeOrOwe(2, balanceOf(tx, 2), 50), part(1, "available", 50)],
			}),
		);
		expect(readBooks((tx) => balanceOf(tx, 2))).toMatchObject({
			availableMicros: 0,
			owedMicros: 20,
			spendableMicros: 0,
		});
		for (const [opId, amount, owed, left] of [["c", 15, 5, 0] as const, ["d", 15, 0, 10] as const]) {
			await inTx((tx) => {
				postTransfer(tx, topUp(opId, amount));
				settleOwed(tx, 2, opId);
			});
			expect(readBooks((tx) => balanceOf(tx, 2))).toMatchObject({ availableMicros: left, owedMicros: owed });
		}
	});
});
