-- Runs on H2 and PostgreSQL alike. Times are UTC.

-- A part of the buyer's own structure that suppliers deliver to.
CREATE TABLE location (
  id UUID PRIMARY KEY,
  organisation_id UUID NOT NULL REFERENCES organisation (id),
  name VARCHAR(200) NOT NULL,
  -- Bytes, so that both databases and every collation sort alike.
  sort_name BYTEA NOT NULL,
  UNIQUE (organisation_id, name),
  UNIQUE (organisation_id, id)
);
CREATE INDEX location_by_name ON location (organisation_id, sort_name, id);

CREATE TABLE supplier (
  id UUID PRIMARY KEY,
  organisation_id UUID NOT NULL REFERENCES organisation (id),
  number VARCHAR(20) NOT NULL,
  external_id VARCHAR(100),
  name VARCHAR(200) NOT NULL,
  sort_name BYTEA NOT NULL,
  legal_name VARCHAR(200),
  -- Names, number and external id in lower case, one a line: what the parameter q looks into.
  search_text VARCHAR(1100) NOT NULL,
  type VARCHAR(20) NOT NULL,
  status VARCHAR(20) NOT NULL,
  onboarding_status VARCHAR(20) NOT NULL,
  country VARCHAR(2) NOT NULL,
  -- One a line.
  categories VARCHAR(2000) NOT NULL,
  currency VARCHAR(3) NOT NULL,
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  updated_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  version INTEGER NOT NULL,
  UNIQUE (organisation_id, number)
);
-- One index for each order of the list, and one for the default list: active ones by name.
CREATE INDEX supplier_by_name ON supplier (organisation_id, sort_name, id);
CREATE INDEX supplier_by_number ON supplier (organisation_id, number, id);
CREATE INDEX supplier_by_created_at ON supplier (organisation_id, created_at, id);
CREATE INDEX supplier_by_updated_at ON supplier (organisation_id, updated_at, id);
CREATE INDEX supplier_by_status ON supplier (organisation_id, status, sort_name, id);
CREATE INDEX supplier_by_country ON supplier (organisation_id, country, sort_name, id);
-- The newest index: PostgreSQL takes it to check foreign keys while it knows no figures of the
-- table, as in one large transaction. Any other would make each check read the organisation.
ALTER TABLE supplier ADD CONSTRAINT supplier_by_id UNIQUE (organisation_id, id);

CREATE TABLE supplier_location (
  organisation_id UUID NOT NULL,
  supplier_id UUID NOT NULL,
  location_id UUID NOT NULL,
  PRIMARY KEY (organisation_id, supplier_id, location_id),
  FOREIGN KEY (organisation_id, supplier_id) REFERENCES supplier (organisation_id, id),
  FOREIGN KEY (organisation_id, location_id) REFERENCES location (organisation_id, id)
);
CREATE INDEX supplier_location_by_location
  ON supplier_location (organisation_id, location_id, supplier_id);
