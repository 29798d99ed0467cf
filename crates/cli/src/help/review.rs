//! The long help of `onrecord review` and `onrecord case reread`.

pub(crate) const REVIEW: &str = "\
List what is doubtful in a case, and decide on it.

The list begins where it matters most: allegations and figures before proceedings and statements, checks \
that do not hold before what contradicts itself and what was read with little confidence. Each item is \
shown with its words and why it is doubtful. What was decided on leaves the list.

A decision is an act in the case's ledger, with its reviewer and reason. The record stays as it was read, \
and no decision takes another's place: of a reviewer's decisions on an item the newest counts. It hangs on \
where the item's words stand, so that it holds when the document is read again.

With --blind a reviewer sees nothing of others: the list shows what this reviewer has not decided yet, and \
decisions are kept as blind. `onrecord review CASE agreement --blind` tells how far blind reviewers agree. \
`onrecord case show` shows everybody's decisions: a blind reviewer leaves it alone.";

pub(crate) const REVIEW_MORE: &str = "\
EXAMPLES
  onrecord review harbour
      List what is doubtful.

  onrecord review harbour accept d5:s3 d5:g1 --by Ann
      Say that two items are right.

  onrecord review harbour correct d5:s3 act=deny --reason \"it denies\" --by Ann
      Say that a statement denies.

  onrecord review harbour reject d5:f2 --reason \"a house number\" --by Ann
      Say that a figure is none.

  onrecord review harbour --blind --document d5 --by Ben
      List all items of a document for a reviewer who sees nothing of others.

  onrecord review harbour agreement
      Tell how far reviewers agree.

  onrecord review harbour export --output corrections.jsonl
      Write decisions as data to train on.

AGREEMENT
  Krippendorff's alpha for nominal values, by kind of item and over all. A value
  is accept, reject, or the item as it was corrected. 1 is full agreement, 0 what
  chance gives. Items that only one reviewer decided on do not count. Where all
  values are the same there is no alpha: chance would give the same.

EXPORT
  A line has document, language, title, published, made_by, text, kind, before
  (the item as it was read), decision, after (as it is right; null where it was
  rejected), reviewer, reason, is_blind and at.

EXIT CODES
  0  done
  1  something could not be done; standard error names it
  2  the command was used wrongly, or a correction does not fit the item

ENVIRONMENT
  ONRECORD_BY  who reviews, where --by does not say";

pub(crate) const REVIEW_CORRECT: &str = "\
Say that an item is right with other values.

Fields are those of the record (`onrecord schema` prints them), values are held to its types, and the \
record has to keep its contract with them. Short forms:

  act=deny, polarity=negated, counted=killed, low=12, high=null
      a word or number of the field; null where it is open
  source=a3, source=\"Kesh Ministry\", source=unnamed, source=narrator
      whose it is; so accused=, forum=, subject=, to=, via= with actors
  said=2026-03-03, when=2026-03, as_of=2026
      a date
  span=120..154, content=120..140,150..154
      bytes of the document's text
  taxon=rome-statute:8.2.b.ix
      conduct, with the words that the item has
  victims='[…]'
      anything as JSON";

pub(crate) const CASE_REREAD: &str = "\
Read documents of a case again, from their originals, as they were read when they were added.

Without names, it reads what another version of the engine read, or with --all everything. The new reading \
becomes the one that views show; the older is kept, and both stand in the ledger. What differs is shown: \
items that are new (+), gone (-) and changed (~). Where the record is the same, nothing is kept of it; where \
a document cannot be read this time, the reading that it had stays.";
