-- Runs on H2 and PostgreSQL alike.

-- The field's words for what these columns and tables hold. An index without a name of ours is called
-- so by PostgreSQL alone; H2 calls it otherwise and passes over it. Foreign keys keep their names, for
-- no statement of both databases renames one that may not be there.

-- An API key reserves its name until it is revoked, also after its planned end.
ALTER TABLE api_key RENAME COLUMN living_name TO reserved_name;
ALTER INDEX IF EXISTS api_key_organisation_id_living_name_key
  RENAME TO api_key_organisation_id_reserved_name_key;
ALTER INDEX api_key_by_maker RENAME TO api_key_by_creator;

ALTER TABLE renewal_credential RENAME COLUMN living_api_key_id TO active_api_key_id;
ALTER INDEX IF EXISTS renewal_credential_living_api_key_id_key
  RENAME TO renewal_credential_active_api_key_id_key;

-- A client is who sends requests with a key; a caller is the key itself.
ALTER TABLE caller RENAME TO client_sighting;
ALTER INDEX IF EXISTS caller_pkey RENAME TO client_sighting_pkey;
