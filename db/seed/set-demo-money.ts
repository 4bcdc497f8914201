import type { ChannelName } from "#app/channels/channel.ts";
import { postTransfer } from "#app/modules/ledger/post-transfer.server.ts";
import type { Tx } from "#db/tx.ts";
import { DEMO_ACCOUNTS } from "./demo-accounts.ts";

const MARK = "demo_money";
const UNIT = 1_000_000;
/** In the demo's till, and what each account is given of it by the one above. */
const DEPOSIT_MICROS = 5_000_000 * UNIT;
const GIVEN_MICROS: Record<string, number> = {
	dealer: 1_000_000 * UNIT,
	dealer2: 500_000 * UNIT,
	client: 250_000 * UNIT,
	client2: 50_000 * UNIT,
	client3: 50_000 * UNIT,
};

type Line = [channel: ChannelName, country: string, kind: string, unitMicros: number];
/** By seller, for everybody directly below it. */
const LISTS: Record<string, Line[]> = {
	admin: [
		["viber", "", "", 16_000],
		["viber", "UA", "", 11_000],
		["viber", "UA", "text", 10_500],
		["viber", "PL", "", 14_500],
		["whatsapp", "", "", 32_000],
		["whatsapp", "UA", "", 26_500],
		["sms", "", "", 66_000],
		["sms", "UA", "", 48_000],
		["sms", "PL", "", 62_000],
	],
	dealer: [
		["viber", "", "", 21_000],
		["viber", "UA", "", 14_000],
		["viber", "PL", "", 18_000],
		["whatsapp", "", "", 39_000],
		["sms", "", "", 78_000],
		["sms", "UA", "", 55_000],
	],
	dealer2: [
		["viber", "", "", 23_000],
		["viber", "UA", "", 14_500],
		["whatsapp", "", "", 41_000],
		["sms", "", "", 81_000],
		["sms", "UA", "", 57_500],
	],
};
/** One of the dealer's clients has agreed on a price of its own. */
const OWN: { seller: string; buyer: string; line: Line } = {
	...{ seller: "dealer", buyer: "client2" },
	line: ["viber", "UA", "", 12_800],
};

/** Gives the demo's accounts prices and balances, once: what somebody has changed since is left alone. */
export function setDemoMoney(tx: Tx, accountOf: (login: string) => number): void {
	const { changes } = tx.sql("INSERT INTO settings (key, value) VALUES (?, '1') ON CONFLICT DO NOTHING").run(MARK);
	if (changes === 0) return;
	for (const [seller, lines] of Object.entries(LISTS))
		for (const line of lines) addLine(tx, accountOf(seller), 0, line);
	addLine(tx, accountOf(OWN.seller), accountOf(OWN.buyer), OWN.line);
	move(tx, "deposit", DEPOSIT_MICROS, [accountOf("admin"), "outside"], accountOf("admin"));
	for (const { login, under } of DEMO_ACCOUNTS)
		if (under) move(tx, "top_up", GIVEN_MICROS[login]!, [accountOf(under), "available"], accountOf(login));
}

function addLine(tx: Tx, sellerId: number, buyerId: number, [channel, country, kind, unitMicros]: Line): void {
	tx.sql(
		`INSERT INTO prices (account_id, buyer_account_id, channel, country, kind, unit_micros, from_utc, created_at_utc)
		 VALUES (@sellerId, @buyerId, @channel, @country, @kind, @unitMicros, @now, @now)`,
	).run({ sellerId, buyerId, channel, country, kind, unitMicros, now: Date.now() });
}

function move(
	tx: Tx,
	kind: "deposit" | "top_up",
	amountMicros: number,
	[fromId, book]: [id: number, book: "outside" | "available"],
	accountId: number,
): void {
	postTransfer(tx, {
		...{ opId: `demo:${kind}:${accountId}`, input: { amountMicros }, kind, accountId, by: null },
		parts: [
			{ accountId: fromId, book, amountMicros: -amountMicros },
			{ accountId, book: "available", amountMicros },
		],
	});
}
