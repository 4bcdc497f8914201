-- What the list of lost writes is narrowed by, and who is told of each.
ALTER TABLE wire.lost_writes
	ADD COLUMN verb text NOT NULL DEFAULT '',
	-- The person at the keyboard; null: the system itself.
	ADD COLUMN user_id bigint;
