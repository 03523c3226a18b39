-- Runs on H2 and PostgreSQL alike. Times are UTC.

CREATE TABLE organisation (
  id UUID PRIMARY KEY,
  domain VARCHAR(63) NOT NULL UNIQUE,
  name VARCHAR(200) NOT NULL,
  strict BOOLEAN NOT NULL,
  suspended_at TIMESTAMP(6) WITH TIME ZONE,
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  version INTEGER NOT NULL
);

-- Rows to lock where there is no object yet that could be locked.
CREATE TABLE lock_point (
  name VARCHAR(40) PRIMARY KEY
);
INSERT INTO lock_point (name) VALUES ('keyring'), ('first-start');

CREATE TABLE crypto_key (
  id UUID PRIMARY KEY,
  purpose VARCHAR(10) NOT NULL,
  organisation_id UUID REFERENCES organisation (id),
  root_id VARCHAR(32) NOT NULL,
  wrapped BYTEA NOT NULL,
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX crypto_key_by_organisation ON crypto_key (organisation_id, purpose);

-- The newest link of each organisation's chain of audit events.
CREATE TABLE audit_head (
  organisation_id UUID PRIMARY KEY REFERENCES organisation (id),
  sequence BIGINT NOT NULL,
  mac BYTEA NOT NULL
);

CREATE TABLE audit_event (
  organisation_id UUID NOT NULL REFERENCES organisation (id),
  sequence BIGINT NOT NULL,
  at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  action VARCHAR(60) NOT NULL,
  actor_type VARCHAR(20) NOT NULL,
  actor_id UUID,
  actor_name VARCHAR(254) NOT NULL,
  address VARCHAR(45),
  subject_type VARCHAR(40) NOT NULL,
  subject_id UUID,
  subject_name VARCHAR(254) NOT NULL,
  details VARCHAR(4000) NOT NULL,
  mac BYTEA NOT NULL,
  PRIMARY KEY (organisation_id, sequence)
);
CREATE INDEX audit_event_by_subject ON audit_event (organisation_id, subject_id, sequence);

CREATE TABLE role (
  id UUID PRIMARY KEY,
  organisation_id UUID NOT NULL REFERENCES organisation (id),
  name VARCHAR(100) NOT NULL,
  scopes VARCHAR(2000) NOT NULL,
  built_in BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  UNIQUE (organisation_id, name),
  UNIQUE (organisation_id, id)
);

CREATE TABLE app_user (
  id UUID PRIMARY KEY,
  organisation_id UUID NOT NULL REFERENCES organisation (id),
  email VARCHAR(254) NOT NULL UNIQUE,
  name VARCHAR(200) NOT NULL,
  role_id UUID NOT NULL,
  password_hash VARCHAR(400),
  password_change_due BOOLEAN NOT NULL,
  session_stamp UUID NOT NULL,
  deactivated_at TIMESTAMP(6) WITH TIME ZONE,
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  version INTEGER NOT NULL,
  UNIQUE (organisation_id, id),
  FOREIGN KEY (organisation_id, role_id) REFERENCES role (organisation_id, id)
);

CREATE TABLE api_key (
  id UUID PRIMARY KEY,
  organisation_id UUID NOT NULL REFERENCES organisation (id),
  name VARCHAR(100) NOT NULL,
  -- The name in lower case while the key lives, null afterwards: names are unique among the living.
  living_name VARCHAR(100),
  environment VARCHAR(10) NOT NULL,
  scopes VARCHAR(2000) NOT NULL,
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  created_by UUID,
  created_by_name VARCHAR(254) NOT NULL,
  refresh_interval_seconds BIGINT NOT NULL,
  grace_period_seconds BIGINT NOT NULL,
  next_refresh_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  -- The same while the key lives, null afterwards: the batch reads this index only.
  due_at TIMESTAMP(6) WITH TIME ZONE,
  current_number INTEGER NOT NULL,
  expires_at TIMESTAMP(6) WITH TIME ZONE,
  revoked_at TIMESTAMP(6) WITH TIME ZONE,
  version INTEGER NOT NULL,
  UNIQUE (organisation_id, living_name),
  UNIQUE (organisation_id, id)
);
CREATE INDEX api_key_due ON api_key (due_at);

CREATE TABLE credential (
  id UUID PRIMARY KEY,
  organisation_id UUID NOT NULL,
  api_key_id UUID NOT NULL,
  number INTEGER NOT NULL,
  digest BYTEA NOT NULL UNIQUE,
  lookup_key_id UUID NOT NULL REFERENCES crypto_key (id),
  sealed BYTEA,
  data_key_id UUID REFERENCES crypto_key (id),
  masked VARCHAR(40) NOT NULL,
  issued_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  retired_at TIMESTAMP(6) WITH TIME ZONE,
  -- From here on this secret is not accepted.
  accepted_until TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  row_mac BYTEA NOT NULL,
  UNIQUE (api_key_id, number),
  FOREIGN KEY (organisation_id, api_key_id) REFERENCES api_key (organisation_id, id)
);
CREATE INDEX credential_by_organisation ON credential (organisation_id, api_key_id);
CREATE INDEX credential_retired ON credential (retired_at);

-- Written in batches, apart from the key so that use never touches its version.
CREATE TABLE api_key_use (
  api_key_id UUID PRIMARY KEY,
  organisation_id UUID NOT NULL,
  last_used_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  FOREIGN KEY (organisation_id, api_key_id) REFERENCES api_key (organisation_id, id)
);
