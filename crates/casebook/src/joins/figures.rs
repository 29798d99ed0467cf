//! Figures of one quantity: the same counted, of the same event.

use std::collections::BTreeSet;

use onrecord_record::{Figure, Record};

use super::parts::{EVENT_DAYS, Quantity, Spot, WholeKind};
use super::tellings::{date, published, window};
use super::wholes;
use crate::copies::words;
use crate::error::Error;
use crate::key::DocumentId;
use crate::store::Store;

/// What is counted of an event, as records have it. Counts of other things are joined where copies
/// or tellings of one statement give them.
const OF_EVENTS: [&str; 10] = [
    "killed",
    "injured",
    "abducted",
    "missing",
    "detained",
    "displaced",
    "released",
    "returned",
    "executed",
    "charged",
];
/// So many figures are looked at.
const LOOKED_AT: u32 = 80;
/// So many tellings of a statement are looked at.
const TELLINGS: usize = 16;
/// Values of one quantity, where its days are not told, are within so many times each other.
const TIMES: f64 = 4.0;
/// And their days of counting within so many days.
const DAYS: i32 = 60;

/// What is compared of a record's figures.
pub(super) fn of_record(document: DocumentId, record: &Record) -> Vec<Quantity> {
    let published = published(record);
    let quantity = |figure: &Figure| {
        let when = figure.when.as_ref().and_then(|when| window(&when.value, EVENT_DAYS));
        let (first, last) = when.unwrap_or((0, 0));
        let said = figure.statement.and_then(|id| record.statement(id)?.said.as_ref());
        let counted = [figure.as_of.as_ref(), said].into_iter().flatten();
        let as_of =
            counted.filter_map(|when| window(&when.value, EVENT_DAYS)).map(|(_, last)| last).next();
        Quantity {
            spot: Spot::nth(document, figure.id.index()),
            counted: figure.counted.clone(),
            is_part: figure.part_of.is_some(),
            of: figure.of.as_ref().map_or_else(String::new, |of| key(&of.span.text)),
            place: figure.place.as_ref().map_or_else(String::new, |place| key(&place.span.text)),
            first,
            last,
            as_of: as_of.or(published).and_then(date),
            value: (figure.low, figure.high),
            ..Quantity::default()
        }
    };
    record.figures.iter().map(quantity).collect()
}

fn key(text: &str) -> String {
    words(text).collect::<Vec<_>>().join(" ")
}

/// Makes one series of a document's figures with those of others.
pub(super) fn place(store: &mut dyn Store, quantities: &[Quantity]) -> Result<(), Error> {
    for quantity in quantities {
        let fits = fits(store, quantity)?;
        wholes::place(store, WholeKind::Series, quantity.spot, &fits)?;
    }
    Ok(())
}

/// Takes a document's figures out of their series.
pub(super) fn take_out(store: &mut dyn Store, spots: &[Spot]) -> Result<(), Error> {
    wholes::take_out(store, WholeKind::Series, spots, |store, spot, piece| {
        let Some(quantity) = store.quantity(spot)? else { return Ok(None) };
        Ok(fits(store, &quantity)?.into_iter().find(|fit| piece.contains(fit)))
    })
}

/// The figures of other documents that are of one quantity with a figure, best first.
fn fits(store: &dyn Store, quantity: &Quantity) -> Result<Vec<Spot>, Error> {
    let mut found: BTreeSet<(bool, Spot)> = BTreeSet::new();
    for other in told_again(store, quantity)? {
        found.insert((false, other));
    }
    if OF_EVENTS.contains(&quantity.counted.as_str()) {
        for other in store.quantities_like(quantity, LOOKED_AT)? {
            if is_one(store, quantity, &other)? && !has_other_value(store, quantity, other.spot)? {
                found.insert((true, other.spot));
            }
        }
    }
    Ok(found.into_iter().map(|(_, spot)| spot).collect())
}

/// Figures of the same value in statements that are told again.
fn told_again(store: &dyn Store, quantity: &Quantity) -> Result<Vec<Spot>, Error> {
    let Some(statement) = store.statement_of(quantity.spot)? else { return Ok(Vec::new()) };
    let Some(telling) = store.whole(WholeKind::Telling, statement)? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for other in store.parts(telling)?.into_iter().rev().take(TELLINGS) {
        if other.document == quantity.spot.document {
            continue;
        }
        for theirs in store.quantities_in(other.document)? {
            let same = theirs.counted == quantity.counted
                && theirs.is_part == quantity.is_part
                && theirs.value == quantity.value;
            if same && store.statement_of(theirs.spot)? == Some(other) {
                found.push(theirs.spot);
            }
        }
    }
    Ok(found)
}

/// Whether a series has another value of a figure's own document for the same day: then the two
/// count different things.
fn has_other_value(store: &dyn Store, quantity: &Quantity, of: Spot) -> Result<bool, Error> {
    let Some(series) = store.whole(WholeKind::Series, of)? else { return Ok(false) };
    for (spot, whole) in store.wholes_in(WholeKind::Series, quantity.spot.document)? {
        let theirs = store.quantity(spot)?.filter(|_| whole == series && spot != quantity.spot);
        if theirs.is_some_and(|it| it.value != quantity.value && it.as_of == quantity.as_of) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn is_one(store: &dyn Store, one: &Quantity, other: &Quantity) -> Result<bool, Error> {
    if one.spot.document == other.spot.document || one.is_part != other.is_part {
        return Ok(false);
    }
    let (of, place) = (compare(&one.of, &other.of), compare(&one.place, &other.place));
    let both_dated = one.last != 0 && other.last != 0;
    let overlap = both_dated && one.first <= other.last && other.first <= one.last;
    let apart = of == Some(false)
        || place == Some(false)
        || both_dated && !overlap
        || one.is_part && of != Some(true);
    let near = overlap || near_in_time(one, other) && near_in_size(one, other);
    if apart || !near {
        return Ok(false);
    }
    let needed = match (place, overlap) {
        (Some(true), true) => 0,
        (Some(true), false) => 1,
        (_, true) => 2,
        _ => return Ok(false),
    };
    Ok(needed == 0 || super::shared_entities(store, one.spot, other.spot)? >= needed)
}

/// Whether words name one thing: `None` where one side has none.
fn compare(one: &str, other: &str) -> Option<bool> {
    if one.is_empty() || other.is_empty() {
        return None;
    }
    let holds = |long: &str, short: &str| {
        short.split(' ').all(|word| long.split(' ').any(|other| other == word))
    };
    Some(holds(one, other) || holds(other, one))
}

fn near_in_time(one: &Quantity, other: &Quantity) -> bool {
    let day = |quantity: &Quantity| window(quantity.as_of.as_deref()?, 1).map(|(first, _)| first);
    match (day(one), day(other)) {
        (Some(one), Some(other)) => (one - other).abs() <= DAYS,
        _ => false,
    }
}

fn near_in_size(one: &Quantity, other: &Quantity) -> bool {
    let size = |quantity: &Quantity| quantity.value.0.or(quantity.value.1).unwrap_or(0.0);
    let (one, other) = (size(one), size(other));
    one > 0.0 && other > 0.0 && one / other <= TIMES && other / one <= TIMES
}
