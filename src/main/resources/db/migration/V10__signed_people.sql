-- Runs on H2 and PostgreSQL alike.

-- MACs over what is trusted of these rows. The start signs the rows that are there; after that a row
-- without a MAC is refused. Null only until then.
ALTER TABLE role ADD COLUMN row_mac BYTEA;
ALTER TABLE app_user ADD COLUMN row_mac BYTEA;
ALTER TABLE one_time_link ADD COLUMN row_mac BYTEA;

-- An address can be invited into several organisations, so that an invitation tells nobody where else
-- there is an account with it; it joins one. The constraint that goes with the old column has no name
-- that is the same everywhere.
ALTER TABLE app_user ADD COLUMN address VARCHAR(600);
UPDATE app_user SET address = email;
ALTER TABLE app_user DROP COLUMN email;
ALTER TABLE app_user RENAME COLUMN address TO email;
ALTER TABLE app_user ALTER COLUMN email SET NOT NULL;
ALTER TABLE app_user ADD CONSTRAINT app_user_by_email UNIQUE (organisation_id, email);
-- The address once the person has joined, null before.
ALTER TABLE app_user ADD COLUMN joined_email VARCHAR(600);
UPDATE app_user SET joined_email = email WHERE joined_at IS NOT NULL;
ALTER TABLE app_user ADD CONSTRAINT app_user_by_joined_email UNIQUE (joined_email);
