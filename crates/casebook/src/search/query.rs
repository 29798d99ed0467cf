//! What is asked for, as the store answers it.

use jiff::civil::Date;
use onrecord_record::{Act, Polarity};

use super::words::{Word, is_unspaced, words};
use crate::key::DocumentId;

/// A query: a document is found that has the words and, where items are asked for, holds at least
/// one of them that meets all conditions on its kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Words of the document.
    pub words: Option<Words>,
    /// Words that it must not have, where [`Query::words`] asks for none.
    pub without: Option<Words>,
    /// What it and its items have to be.
    pub conditions: Vec<Condition>,
}

/// Words and how they go together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// Words in a row.
    Phrase(Phrase),
    /// All of the first, none of the second. The first is never empty.
    All(Vec<Words>, Vec<Words>),
    /// At least one.
    Any(Vec<Words>),
}

impl Words {
    /// The phrases that a document has to have or may have, in order.
    pub(crate) fn phrases(&self) -> Vec<&Phrase> {
        match self {
            Self::Phrase(phrase) => vec![phrase],
            Self::All(words, _) | Self::Any(words) => {
                words.iter().flat_map(Words::phrases).collect()
            }
        }
    }
}

/// Folded words in a row, at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The words as [`super::words`] gives them.
    pub words: Vec<String>,
    /// Whether the last may go on.
    pub is_open: bool,
}

impl Phrase {
    /// The words of a text as a phrase, the last open where it ends with `*`; `None` where it has
    /// no word.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let (text, mut is_open) = match text.strip_suffix('*') {
            Some(begun) => (begun, true),
            None => (text, false),
        };
        let mut found = words(text);
        // The last character of a run was paired with what follows in the text that is searched.
        if let [.., before, last] = found.as_slice()
            && last.is_last
            && before.range.end > last.range.start
        {
            found.pop();
        } else if found.last().is_some_and(|last| last.is_last) {
            is_open = true;
        }
        let words: Vec<String> = found.into_iter().map(|word| word.text).collect();
        (!words.is_empty()).then_some(Self { words, is_open })
    }

    /// Whether the phrase stands at the beginning of `text`; gives its bytes.
    pub(crate) fn at(&self, text: &[Word], raw: &str) -> Option<std::ops::Range<usize>> {
        let here = text.get(..self.words.len())?;
        let (last, before) = here.split_last()?;
        let (open, closed) = self.words.split_last()?;
        let is_last = if self.is_open { last.text.starts_with(open) } else { last.text == *open };
        if !is_last || before.iter().map(|word| &word.text).ne(closed) {
            return None;
        }
        let mut end = last.range.end;
        if self.is_open && open.starts_with(is_unspaced) {
            // Of a pair, the character that was asked for.
            let pair = raw.get(last.range.clone()).unwrap_or_default();
            end = last.range.start + pair.chars().next().map_or(0, char::len_utf8);
        }
        Some(here.first()?.range.start..end)
    }
}

/// What a document or one of its items has to be, or with `NOT` has not to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Whether it has to be so or not to be so.
    pub holds: bool,
    /// What. Of several values, one.
    pub what: What,
}

/// What conditions ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Who says it: a statement's source.
    Speaker(Vec<Phrase>),
    /// What a statement does.
    Act(Vec<Act>),
    /// Whether a statement was said, or said not to have been.
    Polarity(Vec<Polarity>),
    /// When a statement was said.
    Said(Days),
    /// Words of a statement.
    Says(Vec<Phrase>),
    /// Who is accused by an allegation.
    Accused(Vec<Phrase>),
    /// The conduct of an allegation: a code of the law, or one above it.
    Taxon(Vec<String>),
    /// Whether an allegation is answered.
    Answered(bool),
    /// What a figure counts.
    Counted(Vec<String>),
    /// Whose a figure is.
    FigureSource(Vec<Phrase>),
    /// When what is alleged or counted happened.
    Event(Days),
    /// Who published the document.
    Outlet(Vec<Phrase>),
    /// Who wrote it.
    Agency(Vec<Phrase>),
    /// Which document: numbers, beginnings of hashes, paths.
    Document(Vec<String>),
    /// Which documents, by number.
    Documents(Vec<DocumentId>),
    /// Its language, with or without its region.
    Language(Vec<String>),
    /// When it was published.
    Published(Days),
}

/// Days from the first to the last, both with them; an end that is `None` is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub first: Option<Date>,
    /// The last.
    pub last: Option<Date>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrase: &str, text: &str) -> Vec<String> {
        let phrase = Phrase::of(phrase).unwrap();
        let read = words(text);
        let at = (0..read.len()).filter_map(|i| phrase.at(&read[i..], text));
        at.map(|range| text[range].to_owned()).collect()
    }

    #[test]
    fn a_phrase_is_found_where_its_words_stand_in_a_row() {
        assert_eq!(found("war crimes", "War  Crimes: no crimes, no war."), ["War  Crimes"]);
        assert_eq!(found("minist*", "The minister’s ministry."), ["minister", "ministry"]);
        assert_eq!(found("ministry's", "The ministry’s office"), ["ministry’s"]);
        assert_eq!(found("防部", "中国国防部长"), ["防部"]);
        assert_eq!(found("国防部", "国防部"), ["国防部"]);
        assert_eq!(found("防", "国防部"), ["防"]);
        assert_eq!(found("部", "国防部"), ["部"]);
        assert_eq!(found("cafe 国", "Café 国内"), ["Café 国"]);
        assert!(Phrase::of("—").is_none());
    }
}
