PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_contact_rejects` (
	`collection_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`line` integer NOT NULL,
	`cell` integer NOT NULL,
	`typed` text NOT NULL,
	`reason` text NOT NULL,
	PRIMARY KEY(`collection_id`, `line`, `cell`)
);
--> statement-breakpoint
INSERT INTO `__new_contact_rejects`("collection_id", "account_id", "line", "cell", "typed", "reason") SELECT "collection_id", "account_id", "line", 1, "typed", "reason" FROM `contact_rejects`;--> statement-breakpoint
DROP TABLE `contact_rejects`;--> statement-breakpoint
ALTER TABLE `__new_contact_rejects` RENAME TO `contact_rejects`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `campaigns_account_state` ON `campaigns` (`account_id`,`state`,`id`);