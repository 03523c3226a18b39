-- Runs on H2 and PostgreSQL alike.

-- What the problem document had besides its code and detail, such as the list of errors, as JSON;
-- null where it had no more.
ALTER TABLE api_request ADD COLUMN members VARCHAR(2000);
