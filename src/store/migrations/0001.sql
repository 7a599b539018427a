-- What was done. Nothing here is ever changed.
CREATE TABLE action (
  seq       INTEGER PRIMARY KEY,
  id        BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  thread    TEXT NOT NULL,
  kind      TEXT NOT NULL,
  target    BLOB CHECK (target IS NULL OR (length(target) = 16 AND kind IN ('undo', 'redo'))),
  canonical TEXT NOT NULL,
  digest    BLOB NOT NULL UNIQUE CHECK (length(digest) = 32)
) STRICT;
CREATE INDEX action_thread ON action (thread, seq);
CREATE INDEX action_target ON action (target, seq) WHERE target IS NOT NULL;

-- What was recorded. A closed fact (kept back by another desk, or redacted) has neither salt nor body.
CREATE TABLE fact (
  seq     INTEGER PRIMARY KEY,
  id      BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  action  INTEGER NOT NULL REFERENCES action (seq),
  place   INTEGER NOT NULL,
  kind    TEXT,
  subject BLOB CHECK (length(subject) = 16),
  digest  BLOB NOT NULL CHECK (length(digest) = 32),
  salt    BLOB CHECK (length(salt) = 32),
  packed  INTEGER NOT NULL DEFAULT 0 CHECK (packed IN (0, 1)),
  body    BLOB,
  UNIQUE (action, place),
  CHECK ((salt IS NULL) = (body IS NULL))
) STRICT;
CREATE INDEX fact_subject ON fact (subject, kind);
CREATE INDEX fact_kind ON fact (kind, action);

-- Which facts a fact replaces.
CREATE TABLE replaces (
  fact     INTEGER NOT NULL REFERENCES fact (seq),
  replaced BLOB NOT NULL CHECK (length(replaced) = 16),
  PRIMARY KEY (fact, replaced)
) STRICT, WITHOUT ROWID;
CREATE INDEX replaces_replaced ON replaces (replaced);

-- Which actions came in with which bundle: they live as long as one of those imports does.
CREATE TABLE brought (
  action BLOB NOT NULL REFERENCES action (id),
  import BLOB NOT NULL REFERENCES action (id),
  PRIMARY KEY (action, import)
) STRICT, WITHOUT ROWID;

-- The desk's own journal: a running digest over everything in the order it was recorded here.
CREATE TABLE journal (
  seq     INTEGER PRIMARY KEY REFERENCES action (seq),
  running BLOB NOT NULL CHECK (length(running) = 32)
) STRICT;

-- The short numbers people use, given once and never again.
CREATE TABLE number (
  kind   TEXT NOT NULL CHECK (kind IN ('article', 'claim', 'source', 'query', 'revision')),
  scope  BLOB NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  entity BLOB NOT NULL UNIQUE CHECK (length(entity) = 16),
  PRIMARY KEY (kind, scope, number)
) STRICT, WITHOUT ROWID;

-- Texts of revisions by their hash, most of them compressed with another one as dictionary.
CREATE TABLE content (
  digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
  bytes  INTEGER NOT NULL,
  base   BLOB REFERENCES content (digest),
  depth  INTEGER NOT NULL,
  packed BLOB
) STRICT;

-- Attached files and imported bytes by their hash.
CREATE TABLE blob (
  seq    INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
  bytes  BLOB
) STRICT;

-- What may change: drafts, settings, and what can be worked out again.
CREATE TABLE draft (
  article BLOB PRIMARY KEY, base BLOB NOT NULL, text TEXT NOT NULL, changes TEXT, at TEXT NOT NULL
) STRICT;
CREATE TABLE import_draft (id BLOB PRIMARY KEY, name TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE head (thread TEXT NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (thread, digest)) STRICT, WITHOUT ROWID;

-- Actions that stand: not undone, and not brought in only by imports that were undone.
CREATE VIEW standing_action AS
  SELECT a.* FROM action a
  WHERE COALESCE((SELECT u.kind FROM action u WHERE u.target = a.id ORDER BY u.seq DESC LIMIT 1), 'redo') = 'redo';
CREATE VIEW live_action AS
  SELECT a.* FROM standing_action a
  WHERE a.kind NOT IN ('undo', 'redo')
    AND (NOT EXISTS (SELECT 1 FROM brought b WHERE b.action = a.id)
      OR EXISTS (SELECT 1 FROM brought b JOIN standing_action i ON i.id = b.import WHERE b.action = a.id));

-- Facts that speak: of a live action, and not replaced by a fact of a live action.
CREATE VIEW live_fact AS
  SELECT f.*, a.thread FROM fact f JOIN live_action a ON a.seq = f.action
  WHERE NOT EXISTS (
    SELECT 1 FROM replaces r JOIN fact g ON g.seq = r.fact JOIN live_action b ON b.seq = g.action WHERE r.replaced = f.id);
CREATE VIEW live_revision AS SELECT * FROM live_fact WHERE kind = 'revision';
CREATE VIEW live_claim AS SELECT * FROM live_fact WHERE kind = 'claim';
CREATE VIEW live_source AS SELECT * FROM live_fact WHERE kind = 'source';
CREATE VIEW live_verdict AS SELECT * FROM live_fact WHERE kind = 'verdict';

-- Nothing recorded is changed or removed. A redaction may empty a fact, once it is itself recorded.
CREATE TRIGGER action_stays BEFORE UPDATE ON action BEGIN SELECT RAISE(ABORT, 'an action is never changed'); END;
CREATE TRIGGER action_kept BEFORE DELETE ON action BEGIN SELECT RAISE(ABORT, 'an action is never removed'); END;
CREATE TRIGGER fact_kept BEFORE DELETE ON fact BEGIN SELECT RAISE(ABORT, 'a fact is never removed'); END;
CREATE TRIGGER fact_stays BEFORE UPDATE ON fact
  WHEN NEW.body IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.seq IS NOT OLD.seq OR NEW.id IS NOT OLD.id
    OR NEW.action IS NOT OLD.action OR NEW.place IS NOT OLD.place OR NEW.kind IS NOT OLD.kind
    OR NEW.subject IS NOT OLD.subject OR NEW.digest IS NOT OLD.digest
    OR NOT EXISTS (SELECT 1 FROM fact r WHERE r.kind = 'redaction' AND r.subject = OLD.id)
  BEGIN SELECT RAISE(ABORT, 'a fact is never changed'); END;
CREATE TRIGGER replaces_stays BEFORE UPDATE ON replaces BEGIN SELECT RAISE(ABORT, 'a fact is never changed'); END;
CREATE TRIGGER replaces_kept BEFORE DELETE ON replaces BEGIN SELECT RAISE(ABORT, 'a fact is never changed'); END;
CREATE TRIGGER journal_stays BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER journal_kept BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER number_stays BEFORE UPDATE ON number BEGIN SELECT RAISE(ABORT, 'a number is never changed'); END;
CREATE TRIGGER number_kept BEFORE DELETE ON number BEGIN SELECT RAISE(ABORT, 'a number is never given twice'); END;
