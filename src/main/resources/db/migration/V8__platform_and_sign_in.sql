-- Runs on H2 and PostgreSQL alike. Times are UTC.

-- What the operator does is recorded in a chain of its own. It belongs to this reserved organisation,
-- which nobody can enter: its domain is no label, and it is suspended for good.
INSERT INTO organisation (id, domain, name, strict, suspended_at, created_at, version)
VALUES ('00000000-0000-0000-0000-000000000000', '*', 'Platform', TRUE, CURRENT_TIMESTAMP,
  CURRENT_TIMESTAMP, 0);

-- Who the person is at the provider of single sign-on: its issuer, a space, and the subject there.
ALTER TABLE app_user ADD COLUMN sso_subject VARCHAR(600);
ALTER TABLE app_user ADD CONSTRAINT app_user_by_sso_subject UNIQUE (sso_subject);
