import { seal } from "#app/lib/secrets.server.ts";
import { hashSessionToken, newSessionToken } from "#app/modules/access/session-token.server.ts";
import { insertUser } from "#app/modules/accounts/insert-user.server.ts";
import { insertAudit } from "#app/modules/audit/write-audit.server.ts";
import type { Tx } from "#db/tx.ts";
import { innerWord, phoneOf } from "./tree.ts";
import type { Placed } from "./world.ts";

/** What an address or a form can name, by its id. */
export type ThingKind =
	| "account"
	| "below"
	| "child"
	| "login"
	| "draft"
	| "paused"
	| "sent"
	| "message"
	| "employee"
	| "role"
	| "stop"
	| "bill"
	| "stay"
	| "session"
	| "impersonation"
	| "owner"
	| "avatar"
	| "provider"
	| "route"
	| "callback"
	| "wait";

export type Reach = "scope" | "below" | "parent" | "account" | "team" | "user";

/** Who reaches a thing: everybody whose scope its account lies in (or those of them who stand above it, or directly above), its account's people, or one. */
export const REACH: Record<ThingKind, { read: Reach; change: Reach }> = {
	account: { read: "scope", change: "scope" },
	below: { read: "below", change: "below" },
	child: { read: "parent", change: "parent" },
	login: { read: "scope", change: "scope" },
	draft: { read: "account", change: "account" },
	paused: { read: "scope", change: "account" },
	sent: { read: "scope", change: "account" },
	message: { read: "scope", change: "account" },
	employee: { read: "team", change: "team" },
	role: { read: "team", change: "team" },
	stop: { read: "account", change: "account" },
	bill: { read: "account", change: "account" },
	stay: { read: "account", change: "account" },
	session: { read: "user", change: "user" },
	impersonation: { read: "team", change: "team" },
	owner: { read: "scope", change: "user" },
	avatar: { read: "scope", change: "user" },
	provider: { read: "account", change: "account" },
	route: { read: "account", change: "account" },
	callback: { read: "account", change: "account" },
	wait: { read: "below", change: "below" },
};

export interface Thing {
	kind: ThingKind;
	id: string;
	account: Placed;
}
export type Things = Thing[];

/** Tables whose ids count from far up. */
export const THING_TABLES = [
	"campaigns",
	"collections",
	"roles",
	"stops",
	"bills",
	"account_stays",
	"impersonations",
	"audit",
	"notices",
	"account_contacts",
	"providers",
	"routes",
];

/** Gives an account something of every kind, each with the account's own words in it. */
export function addThings(tx: Tx, account: Placed): Thing[] {
	const sent = addCampaign(tx, account, "done");
	const provider = addProvider(tx, account);
	const made: Record<ThingKind, number | string> = {
		account: account.id,
		below: account.id,
		child: account.id,
		login: `${account.word}-owner`,
		draft: addCampaign(tx, account, "draft"),
		paused: addCampaign(tx, account, "paused"),
		sent,
		message: messageIdOf(sent),
		...addTeam(tx, account),
		stop: addStop(tx, account),
		bill: addBill(tx, account),
		stay: addStay(tx, account),
		session: addSession(tx, account),
		impersonation: addImpersonation(tx, account),
		owner: account.ownerId,
		avatar: addAvatar(tx, account),
		route: addRoute(tx, account),
		provider,
		// Stands in the wire under its provider's id (callbacks.ts).
		callback: provider,
		wait: addWait(tx, account),
	};
	addRest(tx, account);
	return Object.entries(made).map(([kind, id]) => ({ kind: kind as ThingKind, id: String(id), account }));
}

const insert = (tx: Tx, table: string, row: Record<string, string | number | null | Buffer>): number => {
	const columns = Object.keys(row);
	const places = columns.map((column) => `@${column}`);
	return Number(tx.sql(`INSERT INTO ${table} (${columns}) VALUES (${places})`).run(row).lastInsertRowid);
};

