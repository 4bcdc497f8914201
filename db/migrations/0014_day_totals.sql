CREATE TABLE `money_days` (
	`account_id` integer NOT NULL,
	`child_id` integer NOT NULL,
	`day` integer NOT NULL,
	`channel` text NOT NULL,
	`country` text NOT NULL,
	`kind` text NOT NULL,
	`messages` integer NOT NULL,
	`revenue_micros` integer NOT NULL,
	`cost_micros` integer NOT NULL,
	PRIMARY KEY(`account_id`, `child_id`, `day`, `channel`, `country`, `kind`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `money_days_day` ON `money_days` (`day`);--> statement-breakpoint
ALTER TABLE `transfers` ADD `second_leg` integer;--> statement-breakpoint
-- What was charged before there were day totals, told from the transfers.
INSERT INTO `money_days` (`account_id`, `child_id`, `day`, `channel`, `country`, `kind`, `messages`, `revenue_micros`, `cost_micros`)
WITH charges AS MATERIALIZED (
	SELECT s.id, s.day, s.sender, s.q, s.country, s.kind,
	       CASE WHEN s.isSecond THEN s.second_tiers ELSE s.tiers END AS tiers,
	       CASE WHEN s.isSecond THEN (SELECT c.channel FROM campaigns c WHERE c.fallback_of = s.campaign_id)
	            ELSE (SELECT c.channel FROM campaigns c WHERE c.id = s.campaign_id) END AS channel
	  FROM (SELECT t.id, t.at_utc / 86400000 AS day, k.account_id AS sender, k.campaign_id, k.country, k.kind, k.tiers, k.second_tiers,
	               CASE t.kind WHEN 'refund' THEN -t.quantity ELSE t.quantity END AS q,
	               -- Which leg's it was, what the sender paid tells; where both cost the same, the first.
	               k.second_tiers IS NOT NULL AND t.kind = 'capture' AND -t.quantity * (k.tiers ->> '$[0].unitMicros') <>
	                 coalesce((SELECT sum(p.amount_micros) FROM postings p INDEXED BY postings_transfer
	                            WHERE p.transfer_id = t.id AND p.account_id = k.account_id), 0) AS isSecond
	          FROM transfers t JOIN price_classes k ON k.campaign_id = t.campaign_id AND k.class = t.price_class
	         WHERE t.kind IN ('capture', 'refund')) s),
charged AS (
	SELECT j.value ->> 'accountId' AS account, coalesce(CASE WHEN j.key > 0 THEN c.tiers ->> ('$[' || (j.key - 1) || '].accountId') END, c.sender) AS child,
	       c.day, c.channel, c.country, c.kind, c.q,
	       coalesce(CASE WHEN j.key > 0 THEN c.tiers ->> ('$[' || (j.key - 1) || '].unitMicros') END, 0) * c.q AS revenue, (j.value ->> 'unitMicros') * c.q AS cost
	  FROM charges c, json_each(c.tiers) j
	UNION ALL
	SELECT r.id, coalesce(c.tiers ->> '$[#-1].accountId', c.sender), c.day, c.channel, c.country, c.kind, c.q,
	       coalesce(c.tiers ->> '$[#-1].unitMicros', 0) * c.q,
	       coalesce((SELECT -sum(p.amount_micros) FROM postings p INDEXED BY postings_transfer JOIN ledger_books b ON b.id = p.book_id
	                  WHERE p.transfer_id = c.id AND b.account_id = r.id AND b.kind = 'costs'), 0)
	  FROM charges c, (SELECT id FROM accounts WHERE kind = 'admin' ORDER BY id LIMIT 1) r)
SELECT account, child, day, channel, country, kind, sum(q), sum(revenue), sum(cost) FROM charged GROUP BY 1, 2, 3, 4, 5, 6
UNION ALL
SELECT account, 0, day, channel, '', '', sum(q), sum(revenue), sum(cost) FROM charged GROUP BY account, day, channel;
