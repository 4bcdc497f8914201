DROP INDEX `price_classes_held`;--> statement-breakpoint
CREATE INDEX `price_classes_held` ON `price_classes` (`campaign_id`) WHERE awaited + held > 0;