function addCampaign(
	tx: Tx,
	{ id, path, ownerId, word }: Placed,
	state: "draft" | "paused" | "done",
	name: string = state,
): number {
	const inner = innerWord(word);
	const now = Date.now();
	const collection = {
		kind: "one_off",
		name: `${inner}.csv`,
		country: "UA",
		state: "ready",
		valid_count: 1,
		created_at_utc: now,
	};
	const collectionId = insert(tx, "collections", { account_id: id, ...collection });
	const lead = { account_id: id, collection_id: collectionId };
	tx.sql(
		"INSERT INTO contact_rejects (collection_id, account_id, line, cell, typed, reason) VALUES (?, ?, 1, 1, ?, 'no_digits')",
	).run(collectionId, id, inner);
	const campaignId = insert(tx, "campaigns", {
		...lead,
		user_id: ownerId,
		branch_path: state === "draft" ? null : path,
		name: `${name} of ${inner}`,
		channel: "viber",
		sender: "DemoShop",
		text: `Text of ${inner}`,
		state,
		paused_from: state === "paused" ? "sending" : null,
		form_key: `${inner}-${name}`,
		created_at_utc: now,
		started_at_utc: state === "done" ? now : null,
		finished_at_utc: state === "done" ? now : null,
	});
	tx.sql("INSERT INTO campaign_counters (campaign_id, account_id, read) VALUES (?, ?, ?)").run(
		campaignId,
		id,
		state === "done" ? 1 : 0,
	);
	if (state === "done") addMessage(tx, campaignId, phoneOf(word, 2));
	return campaignId;
}

/** Far from the ranges that real campaigns take; no id stands within another, so that each can be told in an answer. */
const messageIdOf = (campaignId: number) => campaignId + 400_000;

function addMessage(tx: Tx, campaignId: number, recipient: string): void {
	const messageId = messageIdOf(campaignId);
	tx.sql("INSERT INTO messages (id, campaign_id, contact_id, recipient) VALUES (?, ?, 1, ?)").run(
		messageId,
		campaignId,
		recipient,
	);
	tx.sql("INSERT INTO message_states (id, state, attempt) VALUES (?, 60, 1)").run(messageId);
	tx.sql("UPDATE campaigns SET first_message_id = ?, message_count = 1 WHERE id = ?").run(messageId, campaignId);
}

function addTeam(tx: Tx, { id, word }: Placed): { employee: number; role: number } {
	const role = insert(tx, "roles", {
		account_id: id,
		name: `Role ${innerWord(word)}`,
		rights: '["campaigns.read"]',
		created_at_utc: Date.now(),
	});
	const names = { login: `${word}-worker`, name: `${word} Worker`, email: `worker@${innerWord(word)}.example` };
	return { role, employee: insertUser(tx, { accountId: id, passwordHash: "none", roleId: role, ...names }) };
}

/** A time that the account stood below itself: no other's name shows in it. */
function addStay(tx: Tx, { id, path }: Placed): number {
	const stay = { path, from_utc: 1, until_utc: Date.now() };
	return insert(tx, "account_stays", { account_id: id, moved_account_id: id, ...stay });
}

function addSession(tx: Tx, { id, ownerId, word }: Placed): string {
	const hash = hashSessionToken(newSessionToken());
	const now = Date.now();
	const where = { address: "198.51.100.7", user_agent: `Browser ${innerWord(word)}` };
	const when = { created_at_utc: now, seen_at_utc: now, expires_at_utc: now + 86_400_000 };
	insert(tx, "sign_in_sessions", { token_hash: hash, account_id: id, user_id: ownerId, ...when, ...where });
	return hash;
}

/** Somebody who was inside: an employee of the account itself stands for whoever it was, so that no other's name shows. */
function addImpersonation(tx: Tx, { id, ownerId, word }: Placed): number {
	const ended = Date.now() - 3_600_000;
	return insert(tx, "impersonations", {
		account_id: id,
		user_id: ownerId,
		behind_user_id: ownerId,
		behind_account_id: id,
		reason: `Help ${innerWord(word)}`,
		is_read_only: 1,
		started_at_utc: ended - 60_000,
		ends_at_utc: ended,
		ended_at_utc: ended,
	});
}

/** Smallest PNG that there is: one transparent pixel. */
const PIXEL = Buffer.from(
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
	"base64",
);

function addAvatar(tx: Tx, { id, ownerId, word }: Placed): string {
	const key = `${innerWord(word)}avatar`;
	insert(tx, "avatars", { key, account_id: id, user_id: ownerId, type: "image/png", bytes: PIXEL });
	tx.sql("UPDATE users SET avatar_key = ? WHERE id = ? AND account_id = ?").run(key, ownerId, id);
	return key;
}

