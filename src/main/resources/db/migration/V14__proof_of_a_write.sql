-- Runs on H2 and PostgreSQL alike.

-- The row that the health check writes: a node that can read and not write is not ready.
CREATE TABLE write_proof (
  id INTEGER PRIMARY KEY,
  filler VARCHAR(40000) NOT NULL
);
INSERT INTO write_proof (id, filler) VALUES (1, '');
