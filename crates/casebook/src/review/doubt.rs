//! What is doubtful in a record, and how much it matters.

use std::collections::BTreeMap;

use onrecord_record::{CheckKind, ItemId, LinkKind, Record, StatementId};
use serde::Serialize;

use super::place::{ItemKind, Place, places};

/// Why an item is doubtful.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// It is only so sure.
    Confidence(f64),
    /// A check that it is part of does not hold.
    Check {
        /// Its kind.
        kind: CheckKind,
        /// What it says.
        says: String,
    },
    /// A statement of the same document says what cannot be true with it.
    Contradicted(StatementId),
    /// Nobody that the record knows is accused.
    NobodyAccused,
}

/// A doubtful item.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    /// The item.
    pub item: ItemId,
    /// Where it stands.
    pub place: Place,
    /// How much it matters: how doubtful it is, times what hangs on its kind.
    pub weight: f64,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// An item that is surer than this is not doubtful for its confidence.
const SURE: f64 = 0.8;

/// The doubtful items of a record, in its order.
#[must_use]
pub fn doubts(record: &Record) -> Vec<Doubt> {
    let reasons = reasons(record);
    let doubt = |(item, place): (ItemId, Place)| {
        let reasons = reasons.get(&key(item))?.clone();
        let weight = matters(place.kind) * reasons.iter().map(doubtful).fold(0.0, f64::max);
        Some(Doubt { item, place, weight, reasons })
    };
    places(record).into_iter().filter_map(doubt).collect()
}

/// What hangs on a kind of items.
fn matters(kind: ItemKind) -> f64 {
    match kind {
        ItemKind::Allegation => 4.0,
        ItemKind::Figure => 3.0,
        ItemKind::Proceeding => 2.0,
        ItemKind::Statement | ItemKind::Actor | ItemKind::Time => 1.0,
    }
}

/// How doubtful a reason makes an item, from 0 to 1.
fn doubtful(reason: &Reason) -> f64 {
    match reason {
        Reason::Check { .. } => 1.0,
        Reason::Contradicted(_) => 0.7,
        Reason::NobodyAccused => 0.5,
        Reason::Confidence(confidence) => 1.0 - confidence,
    }
}

/// An id in an order.
fn key(id: ItemId) -> (ItemKind, String) {
    (ItemKind::of(id), id.to_string())
}

fn reasons(record: &Record) -> BTreeMap<(ItemKind, String), Vec<Reason>> {
    let mut all: BTreeMap<_, Vec<Reason>> = BTreeMap::new();
    let mut add = |id: ItemId, reason| all.entry(key(id)).or_default().push(reason);
    let unsure = |confidence: f64| (confidence < SURE).then_some(Reason::Confidence(confidence));
    for statement in &record.statements {
        if let Some(reason) = unsure(statement.confidence) {
            add(statement.id.into(), reason);
        }
    }
    for allegation in &record.allegations {
        if let Some(reason) = unsure(allegation.confidence) {
            add(allegation.id.into(), reason);
        }
        if allegation.accused.iter().all(|accused| accused.actor.is_none()) {
            add(allegation.id.into(), Reason::NobodyAccused);
        }
    }
    for figure in &record.figures {
        if let Some(reason) = unsure(figure.confidence) {
            add(figure.id.into(), reason);
        }
    }
    for proceeding in &record.proceedings {
        if let Some(reason) = unsure(proceeding.confidence) {
            add(proceeding.id.into(), reason);
        }
    }
    for link in record.links.iter().filter(|link| link.kind == LinkKind::Contradicts) {
        add(link.from.into(), Reason::Contradicted(link.to));
        add(link.to.into(), Reason::Contradicted(link.from));
    }
    for check in record.checks.iter().filter(|check| !check.holds) {
        for item in &check.items {
            add(*item, Reason::Check { kind: check.kind, says: check.says.clone() });
        }
    }
    all
}
