-- Runs on H2 and PostgreSQL alike. Times are UTC.

-- What narrows a key; together with its planned end the rows' MACs of its credentials cover it.
-- CIDR blocks with spaces between; empty where every network is allowed.
ALTER TABLE api_key ADD COLUMN networks VARCHAR(4000) DEFAULT '' NOT NULL;
ALTER TABLE api_key ADD COLUMN requests_per_minute INTEGER;
ALTER TABLE api_key ADD COLUMN burst INTEGER;
ALTER TABLE api_key ADD COLUMN requests_per_day INTEGER;

-- How the nodes learn of each other's requests: all accepted ever, and those of one day.
ALTER TABLE api_key_use ADD COLUMN requests BIGINT DEFAULT 0 NOT NULL;
-- Days since 1970-01-01.
ALTER TABLE api_key_use ADD COLUMN used_day BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE api_key_use ADD COLUMN day_requests BIGINT DEFAULT 0 NOT NULL;

-- What keys' requests were answered, by hour; written in batches, forgotten after 30 days.
CREATE TABLE usage_hour (
  api_key_id UUID NOT NULL,
  hour_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  organisation_id UUID NOT NULL,
  status_2xx BIGINT NOT NULL,
  status_3xx BIGINT NOT NULL,
  status_4xx BIGINT NOT NULL,
  status_5xx BIGINT NOT NULL,
  PRIMARY KEY (api_key_id, hour_at),
  FOREIGN KEY (organisation_id, api_key_id) REFERENCES api_key (organisation_id, id)
);
CREATE INDEX usage_hour_by_age ON usage_hour (hour_at);
-- For keys of which somebody asks which were not used lately.
CREATE INDEX api_key_use_by_age ON api_key_use (organisation_id, last_used_at);
