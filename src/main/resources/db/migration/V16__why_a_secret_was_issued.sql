-- Runs on H2 and PostgreSQL alike.

-- Why a credential was issued: CREATED with its key, AUTOMATIC, MANUAL, LEAKED or RENEWAL. Nodes of
-- the version before write none during an upgrade, and of most old rows nobody asks.
ALTER TABLE credential ADD COLUMN cause VARCHAR(20) DEFAULT 'UNKNOWN' NOT NULL;

UPDATE credential SET cause = 'CREATED' WHERE number = 1;

-- The one question that is asked: did the automatic refresh issue the current secret of a key whose
-- organisation keeps no secrets? Until now the audit log answered it.
UPDATE credential SET cause = 'AUTOMATIC'
WHERE number > 1 AND retired_at IS NULL AND sealed IS NULL
  AND (SELECT e.actor_type FROM audit_event e
    WHERE e.organisation_id = credential.organisation_id AND e.subject_id = credential.api_key_id
      AND e.action = 'API_KEY_REFRESHED'
    ORDER BY e.sequence DESC FETCH FIRST 1 ROW ONLY) = 'SYSTEM';
