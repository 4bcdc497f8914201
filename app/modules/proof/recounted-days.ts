/** Which leg's a charge was: written down with it; of older ones what the sender paid tells, and where both cost the same, the first. */
const IS_SECOND = `coalesce(t.second_leg, k.second_tiers IS NOT NULL AND t.kind = 'capture' AND -t.quantity * (k.tiers ->> '$[0].unitMicros') <>
	coalesce((SELECT sum(p.amount_micros) FROM postings p INDEXED BY postings_transfer
	           WHERE p.transfer_id = t.id AND p.account_id = k.account_id), 0))`;

const ROOT = "(SELECT id FROM accounts WHERE kind = 'admin' ORDER BY id LIMIT 1)";

/** Of each tier: what it got from the tier below and paid; and the root, which the last tier pays. */
const CHARGED = `
	charges AS MATERIALIZED (
		SELECT s.id, s.sender, s.q, s.country, s.kind,
		       CASE WHEN s.isSecond THEN s.second_tiers ELSE s.tiers END AS tiers,
		       CASE WHEN s.isSecond THEN (SELECT c.channel FROM campaigns c WHERE c.fallback_of = s.campaign_id)
		            ELSE (SELECT c.channel FROM campaigns c WHERE c.id = s.campaign_id) END AS channel
		  FROM (SELECT t.id, k.account_id AS sender, k.campaign_id, k.country, k.kind, k.tiers, k.second_tiers,
		               CASE t.kind WHEN 'refund' THEN -t.quantity ELSE t.quantity END AS q, ${IS_SECOND} AS isSecond
		          FROM transfers t JOIN price_classes k ON k.campaign_id = t.campaign_id AND k.class = t.price_class
		         WHERE t.id >= @fromId AND t.id < @beforeId AND t.kind IN ('capture', 'refund')) s),
	charged AS (
		SELECT j.value ->> 'accountId' AS accountId, coalesce(CASE WHEN j.key > 0 THEN c.tiers ->> ('$[' || (j.key - 1) || '].accountId') END, c.sender) AS childId,
		       c.channel, c.country, c.kind, c.q AS messages,
		       coalesce(CASE WHEN j.key > 0 THEN c.tiers ->> ('$[' || (j.key - 1) || '].unitMicros') END, 0) * c.q AS revenue, (j.value ->> 'unitMicros') * c.q AS cost
		  FROM charges c, json_each(c.tiers) j
		UNION ALL
		SELECT ${ROOT}, coalesce(c.tiers ->> '$[#-1].accountId', c.sender), c.channel, c.country, c.kind, c.q,
		       coalesce(c.tiers ->> '$[#-1].unitMicros', 0) * c.q,
		       coalesce((SELECT -sum(p.amount_micros) FROM postings p INDEXED BY postings_transfer
		                  WHERE p.transfer_id = c.id AND p.book_id = (SELECT id FROM ledger_books WHERE account_id = ${ROOT} AND kind = 'costs')), 0)
		  FROM charges c)`;

/** Of fees: whoever pays stands lowest, and each above it keeps what was posted to it. */
const FEES = `
	nets AS (
		SELECT t.id, t.account_id AS payer, p.account_id AS accountId, sum(p.amount_micros) AS net
		  FROM transfers t JOIN postings p INDEXED BY postings_transfer ON p.transfer_id = t.id
		 WHERE t.id >= @fromId AND t.id < @beforeId AND t.kind = 'fee' GROUP BY t.id, p.account_id),
	fees AS (
		SELECT n.accountId, lag(n.accountId, 1, n.payer) OVER up AS childId, -sum(n.net) OVER up AS cost, -sum(n.net) OVER up + n.net AS revenue
		  FROM nets n JOIN accounts a ON a.id = n.accountId
		WINDOW up AS (PARTITION BY n.id ORDER BY n.accountId <> n.payer, length(a.path) DESC))`;

/** What the transfers from one id up to another come to, as the day totals have it; told from the books alone, not as charging counts it. */
export const RECOUNTED = `WITH ${CHARGED}, ${FEES}
	SELECT accountId, childId, channel, country, kind, sum(messages) AS messages, sum(revenue) AS revenueMicros, sum(cost) AS costMicros
	  FROM (SELECT * FROM charged UNION ALL SELECT accountId, childId, '', '', 'fee', 0, revenue, cost FROM fees)
	 GROUP BY accountId, childId, channel, country, kind`;
