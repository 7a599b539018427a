-- Files of a shared desk that are not here yet: they stay on the hub until somebody needs them. `bytes` is unknown where no
-- fact says it.
CREATE TABLE remote_file (
  digest BLOB PRIMARY KEY CHECK (length(digest) = 32), bytes INTEGER CHECK (bytes >= 0)
) STRICT, WITHOUT ROWID;

-- Sources whose words never leave this file: the shared desk gets only their digests.
CREATE TABLE kept_here (source BLOB PRIMARY KEY CHECK (length(source) = 16)) STRICT, WITHOUT ROWID;
