-- Documents, readings, acts, and the items of current records.
-- Numbers of items count from 1 as their ids do: statement 3 of a document is its s3.
-- Days are ISO dates: the first and the last that a value can mean.

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
  id INTEGER PRIMARY KEY,
  salt BLOB NOT NULL CHECK (length(salt) = 32),
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  original BLOB NOT NULL CHECK (length(original) = 32),
  part INTEGER NOT NULL,
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  given TEXT NOT NULL,
  title TEXT,
  outlet TEXT,
  agency TEXT,
  published TEXT,
  language TEXT,
  reading INTEGER REFERENCES reading (id) DEFERRABLE INITIALLY DEFERRED,
  removed_by INTEGER REFERENCES entry (id),
  removed TEXT,
  UNIQUE (original, part)
) STRICT;

CREATE INDEX document_name ON document (name);
CREATE INDEX document_published ON document (published);
CREATE INDEX document_removed_by ON document (removed_by) WHERE removed_by IS NOT NULL;

CREATE TABLE sighting (
  document INTEGER NOT NULL REFERENCES document (id),
  name TEXT NOT NULL,
  entry INTEGER NOT NULL REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (document, name)
) STRICT, WITHOUT ROWID;

-- An act comes behind the rows that name it: each new act asks who does.
CREATE INDEX sighting_entry ON sighting (entry);

-- The record is its JSON, deflated.
CREATE TABLE reading (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (id),
  made_by TEXT NOT NULL,
  sha256 BLOB CHECK (length(sha256) = 32),
  record BLOB,
  failure_kind TEXT,
  failure_says TEXT,
  entry INTEGER NOT NULL REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX reading_document ON reading (document);
CREATE INDEX reading_entry ON reading (entry);

CREATE TABLE actor (
  document INTEGER NOT NULL REFERENCES document (id),
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (document, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE statement (
  document INTEGER NOT NULL REFERENCES document (id),
  id INTEGER NOT NULL,
  act TEXT NOT NULL,
  polarity TEXT NOT NULL,
  source_kind TEXT NOT NULL,
  source INTEGER,
  said_first TEXT,
  said_last TEXT,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  confidence REAL NOT NULL,
  PRIMARY KEY (document, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE allegation (
  document INTEGER NOT NULL REFERENCES document (id),
  id INTEGER NOT NULL,
  standing TEXT NOT NULL,
  when_first TEXT,
  when_last TEXT,
  PRIMARY KEY (document, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE allegation_conduct (
  document INTEGER NOT NULL,
  allegation INTEGER NOT NULL,
  taxon TEXT NOT NULL,
  PRIMARY KEY (document, allegation, taxon),
  FOREIGN KEY (document, allegation) REFERENCES allegation (document, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX allegation_conduct_taxon ON allegation_conduct (taxon);

CREATE TABLE accused (
  document INTEGER NOT NULL,
  allegation INTEGER NOT NULL,
  actor INTEGER NOT NULL,
  degree TEXT,
  PRIMARY KEY (document, allegation, actor),
  FOREIGN KEY (document, allegation) REFERENCES allegation (document, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE allegation_by (
  document INTEGER NOT NULL,
  allegation INTEGER NOT NULL,
  statement INTEGER NOT NULL,
  PRIMARY KEY (document, allegation, statement),
  FOREIGN KEY (document, allegation) REFERENCES allegation (document, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE response (
  document INTEGER NOT NULL,
  allegation INTEGER NOT NULL,
  statement INTEGER NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (document, allegation, statement, kind),
  FOREIGN KEY (document, allegation) REFERENCES allegation (document, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE figure (
  document INTEGER NOT NULL REFERENCES document (id),
  id INTEGER NOT NULL,
  counted TEXT NOT NULL,
  low REAL,
  high REAL,
  approximate INTEGER NOT NULL,
  source_kind TEXT NOT NULL,
  source INTEGER,
  statement INTEGER,
  part_of INTEGER,
  when_first TEXT,
  when_last TEXT,
  PRIMARY KEY (document, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX figure_counted ON figure (counted);

CREATE TABLE proceeding (
  document INTEGER NOT NULL REFERENCES document (id),
  id INTEGER NOT NULL,
  instrument TEXT NOT NULL,
  forum INTEGER,
  subject INTEGER,
  state TEXT NOT NULL,
  PRIMARY KEY (document, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE step (
  document INTEGER NOT NULL,
  proceeding INTEGER NOT NULL,
  id INTEGER NOT NULL,
  step TEXT NOT NULL,
  on_first TEXT,
  on_last TEXT,
  reason TEXT,
  PRIMARY KEY (document, proceeding, id),
  FOREIGN KEY (document, proceeding) REFERENCES proceeding (document, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE link (
  document INTEGER NOT NULL REFERENCES document (id),
  source INTEGER NOT NULL,
  target INTEGER NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (document, source, target, kind)
) STRICT, WITHOUT ROWID;
