-- Runs on H2 and PostgreSQL alike.

-- Until then, a receiver that does not answer in time is told nothing.
ALTER TABLE webhook ADD COLUMN paused_until TIMESTAMP(6) WITH TIME ZONE;

-- Old deliveries are found by their age alone.
CREATE INDEX webhook_delivery_by_age ON webhook_delivery (created_at);
