-- What may change carries a digest of itself, so that a flipped bit in it is noticed: it costs that row and nothing else.
-- Rows of before get theirs when the desk is brought to this form.
ALTER TABLE setting ADD COLUMN digest BLOB;
ALTER TABLE draft ADD COLUMN digest BLOB;
ALTER TABLE import_draft ADD COLUMN digest BLOB;
-- When it was kept, in milliseconds since 1970: one that nobody brought in goes after a week.
ALTER TABLE import_draft ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
UPDATE import_draft SET at = unixepoch() * 1000;

-- Texts of one history lie together in a pack, compressed as one. A text waits in a row of its own, as what it has that its
-- base has not, until the pack takes it in; then its row says only which pack and which place in it.
CREATE TABLE pack (
  seq     INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  -- How many places it has: texts with a later place wait.
  texts   INTEGER NOT NULL,
  packed  BLOB NOT NULL,
  -- Of the hashes of its texts in order, then of packed.
  digest  BLOB NOT NULL CHECK (length(digest) = 32)
) STRICT;

-- form: 0, as versions before 0.4 wrote it: zstd with the base as dictionary; 1, a delta.
-- pack, nth: which pack and which place. The pack is there once it took in its first text.
-- words: about how many bytes of words its pack has, up to this text.
-- A text whose bytes are in neither place was redacted.
ALTER TABLE content ADD COLUMN form INTEGER NOT NULL DEFAULT 0;
ALTER TABLE content ADD COLUMN pack INTEGER;
ALTER TABLE content ADD COLUMN nth INTEGER;
ALTER TABLE content ADD COLUMN words INTEGER NOT NULL DEFAULT 0;
-- Not a partial index: what versions before 0.4 wrote is found by it too.
CREATE UNIQUE INDEX content_pack ON content (pack, nth);
-- The old ones at which a chain was broken off, so that the next text of the same history stood alone. There is no "form = 0"
-- here: SQLite prepares a statement anew for each value that it holds against such a term.
CREATE INDEX content_end ON content (depth) WHERE depth IN (24, 60);

-- Packs that are worth making anew: enough texts wait for them, or one was erased from them.
CREATE TABLE pack_due (pack INTEGER PRIMARY KEY) STRICT;

-- Articles of which it is not known how much is settled.
CREATE INDEX current_article_uncovered ON current_article (article) WHERE coverage IS NULL;
