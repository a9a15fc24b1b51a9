-- Whose each device is and whether it may speak, as the gateway last told on the topic of devices.
CREATE TABLE devices (
  id      uuid    PRIMARY KEY,
  user_id text    NOT NULL,
  name    text,
  status  text    NOT NULL,
  version bigint  NOT NULL,
  deleted boolean NOT NULL
);
