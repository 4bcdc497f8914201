import { sql } from "drizzle-orm";
import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** A node of the reseller tree. `path` is "/1/5/9/": the ids from the root down to the row itself, so that a scope is one prefix range. */
export const accounts = sqliteTable(
	"accounts",
	{
		id: integer().primaryKey({ autoIncrement: true }),
		parentId: integer("parent_id"),
		kind: text({ enum: ["admin", "dealer", "client"] }).notNull(),
		path: text().notNull(),
		name: text().notNull(),
		/** The name in NFKC lower case (sort-key.ts): what lists are sorted by. SQLite's own folding knows ASCII only. */
		nameKey: text("name_key").notNull().default(""),
		/** Of the first owner; logins never change. */
		ownerLogin: text("owner_login").notNull().default(""),
		city: text().notNull().default(""),
		cityKey: text("city_key").notNull().default(""),
		/** What those above write down about the account; never shown to itself. */
		note: text().notNull().default(""),
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
		/** A block ends by itself at this moment; null: when somebody ends it. */
		blockedUntilUtc: integer("blocked_until_utc"),
		/** Shown to the blocked at sign-in. */
		blockReason: text("block_reason"),
		/** For whom it was blocked: only who stands there or above lifts or changes the block. Null: anybody above may. */
		blockedByAccountId: integer("blocked_by_account_id"),
		/** When the block began, or the last one did. */
		blockedAtUtc: integer("blocked_at_utc"),
		/** When the last block ended: what was to begin meanwhile does not begin by itself any more. Null: blocked now, or never was. */
		unblockedAtUtc: integer("unblocked_at_utc"),
		/** Rights (access/rights.ts) that the account was left with, as a JSON list; null: all that the account above has. */
		grants: text(),
		/** Nobody of the account and its branch works without a second factor. */
		demandsSecondFactor: integer("demands_second_factor", { mode: "boolean" }).notNull().default(false),
		/** For whom it is demanded: only who stands there or above lifts the demand. Null: nobody demands it here. */
		secondFactorDemandedBy: integer("second_factor_demanded_by"),
		/** Accounts of the branch, this one and closed ones included. */
		branchSize: integer("branch_size").notNull().default(1),
		/** Raised by each change, so that of two who edit at once the second is told. */
		version: integer().notNull().default(1),
		/** When its own people last did or looked at anything, to a quarter of an hour. */
		lastActiveAtUtc: integer("last_active_at_utc"),
		createdAtUtc: integer("created_at_utc").notNull(),
		closedAtUtc: integer("closed_at_utc"),
		/** When the last of a closed account's people, lists and drafts was gone. */
		wipedAtUtc: integer("wiped_at_utc"),
	},
	(t) => [
		index("accounts_parent").on(t.parentId, t.id),
		uniqueIndex("accounts_path").on(t.path),
		index("accounts_name").on(t.nameKey, t.id),
		index("accounts_login").on(t.ownerLogin, t.id),
		index("accounts_city").on(t.cityKey, t.id),
		index("accounts_last_active").on(t.lastActiveAtUtc, t.id),
		index("accounts_dealers").on(t.id).where(sql`kind = 'dealer'`),
		index("accounts_not_active").on(t.state, t.id).where(sql`state <> 'active'`),
		index("accounts_block_end").on(t.blockedUntilUtc).where(sql`blocked_until_utc IS NOT NULL`),
		index("accounts_to_wipe").on(t.closedAtUtc).where(sql`closed_at_utc IS NOT NULL AND wiped_at_utc IS NULL`),
		index("accounts_open_below").on(t.parentId).where(sql`state <> 'closed'`),
	],
);

/** Whom to call or write to at an account. */
export const accountContacts = sqliteTable(
	"account_contacts",
	{
		id: integer().primaryKey({ autoIncrement: true }),
		accountId: integer("account_id").notNull(),
		position: integer().notNull(),
		name: text().notNull().default(""),
		phone: text().notNull().default(""),
		email: text().notNull().default(""),
	},
	(t) => [index("account_contacts_account").on(t.accountId, t.position)],
);

