-- The list of an organisation's keys, the newest first, revoked ones too.
CREATE INDEX api_key_by_creation ON api_key (organisation_id, created_at, id);

-- Who sends a credential: counted in memory, written in batches, gone with the credential.
CREATE TABLE caller (
  organisation_id UUID NOT NULL,
  api_key_id UUID NOT NULL,
  number INTEGER NOT NULL,
  -- Empty in the one row that counts all callers beyond those that have their own.
  address VARCHAR(45) NOT NULL,
  user_agent VARCHAR(200) NOT NULL,
  first_seen_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  last_accepted_at TIMESTAMP(6) WITH TIME ZONE,
  last_refused_at TIMESTAMP(6) WITH TIME ZONE,
  accepted BIGINT NOT NULL,
  refused BIGINT NOT NULL,
  PRIMARY KEY (api_key_id, number, address, user_agent),
  FOREIGN KEY (organisation_id, api_key_id) REFERENCES api_key (organisation_id, id),
  FOREIGN KEY (api_key_id, number) REFERENCES credential (api_key_id, number) ON DELETE CASCADE
);

-- A POST that may be sent again: its row is the lock while it runs, then it holds the answer.
CREATE TABLE idempotent_request (
  organisation_id UUID NOT NULL,
  api_key_id UUID NOT NULL,
  idempotency_key VARCHAR(255) NOT NULL,
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  -- All null until the request is answered.
  request_digest BYTEA,
  status INTEGER,
  location VARCHAR(400),
  -- Null also where the organisation keeps no secrets.
  sealed BYTEA,
  data_key_id UUID REFERENCES crypto_key (id),
  PRIMARY KEY (organisation_id, api_key_id, idempotency_key),
  FOREIGN KEY (organisation_id, api_key_id) REFERENCES api_key (organisation_id, id)
);
CREATE INDEX idempotent_request_by_age ON idempotent_request (created_at);
