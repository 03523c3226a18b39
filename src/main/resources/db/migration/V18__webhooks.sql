-- Runs on H2 and PostgreSQL alike.

CREATE TABLE webhook (
  id UUID PRIMARY KEY,
  organisation_id UUID NOT NULL REFERENCES organisation (id),
  version INTEGER NOT NULL,
  url VARCHAR(2000) NOT NULL,
  description VARCHAR(200) NOT NULL,
  -- Codes of event types, separated by spaces.
  types VARCHAR(2000) NOT NULL,
  state VARCHAR(10) NOT NULL,
  -- Why it is disabled: BY_HAND, GONE, FAILING or OWNER.
  disabled_because VARCHAR(10),
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  -- The key or person that is told.
  owner_type VARCHAR(10) NOT NULL,
  owner_id UUID NOT NULL,
  owner_name VARCHAR(200) NOT NULL,
  -- Both secrets are sealed under this data key.
  data_key_id UUID NOT NULL,
  secret BYTEA NOT NULL,
  previous_secret BYTEA,
  previous_until TIMESTAMP(6) WITH TIME ZONE,
  -- Deliveries exist for all events up to this number.
  event_sequence BIGINT NOT NULL,
  failing_since TIMESTAMP(6) WITH TIME ZONE
);
CREATE INDEX webhook_by_creation ON webhook (organisation_id, created_at, id);

CREATE TABLE webhook_delivery (
  id UUID PRIMARY KEY,
  organisation_id UUID NOT NULL REFERENCES organisation (id),
  webhook_id UUID NOT NULL REFERENCES webhook (id),
  -- Null for a test.
  event_sequence BIGINT,
  event_id VARCHAR(80) NOT NULL,
  event_type VARCHAR(60) NOT NULL,
  payload VARCHAR(20000) NOT NULL,
  state VARCHAR(10) NOT NULL,
  attempts INTEGER NOT NULL,
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  -- When it is sent next; null when it is not sent again.
  due_at TIMESTAMP(6) WITH TIME ZONE,
  attempted_at TIMESTAMP(6) WITH TIME ZONE,
  status INTEGER,
  answer VARCHAR(1000),
  failure VARCHAR(30),
  millis INTEGER,
  UNIQUE (webhook_id, event_sequence)
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook_id, due_at);
CREATE INDEX webhook_delivery_by_webhook ON webhook_delivery (webhook_id, created_at, id);
