-- What people wrote into the books, noted before they were told that it is saved (docs/decisions/083): one row a transaction. Only where the
-- books are on LiteFS, which forgets the newest of them when the node that leads dies.
CREATE TABLE wire.writes (
	key uuid NOT NULL,
	at timestamptz NOT NULL DEFAULT now(),
	-- Whose the books were when it was committed, by their own word, and which of LiteFS's transactions it was: together its place.
	epoch bigint NOT NULL,
	txid bigint,
	-- JSON: what the audit has of it. Text, because people's words may hold what jsonb does not take.
	entries text NOT NULL,
	-- The last id that each table of the books had given away by then.
	sequences jsonb NOT NULL,
	-- Noted while its node had the books: false where its asker was told that nobody knows, or was told before it was noted.
	is_in_time boolean NOT NULL
) PARTITION BY RANGE (at);
CREATE INDEX writes_place ON wire.writes (epoch, txid);

-- Where each epoch's books came from: they hold what was written under base_epoch up to base_txid, and what that one's had. 0: nothing.
ALTER TABLE wire.epochs
	ADD COLUMN base_epoch bigint,
	ADD COLUMN base_txid bigint;

-- Which of the writes no books have: one row for each entry of the audit that is gone.
CREATE TABLE wire.lost_writes (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	key uuid NOT NULL,
	nth int NOT NULL,
	-- Under which it was written, and as which transaction.
	epoch bigint NOT NULL,
	txid bigint,
	-- Whose taking over missed it first.
	found_epoch bigint NOT NULL,
	found_at timestamptz NOT NULL DEFAULT now(),
	entry text NOT NULL,
	is_in_time boolean NOT NULL,
	-- As in wire.writes.
	sequences jsonb NOT NULL,
	-- A node that had it came to lead again.
	is_back boolean NOT NULL DEFAULT false,
	UNIQUE (key, nth)
);