/** Switched off, so that nothing goes out through it. */
function addProvider(tx: Tx, { id, word }: Placed): number {
	const inner = innerWord(word);
	const settings = { baseUrl: "http://127.0.0.1:1", apiKey: `key-${inner}` };
	const providerId = insert(tx, "providers", {
		account_id: id,
		name: `Provider ${inner}`,
		adapter: "infobip-viber",
		channel: "viber",
		state: "disabled",
		sealed_settings: "",
		bulk_size: 1,
		connections: 1,
		created_at_utc: Date.now(),
	});
	tx.sql("UPDATE providers SET sealed_settings = ? WHERE id = ? AND account_id = ?").run(
		seal(JSON.stringify(settings), `provider:${providerId}`),
		providerId,
		id,
	);
	return providerId;
}

/** Somebody who asked not to be written to. */
function addStop(tx: Tx, { id, ownerId, word }: Placed): number {
	const row = { recipient: phoneOf(word, 2), note: `Asked ${innerWord(word)}`, user_id: ownerId };
	return insert(tx, "stops", { account_id: id, ...row, created_at_utc: Date.now() });
}

/** To itself: no other's name shows in it. */
function addBill(tx: Tx, { id, ownerId, word }: Placed): number {
	const party = { legalName: `Legal ${innerWord(word)}`, address: "", taxId: "" };
	const bill = insert(tx, "bills", {
		...{ account_id: id, number: 1, buyer_account_id: id, from_day: 1, to_day: 2, issued_at_utc: 1, user_id: ownerId },
		...{ buyer: JSON.stringify(party), currency: "EUR", sum_micros: 1, total_micros: 0, tax_micros: 0 },
		seller: JSON.stringify({ ...party, payment: "", taxRate: 0, note: "" }),
	});
	const line = { channel: "viber", country: "UA", kind: "text", quantity: 1, amount_micros: 1 };
	insert(tx, "bill_lines", { bill_id: bill, line: 1, account_id: id, ...line });
	return bill;
}

/** A campaign that the brake has stopped; the root's own never are. */
function addWait(tx: Tx, account: Placed): number {
	const campaignId = addCampaign(tx, account, "paused", "waiting");
	tx.sql("UPDATE campaigns SET cause = 'volume_brake', paused_from = 'scheduled' WHERE id = ? AND account_id = ?").run(
		campaignId,
		account.id,
	);
	const figures = { people: 1, day_messages: 0, allowed: 0, at_utc: Date.now() };
	insert(tx, "limit_waits", { campaign_id: campaignId, account_id: account.id, ...figures });
	return campaignId;
}

/** Of a country of its own making, so that nothing goes by it. */
function addRoute(tx: Tx, { id }: Placed): number {
	const row = { account_id: id, channel: "viber", branch_account_id: id, country: "ZZ", created_at_utc: Date.now() };
	return insert(tx, "routes", row);
}

/** From the account directly above. */
const price = { channel: "viber", country: "PL", unit_micros: 987_654, from_utc: 1, created_at_utc: 1 };

/** Over, so that nothing is ever charged for it. */
const fee = {
	...{ channel: "", sender: "", amount_micros: 876_543, user_id: 1, created_at_utc: 1, time_zone: "UTC" },
	...{ from_month: "2026-01", last_month: "2026-01", next_month: "2026-02" },
};

/** What no address names, and lists show. */
function addRest(tx: Tx, { id, path, ownerId, word }: Placed): void {
	const inner = innerWord(word);
	insert(tx, "account_contacts", { account_id: id, position: 1, name: `Contact ${inner}`, phone: phoneOf(word, 3) });
	const [sellerId] = path.split("/").filter(Boolean).map(Number).reverse().slice(1);
	if (sellerId) insert(tx, "prices", { ...price, account_id: sellerId, buyer_account_id: id });
	if (sellerId)
		insert(tx, "fees", { ...fee, account_id: id, seller_account_id: sellerId, note: `Fee ${inner}`, form_key: inner });
	insert(tx, "recovery_codes", { account_id: id, user_id: ownerId, code_hash: `hash-${inner}` });
	insertAudit(tx, {
		accountId: id,
		path,
		userId: ownerId,
		verb: "sign-in",
		subject: `user:${ownerId}`,
		detail: { address: inner },
	});
}
