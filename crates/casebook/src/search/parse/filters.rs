//! The filters of a query and their values.

use std::ops::Range;

use onrecord_record::{Act, Polarity};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{BadQuery, Cause, Parser, bad, is_quote};
use crate::days::days;
use crate::search::{Days, Phrase, What};

pub(super) const NAMES: [&str; 16] = [
    "speaker",
    "act",
    "polarity",
    "said",
    "says",
    "accused",
    "taxon",
    "answered",
    "counted",
    "figure-source",
    "event",
    "outlet",
    "agency",
    "document",
    "language",
    "published",
];

impl Parser<'_> {
    pub(super) fn filter(
        &self,
        name: &str,
        range: Range<usize>,
        values: &[Range<usize>],
    ) -> Result<What, BadQuery> {
        Ok(match name {
            "speaker" => What::Speaker(self.phrases(values)?),
            "act" => What::Act(self.closed::<Act>(values)?),
            "polarity" => What::Polarity(self.closed::<Polarity>(values)?),
            "said" => What::Said(self.days(range, values)?),
            "says" => What::Says(self.phrases(values)?),
            "accused" => What::Accused(self.phrases(values)?),
            "taxon" => What::Taxon(self.plain(values, |code| code.trim_end_matches([':', '.']))),
            "answered" => What::Answered(self.answered(range, values)?),
            "counted" => What::Counted(self.plain(values, |counted| counted)),
            "figure-source" => What::FigureSource(self.phrases(values)?),
            "event" => What::Event(self.days(range, values)?),
            "outlet" => What::Outlet(self.phrases(values)?),
            "agency" => What::Agency(self.phrases(values)?),
            "document" => {
                What::Document(values.iter().map(|at| unquoted(&self.text[at.clone()])).collect())
            }
            "language" => What::Language(self.plain(values, |tag| tag)),
            "published" => What::Published(self.days(range, values)?),
            _ => {
                let name = range.start..range.start + name.len();
                return Err(bad(self.text, name, Cause::NoFilter));
            }
        })
    }

    fn phrases(&self, values: &[Range<usize>]) -> Result<Vec<Phrase>, BadQuery> {
        let phrase = |at: &Range<usize>| {
            let words = Phrase::of(&unquoted(&self.text[at.clone()]));
            words.ok_or_else(|| bad(self.text, at.clone(), Cause::NoWord))
        };
        values.iter().map(phrase).collect()
    }

    fn plain(&self, values: &[Range<usize>], trimmed: fn(&str) -> &str) -> Vec<String> {
        let plain = |at: &Range<usize>| {
            let value = unquoted(&self.text[at.clone()]).to_lowercase();
            trimmed(&value).to_owned()
        };
        values.iter().map(plain).collect()
    }

    /// Values of a closed list of the record.
    fn closed<T: DeserializeOwned>(&self, values: &[Range<usize>]) -> Result<Vec<T>, BadQuery> {
        let value = |at: &Range<usize>| {
            let word = unquoted(&self.text[at.clone()]).to_lowercase();
            serde_json::from_value(Value::String(word)).map_err(|error| {
                // serde lists the words of the list behind "expected".
                let says = error.to_string();
                let values = says.split_once("expected ").map_or("", |(_, values)| values);
                let values = values.trim_start_matches("one of ").replace('`', "");
                bad(self.text, at.clone(), Cause::NoValue { values })
            })
        };
        values.iter().map(value).collect()
    }

    fn answered(&self, range: Range<usize>, values: &[Range<usize>]) -> Result<bool, BadQuery> {
        match values {
            [at] if &self.text[at.clone()] == "yes" => Ok(true),
            [at] if &self.text[at.clone()] == "no" => Ok(false),
            _ => Err(bad(self.text, range, Cause::NoValue { values: "yes, no".to_owned() })),
        }
    }

    fn days(&self, range: Range<usize>, values: &[Range<usize>]) -> Result<Days, BadQuery> {
        let no_date = || bad(self.text, range.clone(), Cause::NoDate);
        let [at] = values else { return Err(no_date()) };
        let value = unquoted(&self.text[at.clone()]);
        let (from, to) = value.split_once("..").unwrap_or((&value, &value));
        let end = |value: &str| match value {
            "" => Ok(None),
            value => days(value).map(Some).ok_or_else(no_date),
        };
        let first = end(from)?.map(|(first, _)| first);
        let last = end(to)?.map(|(_, last)| last);
        let is_some = first.is_some() || last.is_some();
        let in_order = first.zip(last).is_none_or(|(first, last)| first <= last);
        if is_some && in_order { Ok(Days { first, last }) } else { Err(no_date()) }
    }
}

/// The values between commas outside quotation marks.
pub(super) fn values(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut values = Vec::new();
    let (mut from, mut is_quoted) = (range.start, false);
    for (at, c) in text[range.clone()].char_indices() {
        is_quoted ^= is_quote(c);
        if c == ',' && !is_quoted {
            values.push(from..range.start + at);
            from = range.start + at + 1;
        }
    }
    values.push(from..range.end);
    values
}

pub(super) fn unquoted(text: &str) -> String {
    text.trim_matches(is_quote).to_owned()
}
