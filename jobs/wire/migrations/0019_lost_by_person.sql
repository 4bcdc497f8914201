-- Who is told is read person by person.
CREATE INDEX lost_writes_person ON wire.lost_writes (user_id, id) WHERE NOT is_back;
