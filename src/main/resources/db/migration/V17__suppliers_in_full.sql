-- Runs on H2 and PostgreSQL alike.

-- Part 1: the columns of a supplier. V21 fills what only Java can compute. H2 counts UTF-16 units, of
-- which a character may have two.
ALTER TABLE supplier ALTER COLUMN number SET DATA TYPE VARCHAR(100);
ALTER TABLE supplier ALTER COLUMN external_id SET DATA TYPE VARCHAR(200);
ALTER TABLE supplier ALTER COLUMN name SET DATA TYPE VARCHAR(400);
ALTER TABLE supplier ALTER COLUMN legal_name SET DATA TYPE VARCHAR(400);
-- Folded names, number, external id and identifiers, one a line: what the parameter q looks into.
ALTER TABLE supplier ALTER COLUMN search_text SET DATA TYPE VARCHAR(20000);
-- One a line: scheme, code and label with tabs between them.
ALTER TABLE supplier ALTER COLUMN categories SET DATA TYPE VARCHAR(40000);
-- That of the primary address.
ALTER TABLE supplier ALTER COLUMN country DROP NOT NULL;
ALTER TABLE supplier ALTER COLUMN currency DROP NOT NULL;
ALTER TABLE supplier ALTER COLUMN onboarding_status DROP NOT NULL;

ALTER TABLE supplier ADD COLUMN website VARCHAR(1000);
ALTER TABLE supplier ADD COLUMN description VARCHAR(8000);
ALTER TABLE supplier ADD COLUMN language VARCHAR(35);
ALTER TABLE supplier ADD COLUMN industry VARCHAR(200);
ALTER TABLE supplier ADD COLUMN payment_terms VARCHAR(200);
ALTER TABLE supplier ADD COLUMN preferred BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE supplier ADD COLUMN performance_score NUMERIC(2, 1);
ALTER TABLE supplier ADD COLUMN risk_score NUMERIC(2, 1);
ALTER TABLE supplier ADD COLUMN sustainability_score NUMERIC(2, 1);
ALTER TABLE supplier ADD COLUMN hold_scope VARCHAR(20);
ALTER TABLE supplier ADD COLUMN hold_until TIMESTAMP(6) WITH TIME ZONE;
ALTER TABLE supplier ADD COLUMN hold_reason VARCHAR(1000);
-- The status to which a supplier returns from the archive. Of rows that were archived before this
-- version, nobody knows it.
ALTER TABLE supplier ADD COLUMN status_before VARCHAR(20);
ALTER TABLE supplier ADD COLUMN archived_at TIMESTAMP(6) WITH TIME ZONE;
ALTER TABLE supplier ADD COLUMN approval_requested_at TIMESTAMP(6) WITH TIME ZONE;
ALTER TABLE supplier ADD COLUMN approval_decided_at TIMESTAMP(6) WITH TIME ZONE;
ALTER TABLE supplier ADD COLUMN approval_decided_by VARCHAR(1000);
ALTER TABLE supplier ADD COLUMN approval_reason VARCHAR(1000);
ALTER TABLE supplier ADD COLUMN created_by VARCHAR(1000);

-- Part 2: what belongs to one supplier alone and is written as a whole. Tags and ids stand one a line;
-- the others are JSON.
ALTER TABLE supplier ADD COLUMN tags VARCHAR(10000) DEFAULT '' NOT NULL;
ALTER TABLE supplier ADD COLUMN locations VARCHAR(10000) DEFAULT '' NOT NULL;
ALTER TABLE supplier ADD COLUMN departments VARCHAR(10000) DEFAULT '' NOT NULL;
ALTER TABLE supplier ADD COLUMN owners VARCHAR(10000) DEFAULT '' NOT NULL;
ALTER TABLE supplier ADD COLUMN addresses VARCHAR(100000) DEFAULT '[]' NOT NULL;
ALTER TABLE supplier ADD COLUMN contacts VARCHAR(100000) DEFAULT '[]' NOT NULL;
ALTER TABLE supplier ADD COLUMN identifiers VARCHAR(20000) DEFAULT '[]' NOT NULL;
ALTER TABLE supplier ADD COLUMN custom_fields VARCHAR(200000) DEFAULT '{}' NOT NULL;

ALTER TABLE supplier ADD CONSTRAINT supplier_external_id UNIQUE (organisation_id, external_id);

UPDATE supplier SET archived_at = updated_at WHERE status = 'ARCHIVED';
-- The word of the API is to_review; whoever was invited has not begun.
UPDATE supplier SET onboarding_status = 'NOT_STARTED' WHERE onboarding_status = 'INVITED';

-- Part 3: what filters ask for, and what is unique. The rows follow from those of Part 2.
CREATE TABLE supplier_term (
  organisation_id UUID NOT NULL,
  supplier_id UUID NOT NULL,
  -- TAG, CATEGORY, IDENTIFIER, DEPARTMENT or OWNER.
  kind VARCHAR(20) NOT NULL,
  term VARCHAR(400) NOT NULL,
  -- The term again where no other supplier of the organisation may have it.
  unique_term VARCHAR(400),
  -- Of a category: what people call it.
  label VARCHAR(400),
  PRIMARY KEY (organisation_id, supplier_id, kind, term),
  UNIQUE (organisation_id, unique_term),
  FOREIGN KEY (organisation_id, supplier_id) REFERENCES supplier (organisation_id, id)
);
CREATE INDEX supplier_term_by_term
  ON supplier_term (organisation_id, kind, term, supplier_id);

-- One row for each organisation: whoever gives a number, an external id or an identifier locks it.
CREATE TABLE supplier_register (
  organisation_id UUID PRIMARY KEY REFERENCES organisation (id),
  last_number BIGINT NOT NULL
);
INSERT INTO supplier_register (organisation_id, last_number)
SELECT o.id, (SELECT COUNT(*) FROM supplier s WHERE s.organisation_id = o.id) FROM organisation o;

CREATE TABLE department (
  id UUID PRIMARY KEY,
  organisation_id UUID NOT NULL REFERENCES organisation (id),
  name VARCHAR(400) NOT NULL,
  sort_name BYTEA NOT NULL,
  UNIQUE (organisation_id, name)
);
CREATE INDEX department_by_name ON department (organisation_id, sort_name, id);
ALTER TABLE location ALTER COLUMN name SET DATA TYPE VARCHAR(400);

CREATE TABLE custom_field (
  id UUID PRIMARY KEY,
  organisation_id UUID NOT NULL REFERENCES organisation (id),
  name VARCHAR(50) NOT NULL,
  label VARCHAR(400) NOT NULL,
  type VARCHAR(20) NOT NULL,
  -- One a line.
  choices VARCHAR(10000) NOT NULL,
  UNIQUE (organisation_id, name)
);

-- Who changed what. The first row of a supplier has number 1.
CREATE TABLE supplier_change (
  organisation_id UUID NOT NULL,
  supplier_id UUID NOT NULL,
  number INTEGER NOT NULL,
  at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  action VARCHAR(40) NOT NULL,
  actor VARCHAR(1000) NOT NULL,
  -- A JSON object: each changed member with its values before and after.
  members VARCHAR(500000) NOT NULL,
  PRIMARY KEY (organisation_id, supplier_id, number),
  FOREIGN KEY (organisation_id, supplier_id) REFERENCES supplier (organisation_id, id)
);
