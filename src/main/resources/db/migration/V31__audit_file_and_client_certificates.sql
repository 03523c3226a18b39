-- Runs on H2 and PostgreSQL alike.

-- Up to which event the audit log of an organisation stands in the audit file of some node.
CREATE TABLE audit_file_place (
  organisation_id UUID PRIMARY KEY REFERENCES organisation (id),
  sequence BIGINT NOT NULL
);

-- The certificate by which Keyturn identifies itself to the receiver of a webhook.
-- PEM: the certificate, then the certificates of its issuers.
ALTER TABLE webhook ADD COLUMN client_chain VARCHAR(20000);
-- The private key, sealed under the data key that the next column names.
ALTER TABLE webhook ADD COLUMN client_key BYTEA;
ALTER TABLE webhook ADD COLUMN client_data_key_id UUID;
