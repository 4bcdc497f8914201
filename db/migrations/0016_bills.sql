CREATE TABLE `bill_details` (
	`account_id` integer PRIMARY KEY NOT NULL,
	`legal_name` text NOT NULL,
	`address` text NOT NULL,
	`tax_id` text NOT NULL,
	`payment` text NOT NULL,
	`tax_rate` integer NOT NULL,
	`note` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `bill_lines` (
	`bill_id` integer NOT NULL,
	`line` integer NOT NULL,
	`account_id` integer NOT NULL,
	`channel` text NOT NULL,
	`country` text NOT NULL,
	`kind` text NOT NULL,
	`quantity` integer NOT NULL,
	`amount_micros` integer NOT NULL,
	PRIMARY KEY(`bill_id`, `line`)
);
--> statement-breakpoint
CREATE TABLE `bills` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`number` integer NOT NULL,
	`buyer_account_id` integer NOT NULL,
	`from_day` integer NOT NULL,
	`to_day` integer NOT NULL,
	`issued_at_utc` integer NOT NULL,
	`user_id` integer NOT NULL,
	`behind_user_id` integer,
	`seller` text NOT NULL,
	`buyer` text NOT NULL,
	`currency` text NOT NULL,
	`sum_micros` integer NOT NULL,
	`total_micros` integer NOT NULL,
	`tax_micros` integer NOT NULL,
	`balance` text,
	`cancels_id` integer,
	CONSTRAINT "bills_period" CHECK(from_day <= to_day)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `bills_number` ON `bills` (`account_id`,`number`);--> statement-breakpoint
CREATE INDEX `bills_seller` ON `bills` (`account_id`,`id`);--> statement-breakpoint
CREATE INDEX `bills_buyer` ON `bills` (`buyer_account_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `bills_cancels` ON `bills` (`cancels_id`) WHERE cancels_id IS NOT NULL;--> statement-breakpoint
CREATE TRIGGER `bills_never_change` BEFORE UPDATE ON `bills` BEGIN
	SELECT RAISE(ABORT, 'a bill never changes');
END;--> statement-breakpoint
CREATE TRIGGER `bills_never_go` BEFORE DELETE ON `bills` BEGIN
	SELECT RAISE(ABORT, 'a bill never goes');
END;--> statement-breakpoint
CREATE TRIGGER `bill_lines_never_change` BEFORE UPDATE ON `bill_lines` BEGIN
	SELECT RAISE(ABORT, 'a line of a bill never changes');
END;--> statement-breakpoint
CREATE TRIGGER `bill_lines_never_go` BEFORE DELETE ON `bill_lines` BEGIN
	SELECT RAISE(ABORT, 'a line of a bill never goes');
END;
