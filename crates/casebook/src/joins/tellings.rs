//! The same statement told again: of one source, of days that can be one, in much the same words.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use onrecord_record::{Act, Polarity, Record, Statement};

use super::parts::{SAID_DAYS, Spoken, Spot, WholeKind};
use super::wholes;
use crate::copies::{hash, words};
use crate::days::days;
use crate::error::Error;
use crate::key::DocumentId;
use crate::store::Store;
use crate::store::sqlite::word;

/// How many hashes of words are kept.
const WORDS: usize = 40;
/// Words in fewer letters tell little, but those with a digit.
const LETTERS: usize = 4;
/// So many days before the publication a statement without a day was said, at most.
const UNTOLD_DAYS: i32 = 6;
/// So many statements of the source are looked at.
const LOOKED_AT: u32 = 80;
/// So many copies of the document are looked at.
const COPIES: usize = 6;

/// What is compared of the statements of a record. `known` tells who its actors are.
pub(super) fn of_record(
    document: DocumentId,
    record: &Record,
    known: &BTreeMap<u32, u32>,
) -> Vec<Spoken> {
    let published = published(record);
    let spoken = record.statements.iter().map(|statement| {
        let window = statement.said.as_ref().and_then(|said| window(&said.value, SAID_DAYS));
        let untold = published.map_or((0, 0), |day| (day - UNTOLD_DAYS, day));
        let (first, last) = window.unwrap_or(untold);
        let source = statement.source.actor;
        Spoken {
            spot: Spot::nth(document, statement.id.index()),
            leaf: source
                .and_then(|actor| known.get(&Spot::nth(document, actor.index()).item).copied())
                .unwrap_or(0),
            act: word(statement.act),
            affirmed: statement.polarity == Polarity::Affirmed,
            first,
            last,
            dated: window.is_some(),
            words: hashes(statement),
        }
    });
    spoken.collect()
}

/// The day of publication, counted from 1970.
pub(super) fn published(record: &Record) -> Option<i32> {
    let published = record.document.published.as_ref()?;
    days(&published.value).map(|(first, _)| day(first))
}

/// The first and the last day of a value that is no wider than so many days.
pub(super) fn window(value: &str, widest: i32) -> Option<(i32, i32)> {
    let (first, last) = days(value)?;
    let (first, last) = (day(first), day(last));
    (last - first < widest).then_some((first, last))
}

fn day(date: Date) -> i32 {
    date.since(Date::constant(1970, 1, 1)).map_or(0, |span| span.get_days())
}

/// The day of a number.
pub(super) fn date(day: i32) -> Option<String> {
    let span = jiff::Span::new().try_days(day).ok()?;
    (day != 0)
        .then(|| Date::constant(1970, 1, 1).checked_add(span).ok())
        .flatten()
        .map(|d| d.to_string())
}

fn hashes(statement: &Statement) -> Vec<u32> {
    let telling = |word: &String| {
        word.chars().count() >= LETTERS || word.chars().any(char::is_numeric) || !word.is_ascii()
    };
    let words = statement.content.iter().flat_map(|span| words(&span.text)).filter(telling);
    let hashes: BTreeSet<u32> = words.map(|word| (hash(word.as_bytes()) >> 32) as u32).collect();
    hashes.into_iter().take(WORDS).collect()
}

/// How much of the words two statements share: of all, and of those with fewer.
pub(super) fn shared(one: &[u32], other: &[u32]) -> (usize, f64, f64) {
    let shared = one.iter().filter(|word| other.binary_search(word).is_ok()).count();
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let of = |whole: usize| if whole == 0 { 0.0 } else { number(shared) / number(whole) };
    (shared, of(one.len() + other.len() - shared), of(one.len().min(other.len())))
}

