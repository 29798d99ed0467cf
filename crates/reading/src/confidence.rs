//! Confidence: how sure each item of a record is, by the pack's `confidence.toml`.
//!
//! An item is as sure as those of its kind and basis were right that were held against what careful
//! readers expect, and no surer than what it rests on. Statements bring theirs along: that of the rule
//! or of the trained engine that read them.

use std::collections::BTreeMap;

use onrecord_packs::{Pack, PackError};
use onrecord_record::{
    Actor, ActorKind, Anchor, Figure, Form, ItemId, Record, SourceKind, StatementId, Time, TimeType,
};
use serde::Deserialize;

/// The confidence of an item that is not weighed yet.
pub(crate) const OPEN: f64 = 0.0;

/// How many statements apart the ends of a link stand at most that are near.
const NEAR: usize = 2;

/// The row of all bases of fewer than [`FEW`] items.
const OTHERS: &str = "others";
/// Of fewer items, a basis tells too little alone.
const FEW: u32 = 5;

/// Kinds of items that are weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Kind {
    Times,
    Actors,
    Figures,
    Steps,
    Proceedings,
    Links,
    Allegations,
    Checks,
}

impl Kind {
    /// All kinds, in the order of [`items`].
    pub const ALL: [Self; 8] = [
        Self::Times,
        Self::Actors,
        Self::Figures,
        Self::Steps,
        Self::Proceedings,
        Self::Links,
        Self::Allegations,
        Self::Checks,
    ];
}

/// An item of a record, as it is weighed.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its kind.
    pub kind: Kind,
    /// Its place among those of its kind; steps are counted through all proceedings.
    pub place: usize,
    /// What tells how often its like is right.
    pub basis: String,
    /// What the record says of it.
    pub confidence: f64,
}

/// How many were right of how many.
type Measured = BTreeMap<String, [u32; 2]>;

/// How often items of each kind and basis were right.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// For how many items the mean of all counts beside those of a basis.
    weight: u32,
    #[serde(default)]
    measured: BTreeMap<Kind, Measured>,
}

impl Calibration {
    const FILE: &str = "reading/confidence.toml";

    pub(crate) fn compile(pack: &Pack) -> Result<Self, PackError> {
        let calibration: Self = pack.file(Self::FILE)?;
        let rows = calibration.measured.values().flatten();
        match rows.into_iter().find(|(_, [right, of])| right > of) {
            Some((basis, _)) => Err(PackError::new(
                pack.path(Self::FILE),
                format_args!("`{basis}`: more right than there are"),
            )),
            None => Ok(calibration),
        }
    }

    /// The same weight, and nothing measured of any kind but times.
    #[must_use]
    pub fn of_times(&self) -> Self {
        let times = self.measured.get(&Kind::Times).cloned().unwrap_or_default();
        Self { weight: self.weight, measured: BTreeMap::from([(Kind::Times, times)]) }
    }

    /// The same weight, and nothing measured.
    #[must_use]
    pub fn emptied(&self) -> Self {
        Self { weight: self.weight, measured: BTreeMap::new() }
    }

    /// Counts an item that is right, or is not.
    pub fn count(&mut self, kind: Kind, basis: &str, right: bool) {
        let row = self.measured.entry(kind).or_default().entry(basis.to_owned()).or_default();
        *row = [row[0] + u32::from(right), row[1] + 1];
    }

    /// The same with the bases of few items of a kind as one.
    #[must_use]
    pub fn gathered(mut self) -> Self {
        for rows in self.measured.values_mut() {
            let (few, mut many): (Measured, Measured) =
                std::mem::take(rows).into_iter().partition(|(_, [_, of])| *of < FEW);
            for (_, [right, of]) in few {
                let others = many.entry(OTHERS.to_owned()).or_default();
                *others = [others[0] + right, others[1] + of];
            }
            *rows = many;
        }
        self
    }

    /// What is measured of a kind: basis, right, of how many.
    pub fn measured(&self, kind: Kind) -> impl Iterator<Item = (&str, u32, u32)> {
        let rows = self.measured.get(&kind).into_iter().flatten();
        rows.map(|(basis, [right, of])| (basis.as_str(), *right, *of))
    }

    /// The share of items of a kind and basis that are right, in hundredths. A basis that was seldom met
    /// goes by all that were. Few items are drawn towards the mean of the kind, (right + weight × mean)
    /// / (of + weight), and the mean of few towards a half.
    #[must_use]
    pub fn share(&self, kind: Kind, basis: &str) -> f64 {
        let rows = self.measured.get(&kind);
        let of = |basis| rows.and_then(|rows| rows.get(basis));
        let own = of(basis).or_else(|| of(OTHERS)).copied().unwrap_or_default();
        let all = rows.into_iter().flatten();
        let all = all.fold([0, 0], |sum, (_, row)| [sum[0] + row[0], sum[1] + row[1]]);
        let mean = self.drawn(all, 0.5);
        (self.drawn(own, mean) * 100.0).round() / 100.0
    }

