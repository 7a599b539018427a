-- The order of actions is a column of its own, so that a desk that several people share can order them alike everywhere.
-- `place` is 2^62 + seq until a shared desk gives another. It has no default: an older program that still has the desk
-- open fails here, instead of adding rows that no list shows. Foreign keys are off while this runs.
DROP VIEW live_fact;
DROP VIEW live_action;
DROP VIEW standing_action;
DROP VIEW counted_action;
DROP VIEW standing_import;
DROP TRIGGER fact_stays;

CREATE TABLE placed (
  seq       INTEGER PRIMARY KEY,
  place     INTEGER NOT NULL UNIQUE,
  id        BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  thread    TEXT NOT NULL,
  kind      TEXT NOT NULL,
  target    BLOB CHECK (target IS NULL OR (length(target) = 16 AND kind IN ('undo', 'redo'))),
  canonical TEXT NOT NULL,
  digest    BLOB NOT NULL UNIQUE CHECK (length(digest) = 32)
) STRICT;
INSERT INTO placed (seq, place, id, thread, kind, target, canonical, digest)
  SELECT seq, 4611686018427387904 + seq, id, thread, kind, target, canonical, digest FROM action ORDER BY seq;
DROP TABLE action;
ALTER TABLE placed RENAME TO action;
CREATE INDEX action_thread ON action (thread, place);
CREATE INDEX action_target ON action (target, place) WHERE target IS NOT NULL;

-- Where a fact stands within its action.
ALTER TABLE fact RENAME COLUMN place TO nth;
CREATE INDEX fact_closed ON fact (id) WHERE body IS NULL;
CREATE INDEX brought_import ON brought (import, action);

CREATE VIEW standing_import AS
  SELECT i.* FROM action i
  WHERE NOT EXISTS (SELECT 1 FROM brought b WHERE b.action = i.id)
    AND COALESCE((SELECT u.kind FROM action u WHERE u.target = i.id
      AND NOT EXISTS (SELECT 1 FROM brought b WHERE b.action = u.id) ORDER BY u.place DESC LIMIT 1), 'redo') = 'redo';
CREATE VIEW counted_action AS
  SELECT a.* FROM action a
  WHERE NOT EXISTS (SELECT 1 FROM brought b WHERE b.action = a.id)
    OR EXISTS (SELECT 1 FROM brought b JOIN standing_import i ON i.id = b.import WHERE b.action = a.id);
CREATE VIEW standing_action AS
  SELECT a.* FROM action a
  WHERE COALESCE((SELECT u.kind FROM counted_action u WHERE u.target = a.id ORDER BY u.place DESC LIMIT 1), 'redo') = 'redo';
CREATE VIEW live_action AS
  SELECT a.* FROM counted_action a
  WHERE a.kind NOT IN ('undo', 'redo')
    AND COALESCE((SELECT u.kind FROM counted_action u WHERE u.target = a.id ORDER BY u.place DESC LIMIT 1), 'redo') = 'redo';
CREATE VIEW live_fact AS
  SELECT f.*, a.thread, a.place FROM fact f JOIN live_action a ON a.seq = f.action
  WHERE NOT EXISTS (
    SELECT 1 FROM replaces r JOIN fact g ON g.seq = r.fact JOIN live_action b ON b.seq = g.action
    WHERE r.replaced = f.id AND b.thread = a.thread);

-- Nothing recorded is changed or removed. Only an action's place may change.
CREATE TRIGGER action_stays BEFORE UPDATE ON action
  WHEN NEW.seq IS NOT OLD.seq OR NEW.id IS NOT OLD.id OR NEW.thread IS NOT OLD.thread OR NEW.kind IS NOT OLD.kind
    OR NEW.target IS NOT OLD.target OR NEW.canonical IS NOT OLD.canonical OR NEW.digest IS NOT OLD.digest
  BEGIN SELECT RAISE(ABORT, 'an action is never changed'); END;
CREATE TRIGGER action_kept BEFORE DELETE ON action BEGIN SELECT RAISE(ABORT, 'an action is never removed'); END;
CREATE TRIGGER fact_stays BEFORE UPDATE ON fact
  WHEN NEW.seq IS NOT OLD.seq OR NEW.id IS NOT OLD.id OR NEW.action IS NOT OLD.action OR NEW.nth IS NOT OLD.nth
    OR NEW.digest IS NOT OLD.digest
    OR CASE WHEN EXISTS (SELECT 1 FROM fact r WHERE r.kind = 'redaction' AND r.subject = OLD.id)
         THEN NEW.body IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.kind IS NOT OLD.kind OR NEW.subject IS NOT OLD.subject
         ELSE OLD.body IS NOT NULL OR NEW.body IS NULL END
  BEGIN SELECT RAISE(ABORT, 'a fact is never changed'); END;

-- What is current: worked out from the log by the rules of `desk`, written in the transaction that changes it, never the
-- truth. `check` holds these tables against the log, and `check --rebuild` makes them anew.

