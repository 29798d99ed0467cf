//! The long help of every command: what `--help` and the manual pages say beyond the options.

mod review;
mod search;

pub(crate) use review::{CASE_REREAD, REVIEW, REVIEW_CORRECT, REVIEW_MORE};
pub(crate) use search::{SEARCH, SEARCH_MORE};

pub(crate) const ABOUT: &str = "Reads news reports and tells who said what about whom.";

pub(crate) const ABOUT_LONG: &str = "\
Reads news reports and tells who said what about whom.

Give it a story: it finds the statements with their sources, the denials that belong to them, the \
figures and whose they are, the legal steps and the dates. Everything it shows is attributed, and \
everything shows the words that it was read from. It runs on this machine alone: no network, no \
account.";

pub(crate) const FIRST_STEPS: &str = "\
Try it:
  onrecord read story.txt                       a page in this terminal
  onrecord read story.txt -f html -o page.html  the story beside its record, for a browser

`onrecord COMMAND --help` tells all about a command.";

pub(crate) const MORE: &str = "\
EXAMPLES
  onrecord read story.txt
      Show who says what in a story, as a page in the terminal.

  onrecord read archive/ --format jsonl --output archive.jsonl
      Read a folder of stories, a record a line.

  onrecord times story.txt
      Show when: each time expression with its date.

EXIT CODES
  0  everything was read (or is valid, or was written)
  1  something was not; standard error names each with its cause and way out
  2  the command was used wrongly; nothing was read

ENVIRONMENT
  NO_COLOR        no colours, where it is set and not empty
  CLICOLOR_FORCE  colours even where the output is no terminal

`onrecord man COMMAND` prints these pages in the form that man(1) reads.";

pub(crate) const PUBLISHED: &str = "\
The date of publication, as 2026-03-03 or 2026-03-03T09:30:00Z. It counts before what the documents \
say of themselves. Days such as \"on Thursday\" are counted from the date of publication: a story \
without one leaves them open.";

pub(crate) const DOMAIN: &str = "\
How the documents tell their times. News counts from the date of publication: \"on Thursday\" is the \
Thursday before it. A narrative counts along its own thread, each time from the one told before. \
Without this option, the text of each document decides.";

pub(crate) const MIN_CONFIDENCE: &str = "\
Leave out what is less sure than C, a number from 0 to 1: every item with a confidence below C and what \
rests on it (statements within a statement, figures and allegations that nobody else gives, times \
counted from a time, links, answers and checks that name any of these). What only names an item that \
went stays, without it. It holds for every format. The record is then partial: a \
notice in it says how much was left out, and the ids of the rest stay as they were.";

pub(crate) const READ: &str = "\
Read documents and show who says what about whom.

Takes plain text, HTML pages and JSON Lines. A folder is read with all folders in it, sorted by \
path; names that begin with a dot, links to folders and files of other kinds are passed over, and \
the run says how many. A file that is named itself is read whatever its name. Each line of a JSON \
Lines file is a document: `text` (or `html`) is the story; `title`, `published`, `byline`, `agency`, \
`outlet`, `url` and `language` are used where they are given.