    fn drawn(&self, [right, of]: [u32; 2], mean: f64) -> f64 {
        let weight = f64::from(self.weight);
        (f64::from(right) + weight * mean) / (f64::from(of) + weight)
    }

    /// Tells the confidence of times in text order.
    pub(crate) fn weigh_times<'t>(&self, times: impl Iterator<Item = &'t mut Time>) {
        let mut told: Vec<f64> = Vec::new();
        for time in times {
            time.confidence = self.share(Kind::Times, &basis_of_time(time));
            if let Some(Anchor::Time(from)) = time.from {
                time.confidence = at_most(time.confidence, told.get(from.index()).copied());
            }
            told.push(time.confidence);
        }
    }

    /// Tells the confidence of everything in a record but its statements, whose own it goes by.
    pub fn weigh(&self, record: &mut Record) {
        let shares: Vec<f64> =
            items(record).iter().map(|item| self.share(item.kind, &item.basis)).collect();
        let mut shares = shares.into_iter().skip(record.times.len());
        let mut share = || shares.next().unwrap_or(OPEN);
        self.weigh_times(record.times.iter_mut());
        let said: Vec<f64> = record.statements.iter().map(|s| s.confidence).collect();
        let said = |id: StatementId| said.get(id.index()).copied();
        for actor in &mut record.actors {
            actor.confidence = share();
        }
        for figure in &mut record.figures {
            figure.confidence = at_most(share(), figure.statement.and_then(said));
        }
        for step in record.proceedings.iter_mut().flat_map(|p| &mut p.steps) {
            step.confidence = share();
        }
        for proceeding in &mut record.proceedings {
            let last = proceeding.steps.last().map(|step| step.confidence);
            proceeding.confidence = at_most(share(), last);
        }
        for link in &mut record.links {
            link.confidence = at_most(at_most(share(), said(link.from)), said(link.to));
        }
        for allegation in &mut record.allegations {
            let surest = allegation.by.iter().filter_map(|id| said(*id)).reduce(f64::max);
            allegation.confidence = at_most(share(), surest);
        }
        let checks: Vec<f64> = record
            .checks
            .iter()
            .map(|check| {
                let items = check.items.iter().filter_map(|item| of_item(record, *item));
                items.fold(share(), f64::min)
            })
            .collect();
        for (check, confidence) in record.checks.iter_mut().zip(checks) {
            check.confidence = confidence;
        }
    }
}

fn at_most(share: f64, most: Option<f64>) -> f64 {
    most.map_or(share, |most| share.min(most))
}

/// The confidence of the item of an id.
fn of_item(record: &Record, id: ItemId) -> Option<f64> {
    match id {
        ItemId::TimeId(id) => record.times.get(id.index()).map(|item| item.confidence),
        ItemId::ActorId(id) => record.actors.get(id.index()).map(|item| item.confidence),
        ItemId::StatementId(id) => record.statements.get(id.index()).map(|item| item.confidence),
        ItemId::AllegationId(id) => record.allegations.get(id.index()).map(|item| item.confidence),
        ItemId::FigureId(id) => record.figures.get(id.index()).map(|item| item.confidence),
        ItemId::ProceedingId(id) => record.proceedings.get(id.index()).map(|item| item.confidence),
    }
}

/// The items of a record that are weighed, by kind and place.
#[must_use]
pub fn items(record: &Record) -> Vec<Item> {
    let mut items = Vec::new();
    let mut add = |kind: Kind, told: &mut dyn Iterator<Item = (String, f64)>| {
        let told = told.enumerate();
        items.extend(told.map(|(place, (basis, confidence))| Item {
            kind,
            place,
            basis,
            confidence,
        }));
    };
    add(Kind::Times, &mut record.times.iter().map(|t| (basis_of_time(t), t.confidence)));
    add(Kind::Actors, &mut record.actors.iter().map(|a| (of_actor(a), a.confidence)));
    add(Kind::Figures, &mut record.figures.iter().map(|f| (of_figure(f), f.confidence)));
    let steps = record.proceedings.iter().flat_map(|p| p.steps.iter().map(move |step| (p, step)));
    add(
        Kind::Steps,
        &mut steps.map(|(proceeding, step)| {
            let how = if step.on.is_some() { "dated" } else { "undated" };
            (joined(proceeding.instrument, how), step.confidence)
        }),
    );
    add(
        Kind::Proceedings,
        &mut record.proceedings.iter().map(|p| {
            let how = if p.subject.is_some() { "named" } else { "unnamed" };
            (joined(p.instrument, how), p.confidence)
        }),
    );
    add(
        Kind::Links,
        &mut record.links.iter().map(|link| {
            let near = link.from.index().abs_diff(link.to.index()) <= NEAR;
            (joined(link.kind, if near { "near" } else { "far" }), link.confidence)
        }),
    );
    add(
        Kind::Allegations,
        &mut record.allegations.iter().map(|g| {
            let how = if g.by.is_empty() { "told" } else { "said" };
            (joined(g.standing, how), g.confidence)
        }),
    );
    add(
        Kind::Checks,
        &mut record.checks.iter().map(|check| {
            (joined(check.kind, if check.holds { "holds" } else { "fails" }), check.confidence)
        }),
    );
    items
}

