-- Sending nodes: processes that have this Postgres and no books, and make the calls (docs/decisions/082).

-- One row for each that lives, or has died and left batches behind.
CREATE TABLE wire.senders (
	id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	node text NOT NULL,
	-- How long after a heartbeat it still begins calls.
	lease_ms int NOT NULL,
	joined_at timestamptz NOT NULL DEFAULT now(),
	seen_at timestamptz NOT NULL DEFAULT now(),
	-- It has left, or was given up: from then on it takes nothing, and nothing that it says is taken.
	dead_at timestamptz
);

-- Providers that senders may call: all that a call needs, sealed with the installation's key, and how many of its connections are theirs.
CREATE TABLE wire.lent_lines (
	provider_id int PRIMARY KEY,
	channel text NOT NULL,
	revision text NOT NULL,
	sealed text NOT NULL,
	lendable int NOT NULL DEFAULT 0
);

-- Who has how many of those connections. The sum never exceeds what is lendable, or was when they were taken.
CREATE TABLE wire.lent_places (
	provider_id int NOT NULL,
	sender_id int NOT NULL REFERENCES wire.senders ON DELETE CASCADE,
	places int NOT NULL,
	PRIMARY KEY (provider_id, sender_id)
);

-- Batches whose calls are left to the senders; what is to be sent stands in the intent, which is written with it. Gone once the books know.
CREATE TABLE wire.offers (
	batch_id bigint PRIMARY KEY,
	-- The intent's.
	at timestamptz NOT NULL DEFAULT now(),
	provider_id int NOT NULL,
	account_id bigint NOT NULL,
	campaign_id bigint NOT NULL,
	attempt int NOT NULL,
	bulk_size int NOT NULL,
	-- Who makes the calls; durable before the first of them.
	holder int REFERENCES wire.senders,
	-- No further call of it may begin: somebody has stopped its campaign.
	is_stopped boolean NOT NULL DEFAULT false,
	-- Rows of wire.outcomes that its holder has written.
	parts int NOT NULL DEFAULT 0,
	-- What the calls came to beside their outcomes; there with the last of these.
	news jsonb,
	-- Nobody may take it or say anything of it any more: it was taken back, or its holder was given up.
	closed_at timestamptz,
	-- The books know all of it.
	is_settled boolean NOT NULL DEFAULT false
);
