CREATE TABLE `stop_watches` (
	`campaign_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`list_id` integer NOT NULL,
	`seen_id` integer NOT NULL,
	PRIMARY KEY(`campaign_id`, `list_id`)
);
--> statement-breakpoint
CREATE TABLE `stops` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`recipient` text NOT NULL,
	`channel` text DEFAULT '' NOT NULL,
	`sender` text DEFAULT '' NOT NULL,
	`cause` integer,
	`note` text DEFAULT '' NOT NULL,
	`campaign_id` integer,
	`message_id` integer,
	`user_id` integer,
	`created_at_utc` integer NOT NULL,
	`lifted_at_utc` integer,
	`lifted_by_user_id` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `stops_living` ON `stops` (`recipient`,`account_id`,`channel`,`sender`) WHERE lifted_at_utc IS NULL;--> statement-breakpoint
CREATE INDEX `stops_list` ON `stops` (`account_id`,`id`) WHERE lifted_at_utc IS NULL;--> statement-breakpoint
CREATE INDEX `stops_lifted` ON `stops` (`account_id`,`recipient`) WHERE lifted_at_utc IS NOT NULL;--> statement-breakpoint
CREATE TRIGGER `campaign_stop_watches` AFTER UPDATE OF `state` ON `campaigns` WHEN new.`state` IN ('done', 'cancelled', 'failed') BEGIN
	DELETE FROM `stop_watches` WHERE `campaign_id` = new.`id`;
END;
