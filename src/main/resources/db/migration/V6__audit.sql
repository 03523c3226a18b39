-- Runs on H2 and PostgreSQL alike.

-- For the filters of the audit log, and for the list of the actions that occur.
CREATE INDEX audit_event_by_action ON audit_event (organisation_id, action, sequence);
-- Any other filter can be narrowed by time.
CREATE INDEX audit_event_by_time ON audit_event (organisation_id, at);
