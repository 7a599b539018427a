-- Files of a shared desk that are not here yet: they stay on the hub until somebody needs them. `bytes` is unknown where no
-- fact says it.
CREATE TABLE remote_file (
  digest BLOB PRIMARY KEY CHECK (length(digest) = 32), bytes INTEGER CHECK (bytes >= 0)
) STRICT, WITHOUT ROWID;

-- Sources whose words never leave this file: the shared desk gets only their digests.
CREATE TABLE kept_here (source BLOB PRIMARY KEY CHECK (length(source) = 16)) STRICT, WITHOUT ROWID;

-- Sources that were handed to a call of the hub: it may have them, even where no answer came.
CREATE TABLE handed_to_hub (source BLOB PRIMARY KEY CHECK (length(source) = 16)) STRICT, WITHOUT ROWID;

-- For a redo that the program recorded by itself: the action that depends on what it redoes. Until now the redo was undone with
-- that action. But others may have gone on from it, so it stays.
CREATE TABLE needed_by (
  action INTEGER PRIMARY KEY REFERENCES action (seq), needer BLOB NOT NULL CHECK (length(needer) = 16)
) STRICT;
INSERT INTO needed_by (action, needer)
  SELECT a.seq, b.import FROM brought b JOIN action a ON a.id = b.action JOIN action i ON i.id = b.import
  WHERE a.kind = 'redo' AND i.kind <> 'bring-in' GROUP BY a.seq;
DELETE FROM brought WHERE EXISTS (
  SELECT 1 FROM action a JOIN needed_by n ON n.action = a.seq WHERE a.id = brought.action AND n.needer = brought.import);

-- The claims to look at again, of the whole desk.
CREATE INDEX current_claim_look_again ON current_claim (touched DESC, number) WHERE context_changed > 0 AND context_open > 0;
