import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/**
 * Which providers serve a channel, for whom. Of several that match, the one of the deepest account serves; among those the one
 * that names the country, then the one that names the kind. Each change of a table here or of `providers` gives the setting
 * `routing_version` a value that it never had (triggers of 0007): whoever keeps what was read keeps it by that.
 */
export const routes = sqliteTable(
	"routes",
	{
		id: integer().primaryKey({ autoIncrement: true }),
		/** Whose route it is: the installation's owner, as with `providers`. */
		accountId: integer("account_id").notNull(),
		channel: text({ enum: ["viber", "whatsapp", "sms"] }).notNull(),
		/** The account whose branch it serves; the root: everybody. */
		branchAccountId: integer("branch_account_id").notNull(),
		/** ISO 3166 code; "": any. */
		country: text().notNull().default(""),
		/** ContentKind of app/channels/channel.ts; "": any. */
		kind: text().notNull().default(""),
		/** Raised by each change, so that of two who edit at once the second is told. */
		version: integer().notNull().default(1),
		createdAtUtc: integer("created_at_utc").notNull(),
	},
	(t) => [
		uniqueIndex("routes_for").on(t.branchAccountId, t.channel, t.country, t.kind),
		index("routes_account").on(t.accountId, t.id),
	],
);

/** The providers of a route: those of tier 1 share the traffic by their weights; the next tier serves while no one of it can. */
export const routeSteps = sqliteTable(
	"route_steps",
	{
		accountId: integer("account_id").notNull(),
		routeId: integer("route_id").notNull(),
		providerId: integer("provider_id").notNull(),
		/** From 1; the smaller goes first. */
		tier: integer().notNull(),
		/** Share within the tier, against the sum of the tier's weights; from 1. */
		weight: integer().notNull(),
	},
	(t) => [primaryKey({ columns: [t.routeId, t.providerId] }), index("route_steps_provider").on(t.providerId)],
);

/** What a provider takes for one message, in micro-units of the installation's currency; the most specific line counts. */
export const providerCosts = sqliteTable(
	"provider_costs",
	{
		id: integer().primaryKey({ autoIncrement: true }),
		accountId: integer("account_id").notNull(),
		providerId: integer("provider_id").notNull(),
		/** ISO 3166 code; "": any. */
		country: text().notNull().default(""),
		/** ContentKind; "": any. */
		kind: text().notNull().default(""),
		costMicros: integer("cost_micros").notNull(),
	},
	(t) => [uniqueIndex("provider_costs_for").on(t.providerId, t.country, t.kind)],
);

/** What is or was wrong with a provider; open while it lasts, one of each kind. */
export const providerAlarms = sqliteTable(
	"provider_alarms",
	{
		id: integer().primaryKey({ autoIncrement: true }),
		accountId: integer("account_id").notNull(),
		providerId: integer("provider_id").notNull(),
		kind: text({ enum: ["errors", "silence", "balance", "breaker"] }).notNull(),
		/** What was measured when it began: a percentage, minutes, an amount. */
		measured: text().notNull(),
		raisedAtUtc: integer("raised_at_utc").notNull(),
		endedAtUtc: integer("ended_at_utc"),
	},
	(t) => [
		uniqueIndex("provider_alarms_open").on(t.providerId, t.kind).where(sql`ended_at_utc IS NULL`),
		index("provider_alarms_provider").on(t.providerId, t.id),
	],
);
