-- A claim whose verdict holds is open too while the sentence around it is not the one the verdict was given in, if the
-- desk's requirements ask for that. Whether they do is written into the row. context is the number of such claims of an
-- article.
DROP INDEX current_claim_open;
ALTER TABLE current_claim DROP COLUMN open;
ALTER TABLE current_claim ADD COLUMN context_open INTEGER NOT NULL DEFAULT 0;
ALTER TABLE current_claim ADD COLUMN open INTEGER NOT NULL
  GENERATED ALWAYS AS (standing <> 'checked' OR open_queries > 0 OR context_open > 0) VIRTUAL;
CREATE INDEX current_claim_open ON current_claim (open DESC, number);
CREATE INDEX current_claim_context ON current_claim (article, number) WHERE context_changed > 0;

DROP INDEX current_article_open;
ALTER TABLE current_article DROP COLUMN open;
ALTER TABLE current_article ADD COLUMN context INTEGER NOT NULL DEFAULT 0;
ALTER TABLE current_article ADD COLUMN open INTEGER NOT NULL
  GENERATED ALWAYS AS (unchecked + stale + orphaned + open_queries + context) VIRTUAL;
CREATE INDEX current_article_open ON current_article (open DESC, number);
CREATE INDEX current_article_context ON current_article (touched DESC, number) WHERE context > 0;
