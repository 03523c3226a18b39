-- Runs on H2 and PostgreSQL alike.

-- The locations whose suppliers alone a key sees: ids with spaces between; empty for no limit. The
-- rows' MACs of its credentials cover it. Without a foreign key: a location that is deleted must stay
-- in the limit, or the limit would end with it.
ALTER TABLE api_key ADD COLUMN locations VARCHAR(2000) DEFAULT '' NOT NULL;

-- An event of a supplier names the supplier's locations before and after, up to 200 ids.
ALTER TABLE audit_event ALTER COLUMN details SET DATA TYPE VARCHAR(20000);
