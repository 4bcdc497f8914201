-- Batches that speak of people whom the books do not know, or not any more, since a failover lost the newest of them: settled as soon as
-- their campaign has these people again, and before any of them is written to (docs/decisions/081).
CREATE TABLE wire.stray_batches (
	batch_id bigint PRIMARY KEY,
	campaign_id bigint NOT NULL,
	at timestamptz NOT NULL DEFAULT now()
);

-- What each taking over of the books found, and how far its node has come since: for whoever takes them over next.
ALTER TABLE wire.epochs
	ADD COLUMN last_txid bigint,
	ADD COLUMN last_checksum text,
	ADD COLUMN noted_at timestamptz,
	ADD COLUMN report jsonb;

-- Whoever takes the books over reads all that came since the mark that they bear.
CREATE INDEX intents_at ON wire.intents USING brin (at);

-- Under which taking over of the books it was written; 0: without LiteFS.
ALTER TABLE wire.intents ADD COLUMN epoch bigint NOT NULL DEFAULT 0;