/** Under whom an account stood, and when: what keeps its history readable to a dealer that it has left. */
export const accountStays = sqliteTable(
	"account_stays",
	{
		id: integer().primaryKey({ autoIncrement: true }),
		/** The account directly above during the stay: whose list of accounts that left this is. */
		accountId: integer("account_id").notNull(),
		/** The account that moved away with its branch. */
		movedAccountId: integer("moved_account_id").notNull(),
		/** Of the moved account, during the stay. */
		path: text().notNull(),
		fromUtc: integer("from_utc").notNull(),
		untilUtc: integer("until_utc").notNull(),
	},
	(t) => [
		index("account_stays_account").on(t.accountId, t.id),
		index("account_stays_moved").on(t.movedAccountId, t.id),
	],
);

export const users = sqliteTable(
	"users",
	{
		id: integer().primaryKey({ autoIncrement: true }),
		accountId: integer("account_id").notNull(),
		/** Lower case, NFKC; never changes. */
		login: text().notNull(),
		/** The login with look-alike letters made one (lib/login-skeleton.ts): no two people's logins look the same. */
		loginSkeleton: text("login_skeleton").notNull().default(""),
		/** argon2id in PHC string form. */
		passwordHash: text("password_hash").notNull(),
		role: text({ enum: ["owner", "employee"] }).notNull(),
		/** Of an employee: what it may do. */
		roleId: integer("role_id"),
		/** An employee who has left signs in no more; the row stays for the audit. */
		state: text({ enum: ["active", "blocked"] })
			.notNull()
			.default("active"),
		name: text().notNull(),
		email: text().notNull().default(""),
		phone: text().notNull().default(""),
		locale: text({ enum: ["en", "ru", "hi", "ar"] }),
		/** IANA name; null: the account's. */
		timeZone: text("time_zone"),
		/** Key of `avatars`. */
		avatarKey: text("avatar_key"),
		/** Kinds of notices that the person does not want, as a JSON list. */
		mutedNotices: text("muted_notices").notNull().default("[]"),
		unseenNotices: integer("unseen_notices").notNull().default(0),
		/** Secret of the one-time codes, sealed by app/lib/secrets for "totp:<user id>"; null: no second factor. */
		sealedTotp: text("sealed_totp"),
		/** The time step of the last code that was taken: a code serves once. */
		totpStep: integer("totp_step"),
		version: integer().notNull().default(1),
		createdAtUtc: integer("created_at_utc").notNull(),
	},
	(t) => [
		uniqueIndex("users_login").on(t.login),
		uniqueIndex("users_login_skeleton").on(t.loginSkeleton),
		index("users_account").on(t.accountId, t.id),
		index("users_role").on(t.roleId),
	],
);

/** A named set of rights of an account's employees. */
export const roles = sqliteTable(
	"roles",
	{
		id: integer().primaryKey({ autoIncrement: true }),
		accountId: integer("account_id").notNull(),
		name: text().notNull(),
		/** JSON list of rights (access/rights.ts). */
		rights: text().notNull(),
		/** JSON list of accounts: only these and their branches; null: the whole scope. */
		onlyAccountIds: text("only_account_ids"),
		version: integer().notNull().default(1),
		createdAtUtc: integer("created_at_utc").notNull(),
	},
	(t) => [uniqueIndex("roles_name").on(t.accountId, t.name)],
);

/** Codes for whoever has lost the second factor: each serves once, and only its hash is kept. */
export const recoveryCodes = sqliteTable(
	"recovery_codes",
	{
		id: integer().primaryKey({ autoIncrement: true }),
		accountId: integer("account_id").notNull(),
		userId: integer("user_id").notNull(),
		codeHash: text("code_hash").notNull(),
		usedAtUtc: integer("used_at_utc"),
	},
	(t) => [uniqueIndex("recovery_codes_user").on(t.userId, t.codeHash)],
);