/// What a time is weighed by: its type and what they are resolved against; those that name no date by that.
#[must_use]
pub fn basis_of_time(time: &Time) -> String {
    let dated = time.value.as_ref().is_some_and(|v| v.starts_with(|c: char| c.is_ascii_digit()));
    let how = match (dated, time.from) {
        (true, None) => "whole",
        (true, Some(Anchor::Published)) => "published",
        (true, Some(Anchor::Time(_))) => "told",
        (false, _) => "open",
    };
    match time.kind {
        TimeType::Date | TimeType::Time => joined(time.kind, how),
        TimeType::Duration | TimeType::Set => kebab(time.kind),
    }
}

/// Actors by how they are told, and whether they are persons or bodies: of which kind a body is does not
/// count, so that a state and a group in each other's place are as sure.
fn of_actor(actor: &Actor) -> String {
    let named = actor.mentions.iter().any(|mention| mention.form == Form::Name);
    let how = match (actor.roles.is_empty(), named) {
        (false, _) => "titled",
        (true, true) => "named",
        (true, false) => "nominal",
    };
    let who = match actor.kind {
        ActorKind::Person => "person",
        ActorKind::Other => "other",
        _ => "body",
    };
    format!("{who}-{how}")
}

/// Figures by what they count and by whether somebody gives them.
fn of_figure(figure: &Figure) -> String {
    let how = if figure.source.kind == SourceKind::Narrator { "told" } else { "said" };
    format!("{}-{how}", figure.counted)
}

fn joined(kind: impl std::fmt::Debug, how: &str) -> String {
    format!("{}-{how}", kebab(kind))
}

/// A kind as the record's JSON has it.
fn kebab(kind: impl std::fmt::Debug) -> String {
    let mut out = String::new();
    for c in format!("{kind:?}").chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.extend(c.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(rows: &[(&str, u32, u32)]) -> Calibration {
        let mut counted = Calibration { weight: 10, measured: BTreeMap::new() };
        for (basis, right, of) in rows {
            (0..*of).for_each(|turn| counted.count(Kind::Links, basis, turn < *right));
        }
        counted
    }

    fn near(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-9
    }

    #[test]
    fn few_items_are_drawn_towards_the_mean_of_their_kind() {
        let none = counted(&[]);
        assert!(near(none.share(Kind::Links, "denies-near"), 0.5));
        let links = counted(&[("denies-near", 90, 100), ("denies-far", 0, 5)]);
        // The mean is (90 + 5) / (105 + 10), 0.826.
        assert!(near(links.share(Kind::Links, "denies-near"), 0.89));
        assert!(near(links.share(Kind::Links, "denies-far"), 0.55));
        assert!(near(links.share(Kind::Links, "repeats-near"), 0.83));
        assert!(near(links.share(Kind::Steps, "denies-near"), 0.5));
    }

    #[test]
    fn bases_of_few_items_are_weighed_together() {
        let links =
            counted(&[("denies-near", 9, 10), ("repeats-near", 1, 4), ("repeats-far", 0, 4)]);
        let gathered = links.gathered();
        let rows: Vec<_> = gathered.measured(Kind::Links).collect();
        assert_eq!(rows, [("denies-near", 9, 10), ("others", 1, 8)]);
        let seldom = gathered.share(Kind::Links, "repeats-far");
        assert!(near(seldom, gathered.share(Kind::Links, "others")) && seldom < 0.5);
    }

    #[test]
    fn kinds_are_named_as_the_record_names_them() {
        assert_eq!(kebab(onrecord_record::Instrument::ArrestWarrant), "arrest-warrant");
        assert_eq!(joined(TimeType::Date, "told"), "date-told");
    }
}
