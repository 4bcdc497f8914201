-- What proves what became of each message: one row for each thing that a provider said about it, written in one statement with the
-- receipts' leaving the inbox. Partitioned by the day of applying, so that a receipt of any age has a place, and whoever sums up by the
-- hour can go on from where it was: nothing comes in behind now().
CREATE TABLE wire.evidence (
	message_id bigint NOT NULL,
	attempt int NOT NULL,
	provider_id int NOT NULL,
	-- Rank of the state (app/modules/messages/message-state.ts) and number of the cause (app/channels/causes.ts).
	state smallint NOT NULL,
	cause smallint,
	-- The callback that said it; null: the provider was asked.
	receipt_id bigint,
	-- When we had it.
	at timestamptz NOT NULL,
	-- The provider's own clock, as it gave it; null where it gave none.
	provider_at timestamptz,
	-- When the books knew.
	applied_at timestamptz NOT NULL DEFAULT now()
) PARTITION BY RANGE (applied_at);
CREATE INDEX evidence_message ON wire.evidence (message_id);

-- Callbacks that came to nothing, or not wholly: what their adapter could not read, and what is about nothing of ours.
-- Gone when a replay makes something of them; older ones go with their callbacks.
CREATE TABLE wire.receipt_notes (
	receipt_id bigint PRIMARY KEY,
	-- The callback's.
	at timestamptz NOT NULL,
	provider_id int NOT NULL,
	kind text NOT NULL CHECK (kind IN ('unreadable', 'unmatched')),
	-- unreadable: what its adapter said. unmatched: the ids, up to a few.
	detail text NOT NULL
);
CREATE INDEX receipt_notes_kind ON wire.receipt_notes (kind, receipt_id);
CREATE INDEX receipt_notes_at ON wire.receipt_notes (at);

-- Asked for again by a person: evidence of it may exist already.
ALTER TABLE wire.receipt_inbox ADD COLUMN is_replay boolean NOT NULL DEFAULT false;

-- Which batches a message was in: those of its campaign that begin at most a batch's length before it.
CREATE INDEX intents_messages ON wire.intents (campaign_id, first_message_id);
