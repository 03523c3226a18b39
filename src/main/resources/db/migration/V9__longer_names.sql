-- Runs on H2 and PostgreSQL alike.

-- People's names for things are limited in characters. H2 counts UTF-16 units, of which a character
-- may have two, and a capital may become two characters in lower case.
ALTER TABLE organisation ALTER COLUMN name SET DATA TYPE VARCHAR(600);
ALTER TABLE role ALTER COLUMN name SET DATA TYPE VARCHAR(300);
ALTER TABLE app_user ALTER COLUMN email SET DATA TYPE VARCHAR(600);
ALTER TABLE app_user ALTER COLUMN name SET DATA TYPE VARCHAR(600);
ALTER TABLE api_key ALTER COLUMN name SET DATA TYPE VARCHAR(300);
ALTER TABLE api_key ALTER COLUMN living_name SET DATA TYPE VARCHAR(300);

-- What is called by those names.
ALTER TABLE api_key ALTER COLUMN created_by_name SET DATA TYPE VARCHAR(600);
ALTER TABLE renewal_credential ALTER COLUMN created_by_name SET DATA TYPE VARCHAR(600);
ALTER TABLE audit_event ALTER COLUMN actor_name SET DATA TYPE VARCHAR(600);
ALTER TABLE audit_event ALTER COLUMN subject_name SET DATA TYPE VARCHAR(600);
