-- How each provider does, for all processes and over restarts; written at most about once a second (app/modules/failover).
CREATE TABLE wire.provider_health (
	provider_id int PRIMARY KEY,
	at timestamptz NOT NULL DEFAULT now(),
	-- Part of its resting weight that it is given: 0.05 … 1.
	factor real NOT NULL,
	breaker text NOT NULL CHECK (breaker IN ('closed', 'open', 'half_open')),
	-- The whole of it, as merge-health.ts keeps it.
	state jsonb NOT NULL
);

-- Limits are counted before sending, in blocks: until when a provider's seconds (sender '') or those of one of its senders are given away.
CREATE TABLE wire.rate_clocks (
	provider_id int NOT NULL,
	sender text NOT NULL,
	until timestamptz NOT NULL,
	PRIMARY KEY (provider_id, sender)
);

-- Messages of a day of UTC that were given leave to go.
CREATE TABLE wire.day_counts (
	provider_id int NOT NULL,
	day date NOT NULL,
	taken bigint NOT NULL,
	-- By the last who asked: what it may send.
	granted bigint NOT NULL,
	PRIMARY KEY (provider_id, day)
);
