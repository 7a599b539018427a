-- Attached files and imported bytes over 64 KiB lie in the folder beside the desk's file, each under its hash; here stands which
-- they are and how long. One that is erased is named until its bytes are gone from the disk.
CREATE TABLE file (
  digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
  bytes  INTEGER NOT NULL CHECK (bytes >= 0),
  erased INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX file_erased ON file (digest) WHERE erased = 1;

-- What an earlier version kept in the desk's own file, or a backup brought back in one, and is to be moved out.
CREATE INDEX blob_large ON blob (digest) WHERE length(bytes) > 65536;
