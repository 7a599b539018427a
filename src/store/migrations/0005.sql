-- What stands in forms and was not sent off: a row for each form of each person. The claim is x'' where the form is about the
-- article, the person is x'' where nobody had said yet who works. Like all that may change, a row carries its own digest.
CREATE TABLE form_draft (
  article BLOB NOT NULL CHECK (length(article) = 16),
  claim   BLOB NOT NULL CHECK (length(claim) IN (0, 16)),
  form    TEXT NOT NULL,
  person  BLOB NOT NULL CHECK (length(person) IN (0, 16)),
  -- A JSON object of texts.
  fields  TEXT NOT NULL,
  at      TEXT NOT NULL,
  digest  BLOB,
  PRIMARY KEY (article, claim, form, person)
) STRICT;

-- How far the work on an article is, until when, and whose it is. What the state is called is up to the program: 0 checking,
-- 1 with the writer, 2 ready, 3 out, 4 none. due is the end of the deadline in milliseconds since 1970, and later than all
-- others where there is none.
ALTER TABLE current_article ADD COLUMN state INTEGER NOT NULL DEFAULT 4;
ALTER TABLE current_article ADD COLUMN deadline TEXT;
ALTER TABLE current_article ADD COLUMN due INTEGER NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE current_article ADD COLUMN assignee BLOB;
CREATE INDEX current_article_date ON current_article (date DESC, number);
CREATE INDEX current_article_due ON current_article (due, number);
CREATE INDEX current_article_state ON current_article (state, touched DESC, number);
CREATE INDEX current_article_assignee ON current_article (assignee, touched DESC, number) WHERE assignee IS NOT NULL;
CREATE INDEX current_article_asked ON current_article (touched DESC, number) WHERE open_queries > 0;

-- The tags and hashtags of each article's newest revision in small letters, to find it by; in tags as they are written, a
-- line each.
ALTER TABLE current_article ADD COLUMN tags TEXT NOT NULL DEFAULT '';
CREATE TABLE current_tag (
  tag TEXT NOT NULL, article BLOB NOT NULL, PRIMARY KEY (tag, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX current_tag_article ON current_tag (article);

-- Whether an article counts as verified, and the record of the policy it was held against; nothing where it is not worked out
-- yet. It says nothing under another policy, so a change of the policy changes no row. What is not worked out is found by
-- the policy, also where only the coverage is missing.
ALTER TABLE current_article ADD COLUMN verified INTEGER;
ALTER TABLE current_article ADD COLUMN policy BLOB;
CREATE INDEX current_article_policy ON current_article (policy);
DROP INDEX current_article_uncovered;

-- Whether a piece of evidence speaks of earlier words of its claim.
ALTER TABLE current_evidence ADD COLUMN earlier INTEGER NOT NULL DEFAULT 0;
