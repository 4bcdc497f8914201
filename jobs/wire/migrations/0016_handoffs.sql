-- Handing the books over on purpose (docs/decisions/086), and by which key the installation's nodes know each other.

-- Set by the node that ended its epoch itself, with everything applied and last_txid, last_checksum as the books' last position: whoever goes on
-- from exactly there has nothing to replay.
ALTER TABLE wire.epochs ADD COLUMN handed_to text;

CREATE TABLE wire.handoffs (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	asked_at timestamptz NOT NULL DEFAULT now(),
	-- Name of a node; NULL: any that may lead.
	to_node text,
	-- When the node that leads took it up.
	begun_at timestamptz,
	ended_at timestamptz,
	-- Why the books stayed where they were; NULL once ended_at is set: they did not.
	failed_for text
);

-- One row. A node with another SECRET_KEY could open none of what is sealed, and would sign what nobody believes.
CREATE TABLE wire.installation (
	is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
	key_fingerprint text NOT NULL,
	at timestamptz NOT NULL DEFAULT now()
);