-- The newest action, by seq, that can have changed what a thread amounts to.
CREATE TABLE current_thread (thread TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX current_thread_seq ON current_thread (seq);

CREATE TABLE current_person (
  person BLOB PRIMARY KEY, name TEXT NOT NULL, initials TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX current_person_name ON current_person (name);

-- The fact that says what a scale is; of the policy the scale is x''.
CREATE TABLE current_rule (scale BLOB PRIMARY KEY, fact INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE current_article (
  id            INTEGER PRIMARY KEY,
  article       BLOB NOT NULL UNIQUE,
  number        INTEGER NOT NULL,
  headline      TEXT NOT NULL,
  sort          TEXT NOT NULL,
  outlet        TEXT,
  date          TEXT,
  archived      INTEGER NOT NULL,
  touched       INTEGER NOT NULL,
  touched_by    BLOB NOT NULL,
  revision      BLOB NOT NULL,
  text          BLOB NOT NULL,
  revision_number INTEGER NOT NULL,
  revisions     INTEGER NOT NULL,
  original      BLOB,
  claims        INTEGER NOT NULL,
  unchecked     INTEGER NOT NULL,
  checked       INTEGER NOT NULL,
  stale         INTEGER NOT NULL,
  orphaned      INTEGER NOT NULL,
  open_queries  INTEGER NOT NULL,
  coverage      INTEGER,
  open          INTEGER NOT NULL GENERATED ALWAYS AS (unchecked + stale + orphaned + open_queries) VIRTUAL
) STRICT;
CREATE INDEX current_article_number ON current_article (number);
CREATE INDEX current_article_touched ON current_article (touched DESC, number);
CREATE INDEX current_article_sort ON current_article (sort, number);
CREATE INDEX current_article_open ON current_article (open DESC, number);
CREATE INDEX current_article_original ON current_article (original) WHERE original IS NOT NULL;
CREATE INDEX current_article_archived ON current_article (archived, touched DESC, number);

-- Claims that were not retracted, of articles that were not undone. Spans are in code points.
CREATE TABLE current_claim (
  id              INTEGER PRIMARY KEY,
  claim           BLOB NOT NULL UNIQUE,
  article         BLOB NOT NULL,
  number          INTEGER NOT NULL,
  words           TEXT,
  assertion       TEXT,
  kind            TEXT,
  claimant        TEXT,
  risk            TEXT NOT NULL,
  assignee        BLOB,
  spans           TEXT NOT NULL,
  placement       TEXT NOT NULL,
  standing        TEXT NOT NULL,
  context_changed INTEGER NOT NULL,
  reasons         TEXT NOT NULL,
  verdict         BLOB,
  evidence        INTEGER NOT NULL,
  open_queries    INTEGER NOT NULL,
  touched         INTEGER NOT NULL,
  open            INTEGER NOT NULL GENERATED ALWAYS AS (standing <> 'checked' OR open_queries > 0) VIRTUAL
) STRICT;
CREATE INDEX current_claim_article ON current_claim (article, standing);
CREATE INDEX current_claim_number ON current_claim (number);
CREATE INDEX current_claim_touched ON current_claim (touched DESC, number);
CREATE INDEX current_claim_standing ON current_claim (standing, number);
CREATE INDEX current_claim_open ON current_claim (open DESC, number);
CREATE INDEX current_claim_assignee ON current_claim (assignee, number) WHERE assignee IS NOT NULL;

-- Queries of articles that were not undone.
CREATE TABLE current_query (
  query BLOB PRIMARY KEY, article BLOB NOT NULL, claim BLOB, number INTEGER NOT NULL, open INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX current_query_article ON current_query (article, open);

-- Evidence that was not retracted, of the claims above.
CREATE TABLE current_evidence (
  evidence BLOB PRIMARY KEY, article BLOB NOT NULL, claim BLOB NOT NULL, source BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX current_evidence_claim ON current_evidence (claim);
CREATE INDEX current_evidence_source ON current_evidence (source, article);
CREATE INDEX current_evidence_article ON current_evidence (article);

CREATE TABLE current_source (
  id      INTEGER PRIMARY KEY,
  source  BLOB NOT NULL UNIQUE,
  number  INTEGER NOT NULL,
  title   TEXT NOT NULL,
  sort    TEXT NOT NULL,
  words   TEXT NOT NULL,
  same    TEXT NOT NULL,
  touched INTEGER NOT NULL,
  uses    INTEGER NOT NULL
) STRICT;
CREATE INDEX current_source_number ON current_source (number);
CREATE INDEX current_source_sort ON current_source (sort, number);
CREATE INDEX current_source_touched ON current_source (touched DESC, number);
CREATE INDEX current_source_uses ON current_source (uses DESC, number);
CREATE INDEX current_source_same ON current_source (same);

-- Which facts name which texts and files, undone ones among them.
CREATE TABLE current_holding (digest BLOB NOT NULL, fact INTEGER NOT NULL, PRIMARY KEY (digest, fact)) STRICT, WITHOUT ROWID;

-- The words articles, claims and sources are found by. Its rowid is four times their id, and 0, 1 or 2.
CREATE VIRTUAL TABLE current_words USING fts5(article, claim, source, content='', contentless_delete=1, tokenize='trigram');

-- What undo and redo go back and forth over: actions that were done here and can be undone. `undone` is the place of the
-- undo that was done last; nothing where the action stands. A new action removes what was undone before it.
CREATE TABLE current_step (action INTEGER PRIMARY KEY, undone INTEGER) STRICT;
CREATE INDEX current_step_undone ON current_step (undone, action);

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
