-- An undo or redo that came in with an import counts as long as that import stands. What others hang on (an import, or the
-- first action of several that are undone together) was done here, and is undone here alone.
DROP VIEW live_revision;
DROP VIEW live_claim;
DROP VIEW live_source;
DROP VIEW live_verdict;
DROP VIEW live_fact;
DROP VIEW live_action;
DROP VIEW standing_action;

CREATE VIEW standing_import AS
  SELECT i.* FROM action i
  WHERE NOT EXISTS (SELECT 1 FROM brought b WHERE b.action = i.id)
    AND COALESCE((SELECT u.kind FROM action u WHERE u.target = i.id
      AND NOT EXISTS (SELECT 1 FROM brought b WHERE b.action = u.id) ORDER BY u.seq DESC LIMIT 1), 'redo') = 'redo';
-- Actions that count: done here, or brought in by an import that stands.
CREATE VIEW counted_action AS
  SELECT a.* FROM action a
  WHERE NOT EXISTS (SELECT 1 FROM brought b WHERE b.action = a.id)
    OR EXISTS (SELECT 1 FROM brought b JOIN standing_import i ON i.id = b.import WHERE b.action = a.id);
CREATE VIEW standing_action AS
  SELECT a.* FROM action a
  WHERE COALESCE((SELECT u.kind FROM counted_action u WHERE u.target = a.id ORDER BY u.seq DESC LIMIT 1), 'redo') = 'redo';
CREATE VIEW live_action AS
  SELECT a.* FROM counted_action a
  WHERE a.kind NOT IN ('undo', 'redo')
    AND COALESCE((SELECT u.kind FROM counted_action u WHERE u.target = a.id ORDER BY u.seq DESC LIMIT 1), 'redo') = 'redo';
CREATE VIEW live_fact AS
  SELECT f.*, a.thread FROM fact f JOIN live_action a ON a.seq = f.action
  WHERE NOT EXISTS (
    SELECT 1 FROM replaces r JOIN fact g ON g.seq = r.fact JOIN live_action b ON b.seq = g.action
    WHERE r.replaced = f.id AND b.thread = a.thread);

-- A fact that came in closed may be opened once, by another bundle that tells it: the desk holds it against its digest. One
-- that was erased stays so.
DROP TRIGGER fact_stays;
CREATE TRIGGER fact_stays BEFORE UPDATE ON fact
  WHEN NEW.seq IS NOT OLD.seq OR NEW.id IS NOT OLD.id OR NEW.action IS NOT OLD.action OR NEW.place IS NOT OLD.place
    OR NEW.digest IS NOT OLD.digest
    OR CASE WHEN EXISTS (SELECT 1 FROM fact r WHERE r.kind = 'redaction' AND r.subject = OLD.id)
         THEN NEW.body IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.kind IS NOT OLD.kind OR NEW.subject IS NOT OLD.subject
         ELSE OLD.body IS NOT NULL OR NEW.body IS NULL END
  BEGIN SELECT RAISE(ABORT, 'a fact is never changed'); END;
