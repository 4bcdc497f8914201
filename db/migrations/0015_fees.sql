CREATE TABLE `fee_months` (
	`fee_id` integer NOT NULL,
	`month` text NOT NULL,
	`account_id` integer NOT NULL,
	`transfer_id` integer NOT NULL,
	`amount_micros` integer NOT NULL,
	PRIMARY KEY(`fee_id`, `month`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `fee_months_transfer` ON `fee_months` (`transfer_id`);--> statement-breakpoint
CREATE TABLE `fees` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`seller_account_id` integer NOT NULL,
	`channel` text NOT NULL,
	`sender` text NOT NULL,
	`amount_micros` integer NOT NULL,
	`from_month` text NOT NULL,
	`last_month` text,
	`next_month` text NOT NULL,
	`time_zone` text NOT NULL,
	`try_at_utc` integer,
	`unpaid_since_utc` integer,
	`note` text NOT NULL,
	`form_key` text NOT NULL,
	`user_id` integer NOT NULL,
	`created_at_utc` integer NOT NULL,
	CONSTRAINT "fees_amount" CHECK(amount_micros > 0)
);
--> statement-breakpoint
CREATE INDEX `fees_account` ON `fees` (`account_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `fees_form` ON `fees` (`account_id`,`form_key`);--> statement-breakpoint
CREATE INDEX `fees_due` ON `fees` (`try_at_utc`) WHERE try_at_utc IS NOT NULL;