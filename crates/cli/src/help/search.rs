//! The long help of `onrecord search`.

pub(crate) const SEARCH: &str = "\
Search the documents of a case and what was read of them.

Words are looked for in title and text, whatever their case and accents; a document has to have all of \
them. Words in quotation marks stand in a row, a star ends a word that may go on (minist*), NOT stands \
before what must not be there, OR between words of which one is enough, parentheses hold together. No \
word is cut to a stem: look for deni* to find denied and denies. Chinese, Japanese, Korean, Thai, Lao, \
Khmer and Burmese are found by any characters in a row.

Filters ask for statements, allegations and figures. Those on one kind have to be met by the same item: \
speaker:ministry act:deny finds what the ministry denies. Where a statement and an allegation or a figure \
are asked for, the allegation or figure is found that is made in such a statement. Of several values \
behind a colon, with commas between, one is enough; NOT before a filter asks for items that do not meet \
it. Names are met by all their words, in any order.";

pub(crate) const SEARCH_MORE: &str = "\
EXAMPLES
  onrecord search harbour clinic '\"war crimes\"'
      Documents of the case harbour with a word and a phrase.

  onrecord search harbour speaker:ministry act:deny says:clinic
      What the ministry denies, in words that hold the word clinic.

  onrecord search harbour accused:guard answered:no taxon:rome-statute:8
      Allegations of war crimes against the guard that nobody answers.

  onrecord search harbour counted:killed figure-source:ministry event:2026-03
      The ministry's figures of the dead of March 2026.

  onrecord search harbour 'port OR harbour' --format jsonl --limit 1000
      For programs.

FILTERS
  of statements
    speaker:NAME        who says it; for a source without a name, its words
    act:ACT             what saying it does: say, accuse, deny, admit, find,
                        estimate, warn, demand, promise, believe, order, ask
    says:WORDS          words of the statement
    said:DAYS           when it was said
    polarity:negated    said not to have been said; or affirmed
  of allegations
    accused:NAME        who is accused
    taxon:CODE          the conduct by its code, or all below it; see onrecord law
    answered:yes        whether a statement answers it; or no
    event:DAYS          when it happened
  of figures
    counted:WORD        what is counted, such as killed
    figure-source:NAME  whose it is
    event:DAYS          when it happened
  of documents
    document:D          its number, the beginning of its hash, or its path
    outlet:NAME         who published it
    agency:NAME         who wrote it
    language:TAG        its language
    published:DAYS      when it was published
  DAYS is a year, month or day, or two with .. between: 2026, 2026-03,
  2026-03-03..2026-04, ..2025. A time meets it where it can mean such a day.

ORDER
  Where words are asked for, the documents that fit best come first (BM25, the
  title counts four times); else the newest in the case. Where more than 5,000
  documents have the words, the newest 5,000 of them are ranked; it is said.

FORMATS
  text   lines for the terminal
  json   one object: `documents`, `is_cut` where there are more, and
         `is_partly_ranked` where only the newest were ranked. A document has
         its `passages` and `items`, each with what was `found` in it: spans
         of the document's text
  jsonl  a document a line

EXIT CODES
  0  something was found
  1  nothing was found, or the case could not be read
  2  the query cannot be followed, or the command was used wrongly";
