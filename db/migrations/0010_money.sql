CREATE TABLE `collection_countries` (
	`collection_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`country` text NOT NULL,
	`contacts` integer NOT NULL,
	PRIMARY KEY(`collection_id`, `country`)
);
--> statement-breakpoint
CREATE TABLE `charge_terms` (
	`channel` text PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`charge_on` text NOT NULL,
	`refunds` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `ledger_books` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`kind` text NOT NULL,
	`balance_micros` integer DEFAULT 0 NOT NULL,
	`credit_micros` integer DEFAULT 0 NOT NULL,
	CONSTRAINT "ledger_books_limit" CHECK(kind NOT IN ('available', 'held') OR balance_micros >= -credit_micros),
	CONSTRAINT "ledger_books_owed" CHECK(kind <> 'owed' OR balance_micros <= 0),
	CONSTRAINT "ledger_books_credit" CHECK(credit_micros >= 0 AND (credit_micros = 0 OR kind = 'available')),
	CONSTRAINT "ledger_books_exact" CHECK(abs(balance_micros) <= 9007199254740991)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_books_account` ON `ledger_books` (`account_id`,`kind`);--> statement-breakpoint
CREATE TABLE `postings` (
	`book_id` integer NOT NULL,
	`transfer_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`amount_micros` integer NOT NULL,
	`balance_micros` integer NOT NULL,
	PRIMARY KEY(`book_id`, `transfer_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `postings_transfer` ON `postings` (`transfer_id`);--> statement-breakpoint
CREATE TABLE `price_classes` (
	`campaign_id` integer NOT NULL,
	`class` integer NOT NULL,
	`account_id` integer NOT NULL,
	`country` text NOT NULL,
	`kind` text NOT NULL,
	`charge_on` text NOT NULL,
	`refunds` integer NOT NULL,
	`tiers` text NOT NULL,
	`second_tiers` text,
	`held` integer DEFAULT 0 NOT NULL,
	`captured` integer DEFAULT 0 NOT NULL,
	`captured_second` integer DEFAULT 0 NOT NULL,
	`released` integer DEFAULT 0 NOT NULL,
	`refunded` integer DEFAULT 0 NOT NULL,
	`transfers` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`campaign_id`, `class`)
);
--> statement-breakpoint
CREATE TABLE `prices` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`buyer_account_id` integer NOT NULL,
	`channel` text NOT NULL,
	`country` text DEFAULT '' NOT NULL,
	`kind` text DEFAULT '' NOT NULL,
	`unit_micros` integer,
	`from_utc` integer NOT NULL,
	`created_at_utc` integer NOT NULL,
	`user_id` integer,
	CONSTRAINT "prices_unit" CHECK(unit_micros IS NULL OR unit_micros >= 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `prices_for` ON `prices` (`account_id`,`buyer_account_id`,`channel`,`country`,`kind`,`from_utc`);--> statement-breakpoint
CREATE INDEX `prices_buyer` ON `prices` (`buyer_account_id`,`channel`);--> statement-breakpoint
CREATE TABLE `transfers` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`kind` text NOT NULL,
	`op_id` text NOT NULL,
	`op_hash` text NOT NULL,
	`user_id` integer,
	`behind_user_id` integer,
	`actor_account_id` integer,
	`note` text DEFAULT '' NOT NULL,
	`campaign_id` integer,
	`price_class` integer,
	`quantity` integer,
	`at_utc` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `transfers_op` ON `transfers` (`op_id`);--> statement-breakpoint
CREATE INDEX `transfers_at` ON `transfers` (`at_utc`);--> statement-breakpoint
CREATE INDEX `transfers_campaign` ON `transfers` (`campaign_id`,`price_class`) WHERE campaign_id IS NOT NULL;--> statement-breakpoint
ALTER TABLE `contacts` ADD `country` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `message_states` ADD `price_class` integer;--> statement-breakpoint
ALTER TABLE `message_states` ADD `charge` integer;--> statement-breakpoint
-- The ledger is append only, and a balance changes with a posting only: whatever code there will be, and whoever opens the file by hand.
CREATE TRIGGER `transfers_never_change` BEFORE UPDATE ON `transfers` BEGIN
	SELECT RAISE(ABORT, 'ledger: a transfer is never changed');
END;--> statement-breakpoint
CREATE TRIGGER `transfers_never_go` BEFORE DELETE ON `transfers` BEGIN
	SELECT RAISE(ABORT, 'ledger: a transfer is never deleted');
END;--> statement-breakpoint
CREATE TRIGGER `postings_never_change` BEFORE UPDATE ON `postings` BEGIN
	SELECT RAISE(ABORT, 'ledger: a posting is never changed');
END;--> statement-breakpoint
CREATE TRIGGER `postings_never_go` BEFORE DELETE ON `postings` BEGIN
	SELECT RAISE(ABORT, 'ledger: a posting is never deleted');
END;--> statement-breakpoint
CREATE TRIGGER `postings_follow` BEFORE INSERT ON `postings` BEGIN
	SELECT RAISE(ABORT, 'ledger: a posting follows the balance of its book')
	 WHERE NEW.`balance_micros` IS NOT (
		SELECT `balance_micros` + NEW.`amount_micros` FROM `ledger_books`
		 WHERE `id` = NEW.`book_id` AND `account_id` = NEW.`account_id`);
END;--> statement-breakpoint
CREATE TRIGGER `postings_move` AFTER INSERT ON `postings` BEGIN
	UPDATE `ledger_books` SET `balance_micros` = NEW.`balance_micros` WHERE `id` = NEW.`book_id`;
END;--> statement-breakpoint
CREATE TRIGGER `ledger_books_begin_empty` BEFORE INSERT ON `ledger_books` WHEN NEW.`balance_micros` <> 0 BEGIN
	SELECT RAISE(ABORT, 'ledger: a book begins empty');
END;--> statement-breakpoint
CREATE TRIGGER `ledger_books_follow` BEFORE UPDATE OF `balance_micros` ON `ledger_books` BEGIN
	SELECT RAISE(ABORT, 'ledger: a balance changes with a posting only')
	 WHERE NEW.`balance_micros` IS NOT (
		SELECT `balance_micros` FROM `postings` WHERE `book_id` = NEW.`id` ORDER BY `transfer_id` DESC LIMIT 1);
END;--> statement-breakpoint
CREATE TRIGGER `ledger_books_stay` BEFORE UPDATE OF `id`, `account_id`, `kind` ON `ledger_books` BEGIN
	SELECT RAISE(ABORT, 'ledger: a book stays whose it is');
END;--> statement-breakpoint
CREATE TRIGGER `ledger_books_never_go` BEFORE DELETE ON `ledger_books` BEGIN
	SELECT RAISE(ABORT, 'ledger: a book is never deleted');
END;--> statement-breakpoint
CREATE TRIGGER `prices_never_change` BEFORE UPDATE ON `prices` BEGIN
	SELECT RAISE(ABORT, 'a price is never changed: a new one begins');
END;
