import { inTx } from "#db/tx.ts";
import { openHouse } from "./bench-house.ts";
import { print, round } from "./print.ts";

/** What a write of one row costs through the one helper that all writes go through, one after the other. */
export async function benchWrites(transactions: number): Promise<void> {
	const house = await openHouse();
	try {
		const times: number[] = [];
		const write = (n: number) =>
			inTx((tx) => {
				tx.sql("UPDATE accounts SET name = ? WHERE id = ?").run(`Bench ${n}`, house.accountId);
			});
		for (let n = 0; n < transactions / 10; n++) await write(n);
		const from = performance.now();
		for (let n = 0; n < transactions; n++) {
			const began = performance.now();
			await write(n);
			times.push(performance.now() - began);
		}
		const seconds = (performance.now() - from) / 1000;
		times.sort((a, b) => a - b);
		const at = (share: number) => round(times[Math.floor(times.length * share)]!);
		print({
			bench: "writes",
			transactions,
			transactionsPerSecond: Math.round(transactions / seconds),
			milliseconds: { p50: at(0.5), p99: at(0.99) },
		});
	} finally {
		await house.close();
	}
}
