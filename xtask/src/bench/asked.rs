//! How long a case takes to answer, asked for what its own documents hold.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use onrecord_casebook::search::{self, Query};
use onrecord_casebook::{Case, Error, Filter, Kind};
use onrecord_record::Record;

use crate::Outcome;

/// How many documents lend the words and names that are asked for.
const DOCUMENTS: usize = 100;
/// So many documents or items are asked for.
const WANTED: u32 = 20;

/// How long questions took, by kind.
#[derive(Debug, Default)]
pub(super) struct Asked {
    times: BTreeMap<&'static str, Vec<Duration>>,
}

impl Asked {
    /// Asks a case.
    pub(super) fn of(case: &Case) -> Outcome<Self> {
        let refuse = |error: Error| error.to_string();
        let mut asked = Self::default();
        let count = case.store().counts().map_err(refuse)?.documents;
        let step = (usize::try_from(count).unwrap_or(usize::MAX) / DOCUMENTS).max(1);
        for (turn, row) in case.documents().enumerate().step_by(step) {
            let row = row.map_err(refuse)?;
            let Some(record) = case.store().record(row.id).map_err(refuse)? else { continue };
            for (kind, words) in queries(&record, turn) {
                let query = Query::parse(&words).map_err(|error| format!("{words}: {error}"))?;
                asked.time(kind, || case.search(query, WANTED).map(drop)).map_err(refuse)?;
            }
            for (kind, filter) in filters(&record) {
                asked
                    .time(kind, || case.select::<Error>(&filter, &[Kind::Statement], |_| Ok(())))
                    .map_err(refuse)?;
            }
        }
        Ok(asked)
    }

    fn time(
        &mut self,
        kind: &'static str,
        ask: impl FnOnce() -> Result<(), Error>,
    ) -> Result<(), Error> {
        let began = Instant::now();
        ask()?;
        self.times.entry(kind).or_default().push(began.elapsed());
        Ok(())
    }

    /// The time that 95 of 100 questions took no more than.
    pub(super) fn most(&self) -> Duration {
        at(self.times.values().flatten().copied().collect(), 95)
    }

    /// A line for each kind: half of them, and 95 of 100, took no more than.
    pub(super) fn lines(&self) -> String {
        let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
        let lines = self.times.iter().map(|(kind, times)| {
            let (half, most) = (at(times.clone(), 50), at(times.clone(), 95));
            format!("  {kind:<22} {:>8.2} {:>8.2}\n", milliseconds(half), milliseconds(most))
        });
        lines.collect()
    }
}

fn at(mut times: Vec<Duration>, share: usize) -> Duration {
    times.sort();
    times.get(times.len() * share / 100).copied().unwrap_or_default()
}

/// Searches for what a document holds, each with its kind.
fn queries(record: &Record, turn: usize) -> Vec<(&'static str, String)> {
    let text = &record.document.text;
    let words = search::words(text);
    let word = |at: usize| words.get(at % words.len().max(1)).map_or("", |word| word.text.as_str());
    let (one, two, next) = (word(turn * 7 + 11), word(turn * 13 + 40), word(turn * 7 + 12));
    let begun: String = two.chars().take(4).collect();
    let mut queries = vec![
        ("word", one.to_owned()),
        ("two words", format!("{one} {two}")),
        ("either word", format!("{one} OR {two}")),
        ("phrase", format!("\"{one} {next}\"")),
        ("beginning", format!("{begun}*")),
        ("says", format!("says:{two}")),
        ("act", "act:accuse".to_owned()),
        ("word and act", format!("{one} act:deny")),
    ];
    if let Some(published) = &record.document.published {
        let month = published.value.get(..7).unwrap_or_default();
        queries.push(("month said", format!("said:{month}")));
        queries.push(("month and act", format!("said:{month} act:deny")));
    }
    if let Some(outlet) = &record.document.outlet {
        queries.push(("outlet and act", format!("outlet:\"{outlet}\" act:accuse")));
    }
    for name in names(record) {
        queries.push(("speaker", format!("speaker:\"{name}\"")));
        queries.push(("speaker and word", format!("speaker:\"{name}\" {one}")));
        queries.push(("not the speaker", format!("act:deny NOT speaker:\"{name}\"")));
        queries.push(("accused, unanswered", format!("accused:\"{name}\" answered:no")));
        queries.push(("accused, answered", format!("accused:\"{name}\" answered:yes")));
        queries.push(("source of a figure", format!("figure-source:\"{name}\"")));
    }
    for conduct in record.allegations.iter().flat_map(|one| &one.conduct).take(1) {
        queries.push(("taxon", format!("taxon:{}", conduct.taxon.0)));
    }
    queries
}

/// Filters of a view that mean what a document holds, each with its kind.
fn filters(record: &Record) -> Vec<(&'static str, Filter)> {
    let limit = Some(WANTED as usize);
    let named = names(record).into_iter().flat_map(|name| {
        let speaker = Filter { speaker: Some(name.to_owned()), limit, ..Filter::default() };
        let accused = Filter { accused: Some(name.to_owned()), limit, ..Filter::default() };
        [("view by speaker", speaker), ("view by accused", accused)]
    });
    let outlet = record.document.outlet.clone();
    named.chain([("view by outlet", Filter { outlet, limit, ..Filter::default() })]).collect()
}

/// Names of two actors of a document.
fn names(record: &Record) -> Vec<&str> {
    let names = record.actors.iter().map(|actor| actor.name.as_str());
    names
        .filter(|name| name.starts_with(char::is_uppercase) && !name.contains('"'))
        .take(2)
        .collect()
}
