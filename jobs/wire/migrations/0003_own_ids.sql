-- Providers that name a message only by an id of their own: which message it is. Written in the statement of the outcome that
-- brought the id, and for such providers alone.
CREATE TABLE wire.message_ids (
	provider_id int NOT NULL,
	provider_message_id text NOT NULL,
	message_id bigint NOT NULL,
	attempt int NOT NULL,
	at timestamptz NOT NULL DEFAULT now()
) PARTITION BY RANGE (at);
CREATE INDEX message_ids_key ON wire.message_ids (provider_id, provider_message_id, at);

-- A receipt about an id that is not known yet waits here: its turn comes later, and nobody's turn comes later for it.
ALTER TABLE wire.receipt_inbox ADD COLUMN try_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX receipt_inbox_due ON wire.receipt_inbox (try_at, receipt_id);

-- Batches at providers that do not call back, and when they are asked next. A row a batch; gone when nothing is left to ask.
CREATE TABLE wire.polls (
	batch_id bigint PRIMARY KEY,
	provider_id int NOT NULL,
	campaign_id bigint NOT NULL,
	ask_at timestamptz NOT NULL,
	asked int NOT NULL DEFAULT 0
);
CREATE INDEX polls_due ON wire.polls (provider_id, ask_at);
