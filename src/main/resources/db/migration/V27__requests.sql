-- Runs on H2 and PostgreSQL alike. Times are UTC.

-- Requests of the API, of the last seven days and no more than a bound for each organisation.
-- Written in batches, some seconds late. No row refers to another: a batch must not wait for locks
-- of keys or organisations.
CREATE TABLE api_request (
  request_id UUID PRIMARY KEY,
  organisation_id UUID NOT NULL,
  -- 0: done, 1: refused, 2: without a secret that is known. Each share has a bound of its own.
  share INTEGER NOT NULL,
  at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  api_key_id UUID,
  credential_number INTEGER,
  method VARCHAR(10) NOT NULL,
  -- The template of the address, never the address.
  path VARCHAR(200) NOT NULL,
  status INTEGER NOT NULL,
  -- The problem that was answered.
  code VARCHAR(40),
  detail VARCHAR(500),
  micros BIGINT NOT NULL,
  address VARCHAR(45) NOT NULL,
  user_agent VARCHAR(200) NOT NULL
);
CREATE INDEX api_request_by_time ON api_request (organisation_id, at, request_id);
CREATE INDEX api_request_by_key ON api_request (organisation_id, api_key_id, at, request_id);
CREATE INDEX api_request_by_share ON api_request (organisation_id, share, at);
CREATE INDEX api_request_by_age ON api_request (at);
