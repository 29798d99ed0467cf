-- Words and names to search by. Words are those of crates/casebook/src/search/words.rs, folded, a
-- space between two: the tokenizer only takes them apart. Neither index keeps the text.

CREATE VIRTUAL TABLE document_words USING fts5 (
  title, text,
  content = '', contentless_delete = 1, tokenize = "ascii tokenchars '.'"
);

-- A statement's row is its document's number times 2^20, and its own.
CREATE VIRTUAL TABLE statement_words USING fts5 (
  text,
  content = '', contentless_delete = 1, tokenize = "ascii tokenchars '.'"
);

-- Each name once for the whole case, its words folded.
CREATE TABLE name (
  id INTEGER PRIMARY KEY,
  words TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE name_word (
  word TEXT NOT NULL,
  name INTEGER NOT NULL REFERENCES name (id),
  PRIMARY KEY (word, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX name_word_name ON name_word (name);

-- The names of a document's actors. A source without a name has the number of its statement, less
-- than 0, and its words.
CREATE TABLE actor_name (
  document INTEGER NOT NULL REFERENCES document (id),
  actor INTEGER NOT NULL,
  name INTEGER NOT NULL REFERENCES name (id),
  PRIMARY KEY (document, actor, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX actor_name_name ON actor_name (name, document, actor);

CREATE INDEX document_outlet ON document (outlet);
CREATE INDEX document_agency ON document (agency);
CREATE INDEX document_language ON document (language);
CREATE INDEX statement_act ON statement (act, document);
CREATE INDEX statement_polarity ON statement (polarity, document);

-- Times by their first day; those longer than a day, which are few, by their last too.
CREATE INDEX statement_said ON statement (said_first, document);
CREATE INDEX statement_said_long ON statement (said_last, said_first, document)
  WHERE said_last > said_first;
CREATE INDEX allegation_when ON allegation (when_first, document);
CREATE INDEX allegation_when_long ON allegation (when_last, when_first, document)
  WHERE when_last > when_first;
CREATE INDEX figure_when ON figure (when_first, document);
CREATE INDEX figure_when_long ON figure (when_last, when_first, document)
  WHERE when_last > when_first;
