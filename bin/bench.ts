import { benchCommits } from "./bench/commits.ts";
import { benchFailover } from "./bench/failover.ts";
import { benchLedger } from "./bench/ledger.ts";
import { benchLedgerKilled } from "./bench/ledger-killed.ts";
import { benchLitefs } from "./bench/litefs.ts";
import { benchMillion } from "./bench/million.ts";
import { benchPage } from "./bench/page.ts";
import { benchPrepare } from "./bench/prepare.ts";
import { benchReceipts, benchReceiptsApplied } from "./bench/receipts.ts";
import { benchReceiptsBeside } from "./bench/receipts-beside.ts";
import { benchReplication } from "./bench/replication.ts";
import { benchSend } from "./bench/send.ts";
import { benchSenders } from "./bench/senders.ts";
import { benchTree } from "./bench/tree.ts";
import { benchWrites } from "./bench/writes.ts";

const SCALE = Number(process.env.BENCH_SCALE ?? 1);

const benches: Record<string, () => Promise<void>> = {
	"send-single": () => benchSend("send-single", 1, 400_000 * SCALE),
	"send-bulk": () => benchSend("send-bulk", 100, 1_000_000 * SCALE),
	"send-single-3": () => benchSend("send-single-3", 1, 400_000 * SCALE, { providers: 3 }),
	"send-bulk-3": () => benchSend("send-bulk-3", 100, 1_000_000 * SCALE, { providers: 3 }),
	"send-single-money": () => benchSend("send-single-money", 1, 400_000 * SCALE, { withMoney: true }),
	"send-bulk-money": () => benchSend("send-bulk-money", 100, 1_000_000 * SCALE, { withMoney: true }),
	senders: async () => {
		await benchSenders(1, 100_000 * SCALE);
		await benchSenders(100, 400_000 * SCALE);
	},
	failover: () => benchFailover(120_000 * SCALE),
	million: () => benchMillion(1_000_000 * SCALE),
	prepare: () => benchPrepare(1_000_000 * SCALE),
	receipts: () => benchReceipts(200_000 * SCALE),
	"receipts-applied": () => benchReceiptsApplied(200_000 * SCALE),
	"receipts-3x": () => benchReceiptsBeside(60_000 * SCALE),
	page: () => benchPage(1_000_000 * SCALE),
	commits: () => benchCommits(200_000 * SCALE),
	ledger: () => benchLedger(100_000 * SCALE, 10_000_000 * SCALE),
	"ledger-killed": () => benchLedgerKilled(100_000 * SCALE, 20),
	replication: () => benchReplication(1_000 * SCALE, 40_000 * SCALE),
	writes: () => benchWrites(10_000 * SCALE),
	litefs: () => benchLitefs(),
	tree: () => benchTree(100_000 * SCALE),
};

const names = process.argv.slice(2);
const unknown = names.find((name) => !(name in benches));
if (names.length === 0 || unknown) {
	console.error(
		`${unknown ? `There is no benchmark "${unknown}". ` : ""}npm run bench -- ${Object.keys(benches).join(" | ")}`,
	);
	process.exit(2);
}
for (const name of names) await benches[name]!();
