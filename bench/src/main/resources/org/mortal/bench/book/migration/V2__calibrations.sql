CREATE TABLE calibrations (
  id            TEXT PRIMARY KEY,
  chip_id       TEXT NOT NULL REFERENCES chips (id),
  run_id        TEXT,
  target        TEXT NOT NULL,
  made          TEXT NOT NULL,
  expires       TEXT,
  firmware_hash TEXT NOT NULL,
  kelvin        DOUBLE PRECISION,
  file          TEXT NOT NULL,
  sha256        TEXT NOT NULL,
  quality       TEXT NOT NULL
);

CREATE INDEX calibrations_by_chip ON calibrations (chip_id, target, made);