A document that cannot be read is named on standard error with the cause and the way out; all others are \
still read. The formats json, jsonl and jsonld keep its place with an object {\"error\": {\"name\", \
\"kind\", \"says\"}}, the HTML page and the table of documents with its name and cause: nothing is \
lost without a word.";

pub(crate) const READ_MORE: &str = "\
EXAMPLES
  onrecord read story.txt
      A page in the terminal.

  onrecord read story.html --format html --output page.html
      One self-contained page: the story beside its record, each item linked
      to its words.

  curl -s https://news.example/story | onrecord read - --format json
      One record on standard output.

  onrecord read archive/ --format jsonl --output archive.jsonl --jobs 4
      A folder, a record a line.

  onrecord read archive/ --format csv --output tables/
      A folder as tables for a spreadsheet.

  onrecord read story.txt --min-confidence 0.8
      Only what is at least that sure.

FORMATS
  text    a page for the terminal, at most 100 columns wide
  json    one document gives its record, several an array of records, indented
  jsonl   a record a line, always; the form for programs
  html    one page that loads nothing; several documents get an index
  csv     a folder of tables, one file each, that --output names; a row
          carries the id of its document
  jsonld  JSON-LD: an object a line, always, or a file for each document where
          --output names a folder
  The output has the order of the input and is the same, byte for byte, for
  any number of jobs.

EXIT CODES
  0  all documents were read
  1  some were not, or the output could not be written
  2  the command was used wrongly; nothing was read
  A reader that closes the pipe (as head does) ends the run quietly, with 0
  where all was read until then.

CSV
  RFC 4180 in UTF-8: lines end with CR LF, the first holds the names of the
  columns, which stay the same. The tables: documents, notices, headings,
  times, actors, mentions, roles, relations, statements, contents, links,
  allegations, conduct, accused, victims, limits, responses, figures,
  proceedings, steps, checks. Each begins with the columns `document` and
  `file`; `start` and `end` are bytes of the document's text. A cell that a
  spreadsheet could take for a formula (it begins with = + - @, a tab or the
  end of a line) begins with an apostrophe that is not the document's.

JSON-LD
  Items have the IRI urn:sha256:HASH#ID, by the hash of the document's text.
  Every span is a W3C Web Annotation: its position in Unicode code points, and
  the words with those around them. PROV-O says what was made from what, and
  schema.org that a statement is a Claim of its source: never of Onrecord.
  The context is in every object; nothing is looked up.

ENVIRONMENT
  NO_COLOR        no colours, where it is set and not empty
  CLICOLOR_FORCE  colours even where the output is no terminal

FILES
  A folder that --output names (an existing one, or a name that ends with /;
  for csv any) is made where it is not there, and each file in it is written
  as follows; a file of the same name is replaced.
  The file of --output is written beside its place under a hidden name
  (.onrecord-*.part), synced and then renamed: it is there whole or not at
  all, and a file that stood there stays as it was until then. Where not one
  document could be read, nothing is written. A run that is killed can leave
  the hidden file. Devices and pipes such as /dev/null are written directly.
  A page of several documents is gathered in the folder for temporary files
  (TMPDIR) first.";

pub(crate) const TIMES: &str = "\
Find the time expressions of documents and tell their dates.

Each expression is shown with its words, its TIMEX3 type (DATE, TIME, DURATION or SET), its value and \
what the value was counted from: the date of publication, another expression, or nothing where the \
words say all of it. An expression whose date does not exist, or that has nothing to count from, is \
shown with no value.

Takes what `onrecord read` takes, in the same way: plain text, HTML pages, JSON Lines and folders of \
them. The times are those of the document's record.";

pub(crate) const TIMES_MORE: &str = "\
EXAMPLES
  onrecord times story.txt
      A table in the terminal, each time with the words around it.

  onrecord times - --published 2026-03-03 < story.txt
      The same for a story that does not say when it was published.

  onrecord times history.txt --domain narrative
      A text that tells its times along a thread of its own.

  onrecord times archive/ --format timeml --output marked/
      A folder of TimeML, a file for each document.

FORMATS
  table   for the terminal, at most 100 columns wide
  json    one document gives an object, several an array of them, indented:
          `made_by`, `document`, `domain` and `times`, as a record has them;
          `domain` is null for a language that no pack reads
  jsonl   an object a line, always; the form for programs
  timeml  TimeML 1.2.1: the text with a TIMEX3 element around each time
  html    one page that loads nothing; several documents get an index
  The output has the order of the input and is the same, byte for byte, for
  any number of jobs.

TIMEML
  A file holds one document. For several, --output names a folder: one that
  is there, or a name that ends with /, which is made. Each document is
  written to NAME.tml after its original (NAME-3.tml for the third line of
  NAME.jsonl); where another document of the run has taken the name, to
  NAME-2.tml. A file of that name that stood there is replaced.
  Each tid is the id that the time has in json; t0 is the date of publication
  and anchorTimeID what a time was counted from. An empty value says that
  there is none: of the time, or of t0 where the date is not known.
  TEXT holds the document's text and nothing else, carriage returns as &#13;.
  Characters that XML cannot hold (control characters, U+FFFE and U+FFFF)
  stand as U+FFFD, one for one, and standard error says how many.

EXIT CODES
  0  all documents were read
  1  some were not, or the output could not be written
  2  the command was used wrongly; nothing was written

ENVIRONMENT
  NO_COLOR        no colours, where it is set and not empty
  CLICOLOR_FORCE  colours even where the output is no terminal

FILES
  Every file is written whole or not at all, as `onrecord read --help`
  describes.";

pub(crate) const SHOW: &str = "\
Show records that were made before, without reading the stories again.

Takes what `onrecord read` wrote as json or jsonl. A record that breaks its contract is not shown; \
`onrecord validate` tells why.";

pub(crate) const SHOW_MORE: &str = "\
EXAMPLES
  onrecord show archive.jsonl
      Pages in the terminal.

  onrecord show record.json --format html --output page.html
      The page of a record.

  onrecord show archive.jsonl --format csv --output tables/
      Tables for a spreadsheet. `onrecord read --help` tells of the formats.

EXIT CODES
  0  all records were shown
  1  some could not be, or the output could not be written
  2  the command was used wrongly

ENVIRONMENT
  NO_COLOR        no colours, where it is set and not empty
  CLICOLOR_FORCE  colours even where the output is no terminal

FILES
  The file of --output is written whole or not at all, as `onrecord read --help` describes.";

pub(crate) const LAW: &str = "\
List the conduct that the law names, or show one kind of it.

The codes are those of the allegations of a record: an instrument, a colon, then article, paragraph \
and letter, Roman items behind another point. What is shown of a code: its short name, where it \
stands in its instrument, where that was published and since when it is in force, the codes that \
name the same conduct or conduct near to it, and words that lead to it when a story is read. The \
names are short; the law is what the article says.";

pub(crate) const LAW_MORE: &str = "\
EXAMPLES
  onrecord law
      All of it, by instrument.

  onrecord law rome-statute:8.2.b.ix
      One kind of conduct.

  onrecord law genocide-convention
      An instrument.

  onrecord law hospital
      Everything whose code, name or words hold this word; of several
      words, all.

FORMATS
  text  lines for the terminal
  json  one object for a code, an array of such objects for a list, indented

EXIT CODES
  0  it was shown
  1  no conduct is called so, or it could not be written
  2  there is no such code; standard error names those nearest to it";

pub(crate) const VALIDATE: &str = "\
Hold records against their contract.

Each breach is a line on standard output: the file (with # and the number of the record where it \
holds several), the place in the record as a JSON Pointer, and the cause. A span that is not the \
text's, an id that names nothing, an unknown field, a changed text: all are breaches. What `onrecord \
read` kept as an error is counted and is no breach.";

pub(crate) const VALIDATE_MORE: &str = "\
EXAMPLES
  onrecord validate archive.jsonl
  onrecord read story.txt -f json | onrecord validate -

EXIT CODES
  0  every record keeps the contract
  1  some record breaks it, or a file could not be read
  2  the command was used wrongly

SEE ALSO
  `onrecord schema` prints the shape of the contract; validate also checks
  what a schema cannot say.";

pub(crate) const SCHEMA: &str = "\
Print the JSON Schema of a record (draft 2020-12).

Every record that `onrecord read` writes keeps it. It says the shape; `onrecord validate` also holds \
the spans against the text and the ids against each other.";

pub(crate) const SCHEMA_MORE: &str = "\
EXAMPLES
  onrecord schema > record.schema.json

EXIT CODES
  0  it was printed
  1  it could not be written";

pub(crate) const COMPLETIONS: &str = "\
Print the completions for a shell, for the shell's own folder of completions.";

pub(crate) const COMPLETIONS_MORE: &str = "\
EXAMPLES
  onrecord completions bash > ~/.local/share/bash-completion/completions/onrecord
  onrecord completions fish > ~/.config/fish/completions/onrecord.fish
  onrecord completions zsh > ~/.zfunc/_onrecord

EXIT CODES
  0  they were printed
  1  they could not be written
  2  the shell is not known";

pub(crate) const MAN: &str = "\
Print the manual page of the program or of one command, in the form that man(1) reads.";

pub(crate) const MAN_MORE: &str = "\
EXAMPLES
  onrecord man | man -l -
      The page of the program.

  onrecord man read > ~/.local/share/man/man1/onrecord-read.1
      Keep the page of a command.

EXIT CODES
  0  it was printed
  1  it could not be written
  2  there is no such command";

pub(crate) const CASE: &str = "\
Keep documents in a case.

A case is a folder. It keeps every original as it came, for good, under its SHA-256; the record of each; \
and a ledger, an append-only log that proves when what was done and that nothing was changed since. \
One program writes to a case at a time, others read it meanwhile. A crash or a full disk loses nothing \
that was told as kept.";

pub(crate) const CASE_MORE: &str = "\
EXAMPLES
  onrecord case new harbour
      Make a case in the folder harbour.

  onrecord case add harbour stories/
      Take in a folder of stories. Run again, it takes what is new.

  onrecord case list harbour
      List the documents with their numbers.

  onrecord case show harbour d12
      Show the record of document 12.

  onrecord case remove harbour d12 --reason \"asked for by the source\"
      Remove it: original and record go, its entry in the ledger stays.

  onrecord case merge harbour e7 e31 --reason \"two spellings of one name\"
      Say that two entities are one. `case split` says that they are not.

  onrecord case reread harbour
      Read again what an older version read, and show what differs.

  onrecord case check harbour --sample 500
      Hold 500 originals, drawn at random, against their hashes.

EXIT CODES
  0  done
  1  something was not done or does not hold; standard error names each
  2  the command was used wrongly

ENVIRONMENT
  ONRECORD_BY  who acts, where --by does not say

The case's keys lie in its folder keys: whoever has them can sign in its name. Give the public key \
in case.toml to whoever is to verify the case.";

pub(crate) const CASE_ADD: &str = "\
Take documents in: keep the originals, read them, store their records.

Takes what `onrecord read` takes: files, folders, JSON Lines, standard input. What the case has already is \
not read again; where it comes under another name, that is kept. An original that cannot be read is kept \
all the same, with the reason. What was told as taken in lasts; a run that was stopped goes on where it \
was when it is started again. A document that was removed does not come back.";

pub(crate) const CASE_SHOW: &str = "\
Show a document's record in any format of `onrecord read`.

With --history it tells where the document came from, when and by whom it was taken in, and every \
reading of it. With --original it writes the original as it came, once it is held against its hash.";

pub(crate) const CASE_REMOVE: &str = "\
Remove a document: its records, its items and, where no other document lies in it, its original.

Its number, hash, name and the reason stay, and so do its entries in the ledger: that it was here can be \
shown, what it said cannot any more. Copies of the case that were made before still hold it.";

pub(crate) const CASE_MERGE: &str = "\
Make two entities one.

Actors of documents are taken for one entity by name, kind, title and whom their documents name besides; \
where that does not suffice, they stay apart. This says that two are one. It is an act of the ledger, \
with who says so and why, and binds what comes later: no document parts them again. The entity has the \
lesser of the two numbers.";

pub(crate) const CASE_MERGE_MORE: &str = "\
EXAMPLES
  onrecord case merge harbour e7 e31 --reason \"two spellings of one name\"

EXIT CODES
  0  done
  1  they are one already, or the case could not be written
  2  there is no such entity, or the command was used wrongly";

pub(crate) const CASE_SPLIT: &str = "\
Take actors of documents out of an entity, and make them an entity of their own.

For two of one name who were taken for one (d5:a3 is actor 3 of document 5), and to undo a merge (e9 is an \
entity that was made one with this). It is an act of the ledger, with who says so and why, and binds what \
comes later: only a merge by hand makes them one again.";

pub(crate) const CASE_SPLIT_MORE: &str = "\
EXAMPLES
  onrecord case split harbour e7 d5:a3 d9:a1 --reason \"his son\"

EXIT CODES
  0  done
  1  nothing of the entity would stay, or the case could not be written
  2  there is no such entity or part of it, or the command was used wrongly";

pub(crate) const CASE_CHECK: &str = "\
Hold every original against its hash, and the store against itself.

Names what is missing, changed or not known to the case. With --sample N it takes N originals, drawn at \
random. `onrecord verify` proves the ledger as well.";

pub(crate) const TIMELINE: &str = "\
Show what the documents of a case date, day by day.

When conduct is alleged to have happened, what figures count, legal steps, and when statements were made; \
each with its document and item (d5:s3) and the words that it was read from. What has no day is not in it.";

pub(crate) const FIGURES: &str = "\
Show the figures of a case: all numbers for one quantity together, whose they are and what they count.

Figures that count the same of one event are a series, whatever document they stand in; the rest stands by \
what it counts. Numbers that differ stand side by side. Nothing is added up or averaged; copies of one story \
stand as one and count as one report. At the end stands what does not agree across documents, as a toll \
that falls.";

pub(crate) const PROCEEDINGS: &str = "\
Show the proceedings of a case: by what, against whom, before which court; their steps by day from all \
documents, and where they stand.

Proceedings of several documents are one where court, subject and instrument are. With --as-of DATE it \
leaves out the steps of later days. A step that no document dates counts from the day of the report. At \
the end stands what does not agree across documents, as a withdrawal of what no one applied for.";

pub(crate) const ACTORS: &str = "\
Show who is named in a case, with the roles that documents give them, how much they say and how often \
they are accused.

Actors of documents are one by name, kind, title and whom their documents name besides; `onrecord case \
merge` and `onrecord case split` set it right. Whoever has no name in a document is not in it.";

pub(crate) const ALLEGATIONS: &str = "\
Show the allegations of a case, by whom they are against: the conduct, who alleges it, who answers and \
how, and how far it has come.

Who is accused of something is in this view; whether it is so, nothing in it says.";

pub(crate) const VIEWS_MORE: &str = "\
EXAMPLES
  onrecord timeline harbour --from 2026-02-01 --to 2026-03-31
      What happened in two months.

  onrecord figures harbour --counted killed --format html --output killed.html
      All numbers of people killed, a page for a browser.

  onrecord proceedings harbour --as-of 2026-01-01
      Where proceedings stood that day.

  onrecord allegations harbour --accused \"River League\" --format csv
      One row each, for a spreadsheet.

FORMATS
  text     a page for the terminal
  html     one page that loads nothing
  csv      one table; a cell that a spreadsheet could take for a formula
           begins with an apostrophe
  jsonl    a row a line
  parquet  one file, where the program was built with it:
           cargo install --path crates/cli --features parquet

EXIT CODES
  0  it was shown
  1  the case cannot be read or the output cannot be written
  2  the command was used wrongly";

pub(crate) const DOSSIER: &str = "\
Make a dossier: statements of a case, each with who said it, its answers beneath, also those that other \
documents give, and its passage.

A page (.html) is for reading and printing. An archive (.zip) holds the page, every original and record \
behind it, and the acts that took them in and read them, each with the proof that the ledger committed to it. \
`onrecord verify` holds all of it against the case's public key, anywhere and offline. The archive never \
holds the private key. Making a dossier is an act in the ledger.";

pub(crate) const DOSSIER_MORE: &str = "\
EXAMPLES
  onrecord dossier harbour --accused \"army of Kesh\" --output kesh.zip
      What is alleged against somebody, with the answers, and the proofs.

  onrecord dossier harbour --speaker \"Mara Lind\" --output lind.html
      What somebody said, to read and print.

  onrecord dossier harbour --query 'clinic act:deny' --output clinic.zip
      What a query of `onrecord search` finds.

EXIT CODES
  0  it was made
  1  nothing fits, or something of it is damaged; nothing was made
  2  the command was used wrongly

SEE ALSO
  README.md in the archive tells how it is verified, also by hand, what that
  proves and what it does not.";

pub(crate) const VERIFY: &str = "\
Tell what of a case or a dossier holds and, when not, exactly which file, bytes and entry do not.

Of a case: the signature of its checkpoint, every tile and entry of its ledger, that earlier checkpoints \
are continued, every act against its entry, every row of the store against its act, every record and \
original against its hash. Of a dossier: its proofs, every file against what the export committed to, \
documents against their acts, the page's passages against the records.

It proves that these bytes were there when the checkpoint was signed. It does not prove that a site \
published them, or that they are true, or that nothing was left out.";

pub(crate) const VERIFY_KEY: &str = "\
The public key that the case's keeper gave out, or a file that holds it. Without it, the key that lies \
beside what is verified is taken: this shows that it agrees with itself, and not whose it is.";

pub(crate) const VERIFY_MORE: &str = "\
EXAMPLES
  onrecord verify harbour --key onrecord-case/1f…+a1b2c3d4+AY…
      A case, with the key from its keeper.

  onrecord verify kesh.zip --key key.txt
      A dossier, with the key in a file.

  onrecord verify harbour --exported kesh.html
      That a page or an export is what this case wrote, when and by whom.

  onrecord verify harbour --ledger
      Only that its acts are those that were signed: quick, for every day.

  onrecord verify harbour --deep --root tsa.pem
      Also the tables of items, and time stamps that lead to a certificate.

EXIT CODES
  0  all holds
  1  something does not; standard error names each place
  2  the command was used wrongly, or this is neither a case nor a dossier";

pub(crate) const CASE_EXPORT: &str = "\
Write a case or a part of it in a form for other programs.

  ftm      entities of FollowTheMoney, a JSON object a line. That somebody
           is accused is a link with that role: no entity gets a topic
  esf      a folder of CSV tables in the shape of HURIDOCS' Events Standard
           Formats: event, act, person, involvement, information
  csv      a folder of tables: timeline, statements, allegations, figures,
           proceedings, actors, and findings: what does not agree
  jsonl    the same rows, an object a line
  parquet  the same tables as Parquet files, where the program was built
           with it: cargo install --path crates/cli --features parquet

Every row names its document and item and has its words. The export is an act in the ledger, with what \
was asked for and the hash of what was written. Nothing of the folder keys is in any export.";

pub(crate) const CASE_STAMP: &str = "\
Take in a time stamp over the newest checkpoint of the ledger, or an earlier one.

To get one, send the text of ledger/checkpoint (its lines up to the empty one) to an authority:
  openssl ts -query -data text -sha256 -cert -out query.tsq
The stamp is verified before it is kept; `onrecord verify` verifies it again.";

pub(crate) const CASE_COSIGN: &str = "\
Take in a witness's cosignature of the newest checkpoint of the ledger, or an earlier one.

The witness's answer is its signature line, or the whole note with it. It is verified before it is kept; \
`onrecord verify --witness KEY` verifies it again.";
