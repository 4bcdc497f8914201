CREATE TABLE `charge_releases` (
	`campaign_id` integer PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`next_message_id` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `campaigns` ADD `cover_only` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `price_classes` ADD `parts` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `price_classes` ADD `second_parts` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `price_classes` ADD `awaited` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- Whoever ends a campaign, today or in code to come, cannot forget what is still held for it.
CREATE TRIGGER `campaign_charges` AFTER UPDATE OF `state` ON `campaigns` WHEN new.`fallback_of` IS NULL
	AND new.`state` IN ('done', 'cancelled', 'failed') AND old.`state` NOT IN ('done', 'cancelled', 'failed') BEGIN
	INSERT INTO `charge_releases` (`campaign_id`, `account_id`, `next_message_id`)
	SELECT new.`id`, new.`account_id`, coalesce(new.`first_message_id`, 0)
	 WHERE EXISTS (SELECT 1 FROM `price_classes` k WHERE k.`campaign_id` = new.`id`
	         AND (k.`awaited` > 0 OR (k.`held` > 0 AND k.`second_tiers` IS NOT NULL)))
	ON CONFLICT DO NOTHING;
END;

