-- Who may write the books, one row for each time that a node has taken them over (docs/decisions/080). The newest row alone counts, and only
-- from ready_at until ended_at. Without LiteFS it stays empty.
CREATE TABLE wire.epochs (
	n bigint PRIMARY KEY,
	node text NOT NULL,
	taken_at timestamptz NOT NULL DEFAULT now(),
	-- Everything that the wire has and the books lacked is in the books.
	ready_at timestamptz,
	-- The node lost the books, or another took them over.
	ended_at timestamptz
);
