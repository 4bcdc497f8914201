-- What crossed the wire, and when. Append only; partitioned by day and kept 14 days (jobs/wire/partitions.ts).

-- A batch: messages of one campaign about to be handed to one provider, with all that the calls need. Durable before the first call.
CREATE TABLE wire.intents (
	batch_id bigint NOT NULL,
	at timestamptz NOT NULL DEFAULT now(),
	provider_id int NOT NULL,
	campaign_id bigint NOT NULL,
	attempt int NOT NULL,
	first_message_id bigint NOT NULL,
	recipients text[] NOT NULL,
	content jsonb NOT NULL,
	PRIMARY KEY (batch_id, at)
) PARTITION BY RANGE (at);

-- What came of a batch's messages; a batch has as many rows as it took flushes. Arrays run side by side.
-- results: 1 handed over, 2 sent, 3 refused for good, 4 surely not taken (may go again), 5 unknown.
CREATE TABLE wire.outcomes (
	batch_id bigint NOT NULL,
	at timestamptz NOT NULL DEFAULT now(),
	first_message_id bigint NOT NULL,
	results smallint[] NOT NULL,
	causes smallint[],
	provider_message_ids text[]
) PARTITION BY RANGE (at);
CREATE INDEX outcomes_batch ON wire.outcomes (batch_id);

-- Each callback as it came.
CREATE TABLE wire.receipts (
	id bigint GENERATED ALWAYS AS IDENTITY,
	at timestamptz NOT NULL DEFAULT now(),
	provider_id int NOT NULL,
	path text NOT NULL,
	body text NOT NULL,
	PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);

-- Receipts that the books have not heard of yet. The row goes once they have.
CREATE TABLE wire.receipt_inbox (
	receipt_id bigint PRIMARY KEY,
	at timestamptz NOT NULL
);

-- A provider that asked for a pause, for all processes and over restarts.
CREATE TABLE wire.provider_pauses (
	provider_id int PRIMARY KEY,
	until timestamptz NOT NULL
);

-- Uploads on their way into the books, in pieces, so that any node can read what another took in.
CREATE TABLE wire.upload_pieces (
	upload_id uuid NOT NULL,
	piece int NOT NULL,
	at timestamptz NOT NULL DEFAULT now(),
	bytes bytea NOT NULL,
	PRIMARY KEY (upload_id, piece)
);

-- One row for each sidecar that lives; seen_at is its heartbeat.
CREATE TABLE wire.sidecars (
	boot_id text PRIMARY KEY,
	node text NOT NULL,
	started_at timestamptz NOT NULL DEFAULT now(),
	seen_at timestamptz NOT NULL DEFAULT now()
);
