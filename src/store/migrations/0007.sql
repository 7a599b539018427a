-- Suggestions have numbers too. A number is never changed, so its table is made again with the new kind.
DROP TRIGGER number_stays;
DROP TRIGGER number_kept;
ALTER TABLE number RENAME TO number_before;
CREATE TABLE number (
  kind   TEXT NOT NULL CHECK (kind IN ('article', 'claim', 'source', 'query', 'suggestion', 'revision')),
  scope  BLOB NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  entity BLOB NOT NULL UNIQUE CHECK (length(entity) = 16),
  PRIMARY KEY (kind, scope, number)
) STRICT, WITHOUT ROWID;
INSERT INTO number (kind, scope, number, entity) SELECT kind, scope, number, entity FROM number_before;
DROP TABLE number_before;
CREATE TRIGGER number_stays BEFORE UPDATE ON number BEGIN SELECT RAISE(ABORT, 'a number is never changed'); END;
CREATE TRIGGER number_kept BEFORE DELETE ON number BEGIN SELECT RAISE(ABORT, 'a number is never given twice'); END;
