CREATE TABLE `count_differences` (
	`recount_id` integer NOT NULL,
	`campaign_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`figure` text NOT NULL,
	`kept` integer NOT NULL,
	`counted` integer NOT NULL,
	PRIMARY KEY(`recount_id`, `campaign_id`, `figure`)
);
--> statement-breakpoint
CREATE TABLE `receipt_waits` (
	`campaign_id` integer PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`due_at_utc` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `receipt_waits_due` ON `receipt_waits` (`due_at_utc`);--> statement-breakpoint
CREATE TABLE `recounts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`started_at_utc` integer NOT NULL,
	`finished_at_utc` integer,
	`last_campaign_id` integer DEFAULT 0 NOT NULL,
	`campaigns` integer DEFAULT 0 NOT NULL,
	`messages` integer DEFAULT 0 NOT NULL,
	`differences` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
INSERT INTO `receipt_waits` (`campaign_id`, `account_id`, `due_at_utc`) SELECT c.`id`, c.`account_id`, coalesce(c.`started_at_utc`, c.`created_at_utc`) + 93600000 FROM `campaigns` c JOIN `campaign_counters` n ON n.`campaign_id` = c.`id` WHERE c.`state` IN ('sending', 'paused') OR n.`queued` + n.`claimed` + n.`handed_over` + n.`unknown` + n.`sent` > 0 AND c.`state` IN ('done', 'cancelled');
