-- What an OAuth 2.0 client renews a key's secret with. Only a digest of it is kept.
CREATE TABLE renewal_credential (
  id UUID PRIMARY KEY,
  organisation_id UUID NOT NULL,
  api_key_id UUID NOT NULL,
  -- The key while this credential lives, null afterwards: a key has one at most.
  living_api_key_id UUID UNIQUE,
  digest BYTEA NOT NULL UNIQUE,
  lookup_key_id UUID NOT NULL REFERENCES crypto_key (id),
  masked VARCHAR(40) NOT NULL,
  -- CIDR blocks (RFC 4632, RFC 4291) with spaces between; empty where every network is allowed.
  networks VARCHAR(4000) NOT NULL,
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  created_by UUID,
  created_by_name VARCHAR(254) NOT NULL,
  -- Written in batches.
  last_used_at TIMESTAMP(6) WITH TIME ZONE,
  ended_at TIMESTAMP(6) WITH TIME ZONE,
  row_mac BYTEA NOT NULL,
  FOREIGN KEY (organisation_id, api_key_id) REFERENCES api_key (organisation_id, id)
);
CREATE INDEX renewal_credential_by_organisation ON renewal_credential (organisation_id, api_key_id);
