-- A desk can be one of several that share their work. What is shared is in the same tables as before. These say where it
-- came from, and which numbers this desk may give.

-- Which device passed an action on, as the hub returned it. `brings`: the ids of the actions that are undone with it, as
-- they were signed. `here`: whether the action was recorded in this file.
CREATE TABLE passed_on (
  action    INTEGER PRIMARY KEY REFERENCES action (seq),
  login     TEXT NOT NULL,
  device    BLOB NOT NULL CHECK (length(device) = 16),
  carried   INTEGER NOT NULL CHECK (carried IN (0, 1)),
  signature BLOB NOT NULL CHECK (length(signature) = 64),
  brings    BLOB NOT NULL CHECK (length(brings) % 16 = 0),
  here      INTEGER NOT NULL CHECK (here IN (0, 1))
) STRICT;

-- The key that a device had when this desk first saw it. It never gets another.
CREATE TABLE pinned (
  device BLOB PRIMARY KEY CHECK (length(device) = 16),
  login  TEXT NOT NULL,
  person BLOB CHECK (length(person) = 16),
  key    BLOB NOT NULL CHECK (length(key) = 32)
) STRICT;
CREATE TRIGGER pinned_stays BEFORE UPDATE ON pinned BEGIN SELECT RAISE(ABORT, 'a device never gets another key'); END;
CREATE TRIGGER pinned_kept BEFORE DELETE ON pinned BEGIN SELECT RAISE(ABORT, 'a device never gets another key'); END;

-- Entries of the shared desk that this desk does not take, by their place.
CREATE TABLE skipped (
  place INTEGER PRIMARY KEY, action BLOB NOT NULL CHECK (length(action) = 16), login TEXT NOT NULL, why TEXT NOT NULL
) STRICT;

-- Blocks of numbers that only this desk gives.
CREATE TABLE lease (
  kind TEXT NOT NULL, last INTEGER NOT NULL, next INTEGER NOT NULL CHECK (next BETWEEN 1 AND last + 1),
  PRIMARY KEY (kind, last)
) STRICT, WITHOUT ROWID;

-- Actions that the program recorded by itself. Nobody undoes them step by step.
CREATE TABLE automatic (action INTEGER PRIMARY KEY REFERENCES action (seq)) STRICT;

-- What the hub refused.
CREATE TABLE refused (
  action INTEGER PRIMARY KEY REFERENCES action (seq), code TEXT NOT NULL, why TEXT NOT NULL, at TEXT NOT NULL
) STRICT;

-- A number is given once. Only the number of a thing that the shared desk has not taken yet can still become another.
DROP TRIGGER number_stays;
CREATE TRIGGER number_stays BEFORE UPDATE ON number
  WHEN NEW.kind IS NOT OLD.kind OR NEW.scope IS NOT OLD.scope OR NEW.entity IS NOT OLD.entity
    OR NOT EXISTS (SELECT 1 FROM setting WHERE key = 'hub')
    OR NOT EXISTS (SELECT 1 FROM fact f JOIN action a ON a.seq = f.action
      WHERE f.subject = OLD.entity AND a.place >= 4611686018427387904)
  BEGIN SELECT RAISE(ABORT, 'a number is never changed'); END;

-- Actions that the shared desk refused, and those that follow them, once somebody set them aside. They stay in the history
-- and do not count.
CREATE TABLE aside (action INTEGER PRIMARY KEY REFERENCES action (seq)) STRICT;
DROP VIEW counted_action;
CREATE VIEW counted_action AS
  SELECT a.* FROM action a
  WHERE NOT EXISTS (SELECT 1 FROM aside s WHERE s.action = a.seq)
    AND (NOT EXISTS (SELECT 1 FROM brought b WHERE b.action = a.id)
      OR EXISTS (SELECT 1 FROM brought b JOIN standing_import i ON i.id = b.import WHERE b.action = a.id));
