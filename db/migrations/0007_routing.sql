CREATE TABLE `provider_alarms` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`provider_id` integer NOT NULL,
	`kind` text NOT NULL,
	`measured` text NOT NULL,
	`raised_at_utc` integer NOT NULL,
	`ended_at_utc` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `provider_alarms_open` ON `provider_alarms` (`provider_id`,`kind`) WHERE ended_at_utc IS NULL;--> statement-breakpoint
CREATE INDEX `provider_alarms_provider` ON `provider_alarms` (`provider_id`,`id`);--> statement-breakpoint
CREATE TABLE `provider_costs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`provider_id` integer NOT NULL,
	`country` text DEFAULT '' NOT NULL,
	`kind` text DEFAULT '' NOT NULL,
	`cost_micros` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `provider_costs_for` ON `provider_costs` (`provider_id`,`country`,`kind`);--> statement-breakpoint
CREATE TABLE `route_steps` (
	`account_id` integer NOT NULL,
	`route_id` integer NOT NULL,
	`provider_id` integer NOT NULL,
	`tier` integer NOT NULL,
	`weight` integer NOT NULL,
	PRIMARY KEY(`route_id`, `provider_id`)
);
--> statement-breakpoint
CREATE INDEX `route_steps_provider` ON `route_steps` (`provider_id`);--> statement-breakpoint
CREATE TABLE `routes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`channel` text NOT NULL,
	`branch_account_id` integer NOT NULL,
	`country` text DEFAULT '' NOT NULL,
	`kind` text DEFAULT '' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at_utc` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `routes_for` ON `routes` (`branch_account_id`,`channel`,`country`,`kind`);--> statement-breakpoint
CREATE INDEX `routes_account` ON `routes` (`account_id`,`id`);--> statement-breakpoint
ALTER TABLE `providers` ADD `per_second` integer;--> statement-breakpoint
ALTER TABLE `providers` ADD `per_sender_per_second` integer;--> statement-breakpoint
ALTER TABLE `providers` ADD `per_day` integer;--> statement-breakpoint
ALTER TABLE `providers` ADD `alarm_error_percent` integer DEFAULT 20;--> statement-breakpoint
ALTER TABLE `providers` ADD `alarm_silence_minutes` integer DEFAULT 60;--> statement-breakpoint
ALTER TABLE `providers` ADD `alarm_balance_micros` integer;--> statement-breakpoint
ALTER TABLE `providers` ADD `version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
INSERT INTO `settings` (`key`, `value`) VALUES ('routing_version', lower(hex(randomblob(8))));--> statement-breakpoint
CREATE TRIGGER `routes_version_insert` AFTER INSERT ON `routes` BEGIN
	UPDATE `settings` SET `value` = lower(hex(randomblob(8))) WHERE `key` = 'routing_version';
END;--> statement-breakpoint
CREATE TRIGGER `routes_version_update` AFTER UPDATE ON `routes` BEGIN
	UPDATE `settings` SET `value` = lower(hex(randomblob(8))) WHERE `key` = 'routing_version';
END;--> statement-breakpoint
CREATE TRIGGER `routes_version_delete` AFTER DELETE ON `routes` BEGIN
	UPDATE `settings` SET `value` = lower(hex(randomblob(8))) WHERE `key` = 'routing_version';
END;--> statement-breakpoint
CREATE TRIGGER `route_steps_version_insert` AFTER INSERT ON `route_steps` BEGIN
	UPDATE `settings` SET `value` = lower(hex(randomblob(8))) WHERE `key` = 'routing_version';
END;--> statement-breakpoint
CREATE TRIGGER `route_steps_version_update` AFTER UPDATE ON `route_steps` BEGIN
	UPDATE `settings` SET `value` = lower(hex(randomblob(8))) WHERE `key` = 'routing_version';
END;--> statement-breakpoint
CREATE TRIGGER `route_steps_version_delete` AFTER DELETE ON `route_steps` BEGIN
	UPDATE `settings` SET `value` = lower(hex(randomblob(8))) WHERE `key` = 'routing_version';
END;--> statement-breakpoint
CREATE TRIGGER `provider_costs_version_insert` AFTER INSERT ON `provider_costs` BEGIN
	UPDATE `settings` SET `value` = lower(hex(randomblob(8))) WHERE `key` = 'routing_version';
END;--> statement-breakpoint
CREATE TRIGGER `provider_costs_version_update` AFTER UPDATE ON `provider_costs` BEGIN
	UPDATE `settings` SET `value` = lower(hex(randomblob(8))) WHERE `key` = 'routing_version';
END;--> statement-breakpoint
CREATE TRIGGER `provider_costs_version_delete` AFTER DELETE ON `provider_costs` BEGIN
	UPDATE `settings` SET `value` = lower(hex(randomblob(8))) WHERE `key` = 'routing_version';
END;--> statement-breakpoint
CREATE TRIGGER `providers_version_insert` AFTER INSERT ON `providers` BEGIN
	UPDATE `settings` SET `value` = lower(hex(randomblob(8))) WHERE `key` = 'routing_version';
END;--> statement-breakpoint
CREATE TRIGGER `providers_version_update` AFTER UPDATE ON `providers` BEGIN
	UPDATE `settings` SET `value` = lower(hex(randomblob(8))) WHERE `key` = 'routing_version';
END;--> statement-breakpoint
CREATE TRIGGER `providers_version_delete` AFTER DELETE ON `providers` BEGIN
	UPDATE `settings` SET `value` = lower(hex(randomblob(8))) WHERE `key` = 'routing_version';
END;