import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** A node of the reseller tree. `path` is "/1/5/9/": the ids from the root down to the row itself, so that a scope is one prefix range. */
export const accounts = sqliteTable(
	"accounts",
	{
		id: integer().primaryKey({ autoIncrement: true }),
		parentId: integer("parent_id"),
		kind: text({ enum: ["admin", "dealer", "client"] }).notNull(),
		path: text().notNull(),
		name: text().notNull(),
		locale: text({ enum: ["en", "ru", "hi", "ar"] })
			.notNull()
			.default("en"),
		/** IANA name, e.g. "Europe/Kyiv": the zone of every time that this account types or reads. */
		timeZone: text("time_zone").notNull().default("UTC"),
		/** ISO 3166 code that numbers without a country code are read with; never the server's. */
		country: text().notNull().default("UA"),
		state: text({ enum: ["active", "blocked", "closed"] })
			.notNull()
			.default("active"),
		createdAtUtc: integer("created_at_utc").notNull(),
	},
	(t) => [index("accounts_parent").on(t.parentId), uniqueIndex("accounts_path").on(t.path)],
);

export const users = sqliteTable(
	"users",
	{
		id: integer().primaryKey({ autoIncrement: true }),
		accountId: integer("account_id").notNull(),
		/** Lower case, NFKC; never changes. */
		login: text().notNull(),
		/** argon2id in PHC string form. */
		passwordHash: text("password_hash").notNull(),
		role: text({ enum: ["owner", "employee"] }).notNull(),
		name: text().notNull(),
		locale: text({ enum: ["en", "ru", "hi", "ar"] }),
		createdAtUtc: integer("created_at_utc").notNull(),
	},
	(t) => [uniqueIndex("users_login").on(t.login), index("users_account").on(t.accountId)],
);

/** The cookie holds a random token; this table holds only its SHA-256, so a stolen copy of the books signs nobody in. */
export const signInSessions = sqliteTable(
	"sign_in_sessions",
	{
		tokenHash: text("token_hash").primaryKey(),
		accountId: integer("account_id").notNull(),
		userId: integer("user_id").notNull(),
		createdAtUtc: integer("created_at_utc").notNull(),
		expiresAtUtc: integer("expires_at_utc").notNull(),
		address: text().notNull(),
		userAgent: text("user_agent").notNull(),
	},
	(t) => [index("sign_in_sessions_user").on(t.userId), index("sign_in_sessions_expiry").on(t.expiresAtUtc)],
);

/** Tries at sign-in, by "login:…" and "address:…", in fixed windows. No account column: it counts before anybody is known. */
export const signInTries = sqliteTable("sign_in_tries", {
	key: text().primaryKey(),
	windowStartedAtUtc: integer("window_started_at_utc").notNull(),
	tries: integer().notNull(),
});

/** Sender names that an account and its branch may write under. */
export const senders = sqliteTable(
	"senders",
	{
		id: integer().primaryKey({ autoIncrement: true }),
		accountId: integer("account_id").notNull(),
		channel: text({ enum: ["viber", "whatsapp", "sms"] }).notNull(),
		name: text().notNull(),
	},
	(t) => [uniqueIndex("senders_name").on(t.accountId, t.channel, t.name)],
);

/** Who did what, for whom. Append only. */
export const audit = sqliteTable(
	"audit",
	{
		id: integer().primaryKey({ autoIncrement: true }),
		accountId: integer("account_id").notNull(),
		atUtc: integer("at_utc").notNull(),
		userId: integer("user_id"),
		/** The user behind, when impersonating. */
		behindUserId: integer("behind_user_id"),
		verb: text().notNull(),
		subject: text().notNull(),
		detail: text(),
	},
	(t) => [index("audit_account").on(t.accountId, t.id)],
);

/** One-row facts of the installation (its id, its schema marks). No account column: they belong to nobody. */
export const settings = sqliteTable("settings", { key: text().primaryKey(), value: text().notNull() });

/** Start of the next free range of ids, by name: ids of one campaign's messages are contiguous. */
export const idRanges = sqliteTable("id_ranges", { name: text().primaryKey(), nextId: integer("next_id").notNull() });

export const providers = sqliteTable("providers", {
	id: integer().primaryKey({ autoIncrement: true }),
	accountId: integer("account_id").notNull(),
	name: text().notNull(),
	adapter: text().notNull(),
	channel: text({ enum: ["viber", "whatsapp", "sms"] }).notNull(),
	state: text({ enum: ["active", "draining", "disabled"] }).notNull(),
	/** The adapter's settings as JSON, sealed by app/lib/secrets (AES-256-GCM). */
	sealedSettings: text("sealed_settings").notNull(),
	/** Raised to make a new callback address; the token itself is derived from the installation's key and never stored. */
	callbackVersion: integer("callback_version").notNull().default(1),
	/** Recipients in one call, at most; never above the adapter's own limit. */
	bulkSize: integer("bulk_size").notNull(),
	/** Calls under way at once, all processes together. */
	connections: integer().notNull(),
	createdAtUtc: integer("created_at_utc").notNull(),
});

/** What must happen outside once the transaction that wrote it is durable; a relay turns each row into a job. */
export const outbox = sqliteTable("outbox", {
	id: integer().primaryKey({ autoIncrement: true }),
	accountId: integer("account_id").notNull(),
	task: text().notNull(),
	payload: text().notNull(),
	/** Unix ms; null: at once. */
	runAtUtc: integer("run_at_utc"),
	createdAtUtc: integer("created_at_utc").notNull(),
});
