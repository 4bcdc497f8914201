CREATE TABLE `account_contacts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`position` integer NOT NULL,
	`name` text DEFAULT '' NOT NULL,
	`phone` text DEFAULT '' NOT NULL,
	`email` text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE INDEX `account_contacts_account` ON `account_contacts` (`account_id`,`position`);--> statement-breakpoint
CREATE TABLE `account_stays` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`moved_account_id` integer NOT NULL,
	`path` text NOT NULL,
	`from_utc` integer NOT NULL,
	`until_utc` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `account_stays_account` ON `account_stays` (`account_id`,`id`);--> statement-breakpoint
CREATE INDEX `account_stays_moved` ON `account_stays` (`moved_account_id`,`id`);--> statement-breakpoint
CREATE TABLE `audit_scopes` (
	`account_id` integer NOT NULL,
	`audit_id` integer NOT NULL,
	PRIMARY KEY(`account_id`, `audit_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `avatars` (
	`key` text NOT NULL,
	`account_id` integer NOT NULL,
	`user_id` integer NOT NULL,
	`type` text NOT NULL,
	`bytes` blob NOT NULL,
	PRIMARY KEY(`user_id`, `key`)
);
--> statement-breakpoint
CREATE TABLE `impersonations` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`user_id` integer NOT NULL,
	`behind_user_id` integer NOT NULL,
	`behind_account_id` integer NOT NULL,
	`outer_id` integer,
	`reason` text NOT NULL,
	`is_read_only` integer NOT NULL,
	`started_at_utc` integer NOT NULL,
	`ends_at_utc` integer NOT NULL,
	`ended_at_utc` integer
);
--> statement-breakpoint
CREATE INDEX `impersonations_account` ON `impersonations` (`account_id`,`id`);--> statement-breakpoint
CREATE TABLE `notices` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`user_id` integer NOT NULL,
	`kind` text NOT NULL,
	`detail` text NOT NULL,
	`at_utc` integer NOT NULL,
	`seen_at_utc` integer
);
--> statement-breakpoint
CREATE INDEX `notices_user` ON `notices` (`user_id`,`id`);--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`user_id` integer NOT NULL,
	`code_hash` text NOT NULL,
	`used_at_utc` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `recovery_codes_user` ON `recovery_codes` (`user_id`,`code_hash`);--> statement-breakpoint
CREATE TABLE `roles` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`name` text NOT NULL,
	`rights` text NOT NULL,
	`only_account_ids` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at_utc` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `roles_name` ON `roles` (`account_id`,`name`);--> statement-breakpoint
DROP INDEX `accounts_parent`;--> statement-breakpoint
ALTER TABLE `accounts` ADD `name_key` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `owner_login` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `city` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `city_key` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `note` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `blocked_until_utc` integer;--> statement-breakpoint
ALTER TABLE `accounts` ADD `block_reason` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `grants` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `demands_second_factor` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `branch_size` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `last_active_at_utc` integer;--> statement-breakpoint
ALTER TABLE `accounts` ADD `closed_at_utc` integer;--> statement-breakpoint
CREATE INDEX `accounts_name` ON `accounts` (`name_key`,`id`);--> statement-breakpoint
CREATE INDEX `accounts_login` ON `accounts` (`owner_login`,`id`);--> statement-breakpoint
CREATE INDEX `accounts_city` ON `accounts` (`city_key`,`id`);--> statement-breakpoint
CREATE INDEX `accounts_last_active` ON `accounts` (`last_active_at_utc`,`id`);--> statement-breakpoint
CREATE INDEX `accounts_dealers` ON `accounts` (`id`) WHERE kind = 'dealer';--> statement-breakpoint
CREATE INDEX `accounts_not_active` ON `accounts` (`state`,`id`) WHERE state <> 'active';--> statement-breakpoint
CREATE INDEX `accounts_parent` ON `accounts` (`parent_id`,`id`);--> statement-breakpoint
DROP INDEX `users_account`;--> statement-breakpoint
ALTER TABLE `users` ADD `login_skeleton` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `role_id` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `state` text DEFAULT 'active' NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `email` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `phone` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `time_zone` text;--> statement-breakpoint
ALTER TABLE `users` ADD `avatar_key` text;--> statement-breakpoint
ALTER TABLE `users` ADD `muted_notices` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `unseen_notices` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `sealed_totp` text;--> statement-breakpoint
ALTER TABLE `users` ADD `totp_step` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
-- What db/migrate.ts replaces by the real skeleton.
UPDATE `users` SET `login_skeleton` = '?' || `id`;--> statement-breakpoint
CREATE UNIQUE INDEX `users_login_skeleton` ON `users` (`login_skeleton`);--> statement-breakpoint
CREATE INDEX `users_role` ON `users` (`role_id`);--> statement-breakpoint
CREATE INDEX `users_account` ON `users` (`account_id`,`id`);--> statement-breakpoint
ALTER TABLE `sign_in_sessions` ADD `seen_at_utc` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `sign_in_sessions` ADD `is_pending` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `sign_in_sessions` ADD `impersonation_id` integer;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `branch_path` text;--> statement-breakpoint
CREATE INDEX `campaigns_branch` ON `campaigns` (`branch_path`,`id`);--> statement-breakpoint
UPDATE `campaigns` SET `branch_path` = (SELECT `path` FROM `accounts` WHERE `accounts`.`id` = `campaigns`.`account_id`) WHERE `state` <> 'draft';--> statement-breakpoint
UPDATE `accounts` SET
	`name_key` = lower(`name`),
	`owner_login` = coalesce((SELECT `login` FROM `users` WHERE `users`.`account_id` = `accounts`.`id` AND `role` = 'owner' ORDER BY `users`.`id` LIMIT 1), ''),
	`branch_size` = (SELECT count(*) FROM `accounts` AS `below` WHERE `below`.`path` >= `accounts`.`path` AND `below`.`path` < substr(`accounts`.`path`, 1, length(`accounts`.`path`) - 1) || '0');--> statement-breakpoint
INSERT INTO `audit_scopes` SELECT `above`.`id`, `audit`.`id` FROM `audit` JOIN `accounts` ON `accounts`.`id` = `audit`.`account_id` JOIN `accounts` AS `above` ON substr(`accounts`.`path`, 1, length(`above`.`path`)) = `above`.`path`;--> statement-breakpoint
CREATE VIRTUAL TABLE `account_search` USING fts5(`words`, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3 4');--> statement-breakpoint
INSERT INTO `account_search` (rowid, `words`) SELECT `id`, `name` || ' ' || `city` || ' ' || `owner_login` FROM `accounts`;--> statement-breakpoint
CREATE TRIGGER `account_search_insert` AFTER INSERT ON `accounts` BEGIN
	INSERT INTO `account_search` (rowid, `words`) VALUES (new.`id`, new.`name` || ' ' || new.`city` || ' ' || new.`owner_login`);
END;--> statement-breakpoint
CREATE TRIGGER `account_search_update` AFTER UPDATE OF `name`, `city`, `owner_login` ON `accounts` BEGIN
	INSERT OR REPLACE INTO `account_search` (rowid, `words`) VALUES (new.`id`, new.`name` || ' ' || new.`city` || ' ' || new.`owner_login`);
END;
