-- One dialect for SQLite and PostgreSQL: SQLite takes any type's name, and keeps bytes as bytes under each.
-- Times are text, ISO 8601 in UTC with milliseconds, so that they sort as they follow each other in both.

CREATE TABLE chips (
  id           TEXT PRIMARY KEY,
  address      TEXT NOT NULL,
  firmware     TEXT NOT NULL,
  row_count    INTEGER NOT NULL,
  column_count INTEGER NOT NULL,
  array_count  INTEGER,
  first_seen   TEXT NOT NULL,
  last_seen    TEXT NOT NULL
);

CREATE TABLE runs (
  id           TEXT PRIMARY KEY,
  command      TEXT NOT NULL,
  arguments    TEXT NOT NULL,
  folder       TEXT NOT NULL,
  host         TEXT NOT NULL,
  seed         BIGINT,
  started      TEXT NOT NULL,
  seconds      DOUBLE PRECISION NOT NULL,
  chip_address TEXT,
  chip_id      TEXT,
  interrupted  BOOLEAN NOT NULL,
  version      TEXT NOT NULL,
  source       TEXT,
  results      TEXT NOT NULL
);

CREATE INDEX runs_by_start ON runs (started);

-- What was given to the cells of one array in a stretch of time. Rows are added and never changed: the sum is the wear.
CREATE TABLE wear (
  id                TEXT PRIMARY KEY,
  chip_id           TEXT NOT NULL REFERENCES chips (id),
  run_id            TEXT NOT NULL,
  array_index       INTEGER NOT NULL,
  row_count         INTEGER NOT NULL,
  column_count      INTEGER NOT NULL,
  given             TEXT NOT NULL,
  set_pulses        BIGINT NOT NULL,
  reset_pulses      BIGINT NOT NULL,
  programmed_pulses BIGINT NOT NULL,
  complete          BOOLEAN NOT NULL,
  counts            BYTEA NOT NULL
);

CREATE INDEX wear_by_chip ON wear (chip_id, array_index, given);
