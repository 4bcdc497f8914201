CREATE TABLE `accounts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`parent_id` integer,
	`kind` text NOT NULL,
	`path` text NOT NULL,
	`name` text NOT NULL,
	`locale` text DEFAULT 'en' NOT NULL,
	`time_zone` text DEFAULT 'UTC' NOT NULL,
	`country` text DEFAULT 'UA' NOT NULL,
	`state` text DEFAULT 'active' NOT NULL,
	`created_at_utc` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `accounts_parent` ON `accounts` (`parent_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_path` ON `accounts` (`path`);--> statement-breakpoint
CREATE TABLE `audit` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`at_utc` integer NOT NULL,
	`user_id` integer,
	`behind_user_id` integer,
	`verb` text NOT NULL,
	`subject` text NOT NULL,
	`detail` text
);
--> statement-breakpoint
CREATE INDEX `audit_account` ON `audit` (`account_id`,`id`);--> statement-breakpoint
CREATE TABLE `id_ranges` (
	`name` text PRIMARY KEY NOT NULL,
	`next_id` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`task` text NOT NULL,
	`payload` text NOT NULL,
	`run_at_utc` integer,
	`created_at_utc` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `providers` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`name` text NOT NULL,
	`adapter` text NOT NULL,
	`channel` text NOT NULL,
	`state` text NOT NULL,
	`sealed_settings` text NOT NULL,
	`callback_version` integer DEFAULT 1 NOT NULL,
	`bulk_size` integer NOT NULL,
	`connections` integer NOT NULL,
	`created_at_utc` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `senders` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`channel` text NOT NULL,
	`name` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `senders_name` ON `senders` (`account_id`,`channel`,`name`);--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sign_in_sessions` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`user_id` integer NOT NULL,
	`created_at_utc` integer NOT NULL,
	`expires_at_utc` integer NOT NULL,
	`address` text NOT NULL,
	`user_agent` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sign_in_sessions_user` ON `sign_in_sessions` (`user_id`);--> statement-breakpoint
CREATE INDEX `sign_in_sessions_expiry` ON `sign_in_sessions` (`expires_at_utc`);--> statement-breakpoint
CREATE TABLE `sign_in_tries` (
	`key` text PRIMARY KEY NOT NULL,
	`window_started_at_utc` integer NOT NULL,
	`tries` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `users` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`login` text NOT NULL,
	`password_hash` text NOT NULL,
	`role` text NOT NULL,
	`name` text NOT NULL,
	`locale` text,
	`created_at_utc` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_login` ON `users` (`login`);--> statement-breakpoint
CREATE INDEX `users_account` ON `users` (`account_id`);--> statement-breakpoint
CREATE TABLE `campaign_causes` (
	`campaign_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`cause` integer NOT NULL,
	`messages` integer NOT NULL,
	PRIMARY KEY(`campaign_id`, `cause`)
);
--> statement-breakpoint
CREATE TABLE `campaign_counters` (
	`campaign_id` integer PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`queued` integer DEFAULT 0 NOT NULL,
	`claimed` integer DEFAULT 0 NOT NULL,
	`handed_over` integer DEFAULT 0 NOT NULL,
	`unknown` integer DEFAULT 0 NOT NULL,
	`sent` integer DEFAULT 0 NOT NULL,
	`cancelled` integer DEFAULT 0 NOT NULL,
	`rejected` integer DEFAULT 0 NOT NULL,
	`failed` integer DEFAULT 0 NOT NULL,
	`expired` integer DEFAULT 0 NOT NULL,
	`delivered` integer DEFAULT 0 NOT NULL,
	`read` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `campaigns` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`user_id` integer NOT NULL,
	`name` text NOT NULL,
	`channel` text NOT NULL,
	`sender` text NOT NULL,
	`text` text NOT NULL,
	`collection_id` integer NOT NULL,
	`state` text NOT NULL,
	`paused_from` text,
	`cause` text,
	`start_at_utc` integer,
	`form_key` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`first_message_id` integer,
	`message_count` integer DEFAULT 0 NOT NULL,
	`created_at_utc` integer NOT NULL,
	`started_at_utc` integer,
	`finished_at_utc` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `campaigns_form_key` ON `campaigns` (`account_id`,`form_key`);--> statement-breakpoint
CREATE INDEX `campaigns_account` ON `campaigns` (`account_id`,`id`);--> statement-breakpoint
CREATE INDEX `campaigns_state` ON `campaigns` (`state`,`start_at_utc`);--> statement-breakpoint
CREATE INDEX `campaigns_first_message` ON `campaigns` (`first_message_id`);--> statement-breakpoint
CREATE TABLE `collections` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`country` text NOT NULL,
	`state` text NOT NULL,
	`failure` text,
	`upload_id` text,
	`size_bytes` integer DEFAULT 0 NOT NULL,
	`read_bytes` integer DEFAULT 0 NOT NULL,
	`read_lines` integer DEFAULT 0 NOT NULL,
	`valid_count` integer DEFAULT 0 NOT NULL,
	`duplicate_count` integer DEFAULT 0 NOT NULL,
	`bad_count` integer DEFAULT 0 NOT NULL,
	`created_at_utc` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `collections_account` ON `collections` (`account_id`,`id`);--> statement-breakpoint
CREATE TABLE `contact_rejects` (
	`collection_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`line` integer NOT NULL,
	`typed` text NOT NULL,
	`reason` text NOT NULL,
	PRIMARY KEY(`collection_id`, `line`)
);
--> statement-breakpoint
CREATE TABLE `contacts` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`collection_id` integer NOT NULL,
	`phone` text,
	`identity` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `contacts_phone` ON `contacts` (`collection_id`,`phone`);--> statement-breakpoint
CREATE TABLE `claims` (
	`batch_id` integer NOT NULL,
	`first_message_id` integer NOT NULL,
	`message_count` integer NOT NULL,
	`campaign_id` integer NOT NULL,
	`provider_id` integer NOT NULL,
	`owner` text,
	`claimed_at_utc` integer NOT NULL,
	`ask_at_utc` integer,
	`asked` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`batch_id`, `first_message_id`)
);
--> statement-breakpoint
CREATE INDEX `claims_campaign` ON `claims` (`campaign_id`);--> statement-breakpoint
CREATE TABLE `message_states` (
	`id` integer PRIMARY KEY NOT NULL,
	`state` integer NOT NULL,
	`attempt` integer NOT NULL,
	`provider_id` integer,
	`cause` integer,
	`handed_at` integer,
	`sent_at` integer,
	`delivered_at` integer,
	`read_at` integer
);
--> statement-breakpoint
CREATE TABLE `messages` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`contact_id` integer NOT NULL,
	`recipient` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_recipient` ON `messages` (`campaign_id`,`recipient`);