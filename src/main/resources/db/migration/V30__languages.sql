-- Runs on H2 and PostgreSQL alike.

-- The language that the person has chosen, such as de; null where the browser decides.
ALTER TABLE app_user ADD COLUMN language VARCHAR(8);
