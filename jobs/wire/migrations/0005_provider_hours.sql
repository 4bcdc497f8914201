-- What each provider did with the messages of an hour, by country: counted from the intents that were made in the hour, their outcomes and
-- what was said of them since. An hour is counted anew as a whole, so that whoever dies on the way, or counts twice, changes nothing.
-- fact: result (key: RESULT of app/modules/messages/settle-batch), receipt (key: the furthest state that was said), cause (key:
-- number of CAUSES, of refusals and of failed receipts), wait (key: wait bucket of jobs/wire/wait-bucket.ts, of the delivered).
CREATE TABLE wire.provider_hours (
	hour timestamptz NOT NULL,
	provider_id int NOT NULL,
	-- ISO 3166 code; '': nobody's.
	country text NOT NULL,
	fact text NOT NULL CHECK (fact IN ('result', 'receipt', 'cause', 'wait')),
	key int NOT NULL,
	count bigint NOT NULL,
	PRIMARY KEY (provider_id, hour, country, fact, key)
);
CREATE INDEX provider_hours_hour ON wire.provider_hours (hour);

-- When each hour was counted last.
CREATE TABLE wire.counted_hours (
	hour timestamptz PRIMARY KEY,
	counted_at timestamptz NOT NULL DEFAULT now()
);

-- Whether anything was said lately is asked every few minutes; rows come in the order of time.
CREATE INDEX evidence_applied ON wire.evidence USING brin (applied_at);
