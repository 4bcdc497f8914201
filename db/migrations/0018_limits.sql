CREATE TABLE `account_days` (
	`account_id` integer NOT NULL,
	`day` text NOT NULL,
	`spent_micros` integer DEFAULT 0 NOT NULL,
	`messages` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`account_id`, `day`)
);
--> statement-breakpoint
CREATE TABLE `account_limits` (
	`account_id` integer PRIMARY KEY NOT NULL,
	`cap_micros` integer,
	`own_cap_micros` integer,
	`is_brake_off` integer DEFAULT false NOT NULL,
	`brake_factor` integer,
	`brake_floor` integer,
	`brake_first_days` integer,
	`version` integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `limit_waits` (
	`campaign_id` integer PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`people` integer NOT NULL,
	`day_messages` integer NOT NULL,
	`allowed` integer NOT NULL,
	`at_utc` integer NOT NULL,
	`decision` text
);
--> statement-breakpoint
CREATE INDEX `limit_waits_open` ON `limit_waits` (`campaign_id`) WHERE decision IS NULL;--> statement-breakpoint
ALTER TABLE `ledger_books` ADD `low_micros` integer;--> statement-breakpoint
ALTER TABLE `ledger_books` ADD `is_low` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `ledger_books_fallen` ON `ledger_books` (`account_id`) WHERE is_low = 0 AND low_micros > balance_micros + credit_micros;--> statement-breakpoint
CREATE INDEX `ledger_books_risen` ON `ledger_books` (`account_id`) WHERE is_low = 1 AND low_micros <= balance_micros + credit_micros;--> statement-breakpoint
-- What is usual for accounts that have been sending: by UTC's days, near enough for a factor of ten.
INSERT INTO `account_days` (`account_id`, `day`, `messages`)
SELECT `account_id`, strftime('%Y-%m-%d', `started_at_utc` / 1000, 'unixepoch') AS `day`, sum(`message_count`) FROM `campaigns`
 WHERE `started_at_utc` > (unixepoch() - 2678400) * 1000 AND `fallback_of` IS NULL AND `message_count` > 0 GROUP BY 1, 2;
