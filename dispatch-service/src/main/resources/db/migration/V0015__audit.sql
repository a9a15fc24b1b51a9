-- Who did what when. Rows are added and never changed: the database refuses it. They go when they are old, by who says that it
-- forgets.
CREATE TABLE audit_entries (
  id         uuid PRIMARY KEY,
  -- Whose things it is about, and who did it: an administrator may act for a user. Null: for everybody.
  user_id    text CHECK (char_length(user_id) <= 255),
  by_user    text NOT NULL CHECK (char_length(by_user) <= 255),
  at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  action     text NOT NULL,
  -- What it was done to: message, webhook, campaign, device, …; and which.
  subject    text NOT NULL,
  subject_id text,
  -- JSON objects, or nothing.
  before     text,
  after      text
);

CREATE INDEX audit_of_user ON audit_entries (user_id, id);
CREATE INDEX audit_by_age ON audit_entries (at);
CREATE INDEX audit_of_subject ON audit_entries (user_id, subject_id, id) WHERE subject_id IS NOT NULL;

CREATE FUNCTION refuse_another_past() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('siaran.forgets', true) = 'audit_entries' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'what was done stays written' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER refuse_another_past BEFORE UPDATE OR DELETE ON audit_entries
  FOR EACH ROW EXECUTE FUNCTION refuse_another_past();

-- Everything about one person: the leads with that phone.
CREATE INDEX leads_of_person ON leads (user_id, phone);
