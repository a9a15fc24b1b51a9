-- Which lead of a person was written to, of those persons who stand on several devices of the user: leads change while a
-- fan-out is under way, and what was published behind the cursor can no longer be told from them.
CREATE TABLE fanout_persons (
  campaign_id uuid    NOT NULL,
  run         integer NOT NULL,
  phone       text    NOT NULL,
  lead_id     uuid    NOT NULL,
  PRIMARY KEY (campaign_id, run, phone),
  FOREIGN KEY (campaign_id, run) REFERENCES fanouts
);
