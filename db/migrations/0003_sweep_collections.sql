CREATE INDEX `campaigns_collection` ON `campaigns` (`account_id`,`collection_id`);--> statement-breakpoint
CREATE INDEX `collections_created` ON `collections` (`created_at_utc`);