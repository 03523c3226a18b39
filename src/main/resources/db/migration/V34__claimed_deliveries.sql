-- Runs on H2 and PostgreSQL alike.

-- Until when a node that has claimed the delivery is sending it; null while it only waits.
ALTER TABLE webhook_delivery ADD COLUMN claimed_until TIMESTAMP(6) WITH TIME ZONE;