/// How well two statements are one; `None` where they are not. Of copies, the words alone decide.
fn agree(one: &Spoken, other: &Spoken, copies: bool) -> Option<f64> {
    let deny = word(Act::Deny);
    let same_act = (one.act == deny) == (other.act == deny) && one.affirmed == other.affirmed;
    if !same_act || one.spot.document == other.spot.document {
        return None;
    }
    let (count, of_all, of_fewer) = shared(&one.words, &other.words);
    let fits = if copies {
        count >= 2 && of_all >= 0.7
    } else if one.dated && other.dated {
        count >= 5 && of_all >= 0.4 && of_fewer >= 0.65
    } else {
        count >= 6 && of_all >= 0.5 && of_fewer >= 0.75
    };
    fits.then_some(of_all + of_fewer)
}

/// What copies of a document say, of some of them.
fn copied(
    store: &dyn Store,
    document: DocumentId,
    copies: &[DocumentId],
) -> Result<Vec<Spoken>, Error> {
    let others = copies.iter().filter(|copy| **copy != document).take(COPIES);
    let spoken: Result<Vec<_>, _> = others.map(|copy| store.spoken_in(*copy)).collect();
    Ok(spoken?.into_iter().flatten().collect())
}

/// The statements of other documents that a statement is one with, best first.
fn fits(store: &dyn Store, spoken: &Spoken, copied: &[Spoken]) -> Result<Vec<Spot>, Error> {
    let mut found: BTreeMap<Spot, f64> = BTreeMap::new();
    for other in copied {
        if let Some(weight) = agree(spoken, other, true) {
            found.insert(other.spot, weight);
        }
    }
    let mut told = Vec::new();
    if spoken.leaf != 0 {
        let root = store.leaf(spoken.leaf)?.map_or(spoken.leaf, |leaf| leaf.root);
        for other in store.spoken_by(root, spoken.days(), LOOKED_AT)? {
            // What has no day makes no two tellings of other days one.
            let is_free = spoken.days().is_none()
                || other.days().is_some()
                || store.whole(WholeKind::Telling, other.spot)?.is_none();
            if let Some(weight) = agree(spoken, &other, false).filter(|_| is_free) {
                told.push((other.spot, weight));
            }
        }
    }
    told.sort_by(better);
    if spoken.days().is_none() {
        told.truncate(1);
    }
    for (spot, weight) in told {
        found.entry(spot).or_insert(weight);
    }
    let mut found: Vec<(Spot, f64)> = found.into_iter().collect();
    found.sort_by(better);
    // One of a document: it does not tell the same twice.
    let mut seen = BTreeSet::new();
    found.retain(|(spot, _)| seen.insert(spot.document));
    Ok(found.into_iter().map(|(spot, _)| spot).collect())
}

/// The better first; of two as good, the earlier.
fn better(a: &(Spot, f64), b: &(Spot, f64)) -> Ordering {
    b.1.total_cmp(&a.1).then(a.0.cmp(&b.0))
}

/// Makes one telling of a document's statements with those that are one with them.
pub(super) fn place(
    store: &mut dyn Store,
    spoken: &[Spoken],
    copies: &[DocumentId],
) -> Result<(), Error> {
    let Some(first) = spoken.first() else { return Ok(()) };
    let copied = copied(store, first.spot.document, copies)?;
    for spoken in spoken {
        let fits = fits(store, spoken, &copied)?;
        wholes::place(store, WholeKind::Telling, spoken.spot, &fits)?;
    }
    Ok(())
}

/// Takes statements out of their tellings.
pub(super) fn take_out(store: &mut dyn Store, spots: &[Spot]) -> Result<(), Error> {
    wholes::take_out(store, WholeKind::Telling, spots, |store, spot, piece| {
        let Some(spoken) = store.spoken(spot)? else { return Ok(None) };
        let copies = super::copies_of(store, spot.document)?;
        let copied = copied(store, spot.document, &copies)?;
        Ok(fits(store, &spoken, &copied)?.into_iter().find(|fit| piece.contains(fit)))
    })
}
