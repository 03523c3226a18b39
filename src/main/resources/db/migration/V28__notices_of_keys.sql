-- Runs on H2 and PostgreSQL alike.

-- When the next event api_key.expiring is due: 14, 3 and 1 day before the planned end. Null for a key
-- without such an event to come: the batch reads this index only.
ALTER TABLE api_key ADD COLUMN expiry_notice_at TIMESTAMP(6) WITH TIME ZONE;
CREATE INDEX api_key_expiry_notice ON api_key (expiry_notice_at);

-- A key that ends within 14 days is told of once at the first wake-up, and then as any other key.
UPDATE api_key SET expiry_notice_at = expires_at - INTERVAL '14' DAY
WHERE expires_at > CURRENT_TIMESTAMP AND revoked_at IS NULL;

-- When the event api_key.retired_secret_used was written for a credential.
ALTER TABLE credential ADD COLUMN late_use_told_at TIMESTAMP(6) WITH TIME ZONE;
