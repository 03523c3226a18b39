-- Runs on H2 and PostgreSQL alike. Times are UTC.

-- When the person followed the invitation; null while they are only invited.
ALTER TABLE app_user ADD COLUMN joined_at TIMESTAMP(6) WITH TIME ZONE;
UPDATE app_user SET joined_at = created_at;
CREATE INDEX app_user_by_role ON app_user (organisation_id, role_id);

-- At most one for each person: a new one takes the place of the one before.
CREATE TABLE one_time_link (
  user_id UUID PRIMARY KEY,
  organisation_id UUID NOT NULL,
  -- SHA-256 of the token, which has 256 random bits and is not kept.
  digest BYTEA NOT NULL UNIQUE,
  expires_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  FOREIGN KEY (organisation_id, user_id) REFERENCES app_user (organisation_id, id)
);

CREATE INDEX api_key_by_maker ON api_key (organisation_id, created_by);
