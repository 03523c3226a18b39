-- Runs on H2 and PostgreSQL alike. Times are UTC.

-- Up to which event of the audit log an organisation's people have notices. The row is also the lock
-- under which a node writes notices of the organisation.
CREATE TABLE notice_place (
  organisation_id UUID PRIMARY KEY REFERENCES organisation (id),
  event_sequence BIGINT NOT NULL
);

-- Nobody gets notices of what happened before there were notices.
INSERT INTO notice_place (organisation_id, event_sequence)
SELECT h.organisation_id, h.sequence FROM audit_head h JOIN organisation o ON o.id = h.organisation_id;

-- What people are told of, once for all of them.
CREATE TABLE notice (
  id UUID PRIMARY KEY,
  organisation_id UUID NOT NULL REFERENCES organisation (id),
  kind VARCHAR(30) NOT NULL,
  -- What it is about, such as the number of an event: the same cause is told once.
  cause VARCHAR(200) NOT NULL,
  at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  subject_id UUID,
  subject_name VARCHAR(254) NOT NULL,
  -- Further facts as a JSON object, never a secret.
  facts VARCHAR(4000) NOT NULL,
  UNIQUE (organisation_id, cause)
);
CREATE INDEX notice_by_kind ON notice (organisation_id, kind, at);
CREATE INDEX notice_by_age ON notice (at);

-- A mail of one or several notices to a person.
CREATE TABLE notice_mail (
  id UUID PRIMARY KEY,
  organisation_id UUID NOT NULL,
  user_id UUID NOT NULL,
  -- The day of a digest in UTC; null for a mail at once.
  digest_on VARCHAR(10),
  -- WAITING, SENDING, SENT, FAILED, UNCERTAIN or EMPTY.
  state VARCHAR(10) NOT NULL,
  attempts INTEGER NOT NULL,
  -- When it was to be sent first.
  planned_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  -- When it is sent next; null when it is not sent again.
  due_at TIMESTAMP(6) WITH TIME ZONE,
  UNIQUE (user_id, digest_on),
  FOREIGN KEY (organisation_id, user_id) REFERENCES app_user (organisation_id, id) ON DELETE CASCADE
);
CREATE INDEX notice_mail_due ON notice_mail (due_at);
CREATE INDEX notice_mail_by_person ON notice_mail (user_id, planned_at);
CREATE INDEX notice_mail_by_age ON notice_mail (planned_at);

-- A notice as one person has it.
CREATE TABLE notice_copy (
  notice_id UUID NOT NULL REFERENCES notice (id) ON DELETE CASCADE,
  user_id UUID NOT NULL,
  organisation_id UUID NOT NULL,
  at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  -- The person sees the notice only while their role has this scope.
  scope VARCHAR(40) NOT NULL,
  read_at TIMESTAMP(6) WITH TIME ZONE,
  mail_id UUID REFERENCES notice_mail (id) ON DELETE SET NULL,
  PRIMARY KEY (notice_id, user_id),
  FOREIGN KEY (organisation_id, user_id) REFERENCES app_user (organisation_id, id) ON DELETE CASCADE
);
CREATE INDEX notice_copy_by_person ON notice_copy (user_id, at, notice_id);
CREATE INDEX notice_copy_unread ON notice_copy (user_id, read_at);
CREATE INDEX notice_copy_by_mail ON notice_copy (mail_id);

-- How a person wants to be told of a kind of notices, where it is not the usual way.
CREATE TABLE notice_choice (
  user_id UUID NOT NULL,
  organisation_id UUID NOT NULL,
  kind VARCHAR(30) NOT NULL,
  -- OFF, CONSOLE, DIGEST or MAIL.
  channel VARCHAR(10) NOT NULL,
  PRIMARY KEY (user_id, kind),
  FOREIGN KEY (organisation_id, user_id) REFERENCES app_user (organisation_id, id) ON DELETE CASCADE
);
CREATE INDEX notice_choice_by_organisation ON notice_choice (organisation_id);
