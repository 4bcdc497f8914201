-- Callbacks whose signature vouches for an id of their own and for nothing else: which message each id spoke of first.
CREATE TABLE wire.signed_events (
	provider_id int NOT NULL,
	event_id text NOT NULL,
	provider_message_id text NOT NULL,
	at timestamptz NOT NULL DEFAULT now()
) PARTITION BY RANGE (at);
CREATE INDEX signed_events_key ON wire.signed_events (provider_id, event_id, at);
