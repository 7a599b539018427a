-- What may change carries a digest of itself, so that a flipped bit in it is noticed: it costs that row and nothing else.
-- Rows of before get theirs when the desk is brought to this form.
ALTER TABLE setting ADD COLUMN digest BLOB;
ALTER TABLE draft ADD COLUMN digest BLOB;
ALTER TABLE import_draft ADD COLUMN digest BLOB;
-- When it was kept, in milliseconds since 1970: one that nobody brought in goes after a week.
ALTER TABLE import_draft ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
UPDATE import_draft SET at = unixepoch() * 1000;
