CREATE TABLE `ledger_proofs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`started_at_utc` integer NOT NULL,
	`finished_at_utc` integer NOT NULL,
	`transfers` integer NOT NULL,
	`books` integer NOT NULL,
	`differences` integer NOT NULL,
	`found` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `ledger_books_credit` ON `ledger_books` (`account_id`) WHERE credit_micros > 0;--> statement-breakpoint
CREATE INDEX `price_classes_held` ON `price_classes` (`campaign_id`) WHERE held > 0;