-- What belongs together across documents, and what is kept of each to find it.

CREATE TABLE joined (
  document INTEGER PRIMARY KEY REFERENCES document (id)
) STRICT;

-- Copies: a sketch of each text, and who meets in which band.
CREATE TABLE sketch (
  document INTEGER PRIMARY KEY REFERENCES document (id),
  bands BLOB NOT NULL,
  least BLOB NOT NULL,
  marks BLOB NOT NULL,
  shingles INTEGER NOT NULL
) STRICT;

CREATE TABLE band (
  band INTEGER NOT NULL,
  document INTEGER NOT NULL,
  PRIMARY KEY (band, document)
) STRICT, WITHOUT ROWID;

-- Wholes of parts that belong together: copies (1), tellings (2), series (3). Ties, both ways round,
-- are why they do. What stands alone has no row. The part of a document that is a copy is 0.
CREATE TABLE whole (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind INTEGER NOT NULL,
  parts INTEGER NOT NULL
) STRICT;

CREATE TABLE part (
  kind INTEGER NOT NULL,
  document INTEGER NOT NULL REFERENCES document (id),
  item INTEGER NOT NULL,
  whole INTEGER NOT NULL REFERENCES whole (id),
  PRIMARY KEY (kind, document, item)
) STRICT, WITHOUT ROWID;

CREATE INDEX part_whole ON part (whole, document, item);

CREATE TABLE tie (
  kind INTEGER NOT NULL,
  document INTEGER NOT NULL,
  item INTEGER NOT NULL,
  other_document INTEGER NOT NULL,
  other_item INTEGER NOT NULL,
  PRIMARY KEY (kind, document, item, other_document, other_item)
) STRICT, WITHOUT ROWID;

-- Entities: those of one name each, and by `root` which of them are one.
CREATE TABLE entity (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  root INTEGER NOT NULL,
  key TEXT NOT NULL,
  last TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  documents INTEGER NOT NULL
) STRICT;

CREATE INDEX entity_key ON entity (key, documents DESC, id);
CREATE INDEX entity_last ON entity (last);
CREATE INDEX entity_root ON entity (root);

-- What documents say of an entity, with how many actors say so: its kind (1), its name (2), other
-- names (3).
CREATE TABLE entity_said (
  entity INTEGER NOT NULL,
  what INTEGER NOT NULL,
  value TEXT NOT NULL,
  actors INTEGER NOT NULL,
  PRIMARY KEY (entity, what, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE entity_word (
  word TEXT NOT NULL,
  entity INTEGER NOT NULL,
  PRIMARY KEY (word, entity)
) STRICT, WITHOUT ROWID;

CREATE TABLE known (
  document INTEGER NOT NULL REFERENCES document (id),
  actor INTEGER NOT NULL,
  entity INTEGER NOT NULL REFERENCES entity (id),
  PRIMARY KEY (document, actor)
) STRICT, WITHOUT ROWID;

CREATE INDEX known_entity ON known (entity, document, actor);

CREATE TABLE alias (
  document INTEGER NOT NULL REFERENCES document (id),
  actor INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (document, actor, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE title (
  document INTEGER NOT NULL REFERENCES document (id),
  actor INTEGER NOT NULL,
  title TEXT NOT NULL,
  of TEXT NOT NULL,
  PRIMARY KEY (document, actor, title, of)
) STRICT, WITHOUT ROWID;

-- Two entities are one: as an actor of a document shows, or as somebody ruled by an act.
CREATE TABLE same (
  document INTEGER NOT NULL REFERENCES document (id),
  actor INTEGER NOT NULL,
  entity INTEGER NOT NULL REFERENCES entity (id),
  other INTEGER NOT NULL REFERENCES entity (id),
  PRIMARY KEY (document, actor, entity, other)
) STRICT, WITHOUT ROWID;

CREATE INDEX same_entity ON same (entity, other);
CREATE INDEX same_other ON same (other);

CREATE TABLE ruling (
  entry INTEGER NOT NULL REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED,
  entity INTEGER NOT NULL REFERENCES entity (id),
  other INTEGER NOT NULL REFERENCES entity (id),
  is_one INTEGER NOT NULL,
  PRIMARY KEY (entry, entity, other)
) STRICT, WITHOUT ROWID;

CREATE INDEX ruling_entity ON ruling (entity);
CREATE INDEX ruling_other ON ruling (other);

-- Whom an actor of a document was ruled to be. By name: a new reading may number actors anew.
CREATE TABLE pin (
  document INTEGER NOT NULL REFERENCES document (id),
  key TEXT NOT NULL,
  entity INTEGER NOT NULL REFERENCES entity (id),
  entry INTEGER NOT NULL REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (document, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX pin_entry ON pin (entry);

-- What is kept of statements: who speaks (0 is somebody without a name), when it can have been said,
-- the least hashes of its words.
CREATE TABLE spoken (
  document INTEGER NOT NULL REFERENCES document (id),
  statement INTEGER NOT NULL,
  entity INTEGER NOT NULL,
  act TEXT NOT NULL,
  affirmed INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  dated INTEGER NOT NULL,
  words BLOB NOT NULL,
  PRIMARY KEY (document, statement)
) STRICT, WITHOUT ROWID;

CREATE INDEX spoken_entity ON spoken (entity, first);

-- Answers to accusations of other documents.
CREATE TABLE answer (
  document INTEGER NOT NULL REFERENCES document (id),
  statement INTEGER NOT NULL,
  other_document INTEGER NOT NULL REFERENCES document (id),
  other_statement INTEGER NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (document, statement, other_document, other_statement)
) STRICT, WITHOUT ROWID;

CREATE INDEX answer_other ON answer (other_document, other_statement);

-- Whom statements charge, among those known by name.
CREATE TABLE charged (
  document INTEGER NOT NULL REFERENCES document (id),
  statement INTEGER NOT NULL,
  entity INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (document, statement, entity)
) STRICT, WITHOUT ROWID;

CREATE INDEX charged_entity ON charged (entity, first);

-- What is kept of figures: days are numbered from 1970, 0 is not known.
CREATE TABLE quantity (
  document INTEGER NOT NULL REFERENCES document (id),
  figure INTEGER NOT NULL,
  counted TEXT NOT NULL,
  is_part INTEGER NOT NULL,
  of TEXT NOT NULL,
  place TEXT NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  as_of TEXT,
  PRIMARY KEY (document, figure)
) STRICT, WITHOUT ROWID;

CREATE INDEX quantity_place ON quantity (counted, place);
CREATE INDEX quantity_first ON quantity (counted, first);

CREATE TABLE docket (
  document INTEGER NOT NULL REFERENCES document (id),
  proceeding INTEGER NOT NULL,
  forum INTEGER NOT NULL,
  subject INTEGER NOT NULL,
  PRIMARY KEY (document, proceeding)
) STRICT, WITHOUT ROWID;

CREATE INDEX docket_subject ON docket (subject);

-- What points to a row that comes or goes is looked for by these, not through whole tables.
CREATE INDEX pin_entity ON pin (entity);
CREATE INDEX entity_word_entity ON entity_word (entity);