/** People's pictures, made small and square; by the hash of the bytes. */
export const avatars = sqliteTable(
	"avatars",
	{
		key: text().notNull(),
		accountId: integer("account_id").notNull(),
		userId: integer("user_id").notNull(),
		type: text().notNull(),
		bytes: blob({ mode: "buffer" }).notNull(),
	},
	(t) => [primaryKey({ columns: [t.userId, t.key] })],
);

/** What a person should know of: shown in the cabinet until seen. */
export const notices = sqliteTable(
	"notices",
	{
		id: integer().primaryKey({ autoIncrement: true }),
		accountId: integer("account_id").notNull(),
		userId: integer("user_id").notNull(),
		kind: text().notNull(),
		/** JSON of what the words need. */
		detail: text().notNull(),
		atUtc: integer("at_utc").notNull(),
		seenAtUtc: integer("seen_at_utc"),
	},
	(t) => [index("notices_user").on(t.userId, t.id)],
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
		/** To a quarter of an hour. */
		seenAtUtc: integer("seen_at_utc").notNull().default(0),
		/** The password was right and the second factor is awaited: opens no page yet. */
		isPending: integer("is_pending", { mode: "boolean" }).notNull().default(false),
		/** The cabinet that the person is inside now, by impersonation. */
		impersonationId: integer("impersonation_id"),
		address: text().notNull(),
		userAgent: text("user_agent").notNull(),
	},
	(t) => [index("sign_in_sessions_user").on(t.userId), index("sign_in_sessions_expiry").on(t.expiresAtUtc)],
);

/** Somebody of an account above inside an account's cabinet, without its password. */
export const impersonations = sqliteTable(
	"impersonations",
	{
		id: integer().primaryKey({ autoIncrement: true }),
		/** The account that was entered. */
		accountId: integer("account_id").notNull(),
		/** The owner as whom it is acted. */
		userId: integer("user_id").notNull(),
		/** The person at the keyboard. */
		behindUserId: integer("behind_user_id").notNull(),
		behindAccountId: integer("behind_account_id").notNull(),
		/** The cabinet that this one was entered from, when that had been entered too. */
		outerId: integer("outer_id"),
		reason: text().notNull(),
		isReadOnly: integer("is_read_only", { mode: "boolean" }).notNull(),
		startedAtUtc: integer("started_at_utc").notNull(),
		/** 60 minutes later at most, and never after the outer one's. */
		endsAtUtc: integer("ends_at_utc").notNull(),
		endedAtUtc: integer("ended_at_utc"),
	},
	(t) => [index("impersonations_account").on(t.accountId, t.id)],
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

/** In whose scope each entry of the audit happened, the account itself included: moving an account away takes nobody's history. */
export const auditScopes = sqliteTable(
	"audit_scopes",
	{ accountId: integer("account_id").notNull(), auditId: integer("audit_id").notNull() },
	(t) => [primaryKey({ columns: [t.accountId, t.auditId] })],
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
	/** Messages a second, all processes together; null: as many as go. */
	perSecond: integer("per_second"),
	/** The same for each sender name. */
	perSenderPerSecond: integer("per_sender_per_second"),
	/** Messages in a day of UTC. */
	perDay: integer("per_day"),
	/** The admin's people are told above this share of failures among the outcomes; null: never. */
	alarmErrorPercent: integer("alarm_error_percent").default(20),
	/** … when messages went out and no receipt has come for so long; null: never. */
	alarmSilenceMinutes: integer("alarm_silence_minutes").default(60),
	/** … when the provider's own balance, in its currency, is below; null: never. */
	alarmBalanceMicros: integer("alarm_balance_micros"),
	/** Raised by each change of costs, limits and alarms, so that of two who edit at once the second is told. */
	version: integer().notNull().default(1),
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
