CREATE TABLE `fallback_looks` (
	`campaign_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`first_message_id` integer NOT NULL,
	`look_at` integer NOT NULL,
	PRIMARY KEY(`campaign_id`, `first_message_id`)
);
--> statement-breakpoint
CREATE INDEX `fallback_looks_due` ON `fallback_looks` (`campaign_id`,`look_at`);--> statement-breakpoint
CREATE TABLE `fallbacks` (
	`campaign_id` integer PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`second_id` integer NOT NULL,
	`after_seconds` integer,
	`reasons` text NOT NULL,
	`is_drained` integer DEFAULT false NOT NULL,
	`late` integer DEFAULT 0 NOT NULL,
	`both` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE `campaigns` ADD `fallback_of` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `campaigns_fallback_of` ON `campaigns` (`fallback_of`);--> statement-breakpoint
ALTER TABLE `message_states` ADD `fallback_id` integer;--> statement-breakpoint
ALTER TABLE `messages` ADD `first_leg_id` integer;--> statement-breakpoint
CREATE TRIGGER `campaign_legs` AFTER UPDATE OF `state` ON `campaigns` WHEN new.`fallback_of` IS NULL AND new.`state` <> old.`state` BEGIN
	UPDATE `campaigns` SET `state` = new.`state`, `paused_from` = new.`paused_from`, `cause` = new.`cause`, `finished_at_utc` = new.`finished_at_utc`, `version` = `version` + 1 WHERE `fallback_of` = new.`id`;
	DELETE FROM `fallback_looks` WHERE `campaign_id` = new.`id` AND new.`state` IN ('done', 'cancelled', 'failed');
END;
