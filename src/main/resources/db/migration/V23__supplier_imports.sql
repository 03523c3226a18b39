-- Runs on H2 and PostgreSQL alike.

CREATE TABLE supplier_import (
  id UUID PRIMARY KEY,
  organisation_id UUID NOT NULL REFERENCES organisation (id),
  -- RECEIVING, QUEUED, RUNNING, COMPLETED or STOPPED.
  state VARCHAR(20) NOT NULL,
  -- Why it was stopped.
  reason VARCHAR(1000),
  dry_run BOOLEAN NOT NULL,
  file_name VARCHAR(400),
  -- As the file has it.
  separator VARCHAR(1) NOT NULL,
  -- The header of the file: a JSON array.
  header VARCHAR(100000) NOT NULL,
  rows_total INTEGER NOT NULL,
  rows_created INTEGER NOT NULL,
  rows_updated INTEGER NOT NULL,
  rows_unchanged INTEGER NOT NULL,
  rows_rejected INTEGER NOT NULL,
  pieces INTEGER NOT NULL,
  -- Pieces before this number are done, with all that they led to.
  next_piece INTEGER NOT NULL,
  -- How often the next piece has failed.
  failures INTEGER NOT NULL,
  -- As whom it acts.
  actor_type VARCHAR(20) NOT NULL,
  actor_id UUID NOT NULL,
  actor_name VARCHAR(400) NOT NULL,
  address VARCHAR(100),
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  started_at TIMESTAMP(6) WITH TIME ZONE,
  -- When it was last worked at.
  touched_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  finished_at TIMESTAMP(6) WITH TIME ZONE
);
CREATE INDEX supplier_import_by_creation ON supplier_import (organisation_id, created_at, id);
CREATE INDEX supplier_import_by_state ON supplier_import (state, touched_at);

-- Some rows of a file. A piece is written in one transaction; then its rejected rows replace it.
CREATE TABLE supplier_import_piece (
  organisation_id UUID NOT NULL REFERENCES organisation (id),
  import_id UUID NOT NULL REFERENCES supplier_import (id),
  number INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  -- JSON, compressed. Null when nothing is left of it.
  content BYTEA,
  PRIMARY KEY (import_id, number)
);

-- By what a row with neither number nor external id is known again.
CREATE TABLE supplier_origin (
  organisation_id UUID NOT NULL,
  digest VARCHAR(64) NOT NULL,
  supplier_id UUID NOT NULL,
  PRIMARY KEY (organisation_id, digest),
  FOREIGN KEY (organisation_id, supplier_id) REFERENCES supplier (organisation_id, id)
);
