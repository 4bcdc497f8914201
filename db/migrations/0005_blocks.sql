ALTER TABLE `accounts` ADD `blocked_by_account_id` integer;--> statement-breakpoint
ALTER TABLE `accounts` ADD `blocked_at_utc` integer;--> statement-breakpoint
ALTER TABLE `accounts` ADD `unblocked_at_utc` integer;--> statement-breakpoint
ALTER TABLE `accounts` ADD `wiped_at_utc` integer;--> statement-breakpoint
CREATE INDEX `accounts_block_end` ON `accounts` (`blocked_until_utc`) WHERE blocked_until_utc IS NOT NULL;--> statement-breakpoint
CREATE INDEX `accounts_to_wipe` ON `accounts` (`closed_at_utc`) WHERE closed_at_utc IS NOT NULL AND wiped_at_utc IS NULL;--> statement-breakpoint
CREATE INDEX `accounts_open_below` ON `accounts` (`parent_id`) WHERE state <> 'closed';