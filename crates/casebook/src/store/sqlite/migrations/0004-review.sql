-- What is doubtful in current records, and what reviewers decided.
-- A place is an item's kind, its bytes in the text, and which of those in the same bytes it is.

CREATE TABLE doubt (
  document INTEGER NOT NULL REFERENCES document (id),
  kind TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  words TEXT NOT NULL,
  weight REAL NOT NULL,
  PRIMARY KEY (document, kind, start, "end", turn)
) STRICT, WITHOUT ROWID;

CREATE INDEX doubt_weight ON doubt (weight);

CREATE TABLE review (
  entry INTEGER PRIMARY KEY REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED,
  document INTEGER NOT NULL REFERENCES document (id),
  reading INTEGER NOT NULL REFERENCES reading (id),
  kind TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  words TEXT NOT NULL,
  item TEXT NOT NULL,
  by TEXT NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('accept', 'correct', 'reject')),
  changes TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  reason TEXT NOT NULL,
  is_blind INTEGER NOT NULL
) STRICT;

CREATE INDEX review_place ON review (document, kind, start, "end", turn, by);
