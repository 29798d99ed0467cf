//! What a case knows across documents, in the groups of a view.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_casebook::joins::{
    DiscrepancyKind, EntityId, Matter, Point, SourcesCounted, findings,
};
use onrecord_casebook::{DocumentId, Error};

use super::{About, Across, Entry, Gathered, Group};
use crate::view::{date, words};

/// Puts what copies of one story say alike into one entry, that of the first of them.
pub(super) fn put_copies_together(entries: Vec<Entry>) -> Vec<Entry> {
    let mut together: Vec<Entry> = Vec::new();
    let mut places = BTreeMap::new();
    for entry in entries {
        let report = entry.copy_of.unwrap_or(entry.document());
        let key = (report, entry.when.clone(), entry.says.clone(), entry.words.clone());
        match places.get(&key).and_then(|place: &usize| together.get_mut(*place)) {
            Some(first) if first.document() != entry.document() => {
                if entry.document() == report {
                    // Documents without a date come before those they are copies of.
                    let others = std::mem::replace(first, entry);
                    first.copies.push(others.at);
                    first.copies.extend(others.copies);
                } else {
                    first.copies.push(entry.at);
                }
            }
            _ => {
                places.insert(key, together.len());
                together.push(entry);
            }
        }
    }
    together
}

impl Gathered<'_> {
    /// Tells what a group is about, as the case knows it.
    pub(super) fn tell(&self, group: &mut Group) -> Result<(), Error> {
        match group.about.clone() {
            About::Heading => {}
            About::Entity(id) => {
                let Some(entity) = self.store.entity(id)? else { return Ok(()) };
                if self.across == Across::Actors {
                    group.heading = format!("{} · {}", entity.name, words::actor(entity.kind));
                    if !entity.aliases.is_empty() {
                        group.note = format!("also {}", entity.aliases.join(", "));
                    }
                } else {
                    group.heading = format!("Against {}", entity.name);
                }
            }
            About::Series(id) => {
                // Any figure of it leads to all.
                let documents: Vec<DocumentId> =
                    group.entries.iter().map(Entry::document).take(1).collect();
                let series = self.store.series_in(&documents)?;
                let series = series.into_iter().find(|one| one.id == id);
                let Some(series) = series else { return Ok(()) };
                if let Some((first, last)) = series.when {
                    group.heading = format!("{} · {}", group.heading, between(&first, &last));
                }
                group.note = range(&series.points);
            }
            About::Matter(matter) => {
                let name = |id: Option<EntityId>| -> Result<Option<String>, Error> {
                    let Some(id) = id else { return Ok(None) };
                    Ok(self.store.entity(id)?.map(|entity| entity.name))
                };
                if let Some(subject) = name(matter.subject)? {
                    let heading = [
                        Some(words::kind(matter.instrument)),
                        Some(format!("against {subject}")),
                        name(matter.forum)?,
                    ];
                    group.heading = heading.into_iter().flatten().collect::<Vec<_>>().join(" · ");
                }
                if let (Across::Proceedings(as_of), Some(state)) = (self.across, matter.state) {
                    let on = as_of.map(|day| format!(" on {}", date(&day.to_string())));
                    group.note = format!("{}{}", words::kind(state), on.unwrap_or_default());
                }
            }
        }
        if self.across == Across::Allegations {
            let SourcesCounted { named, unnamed, .. } = self.store.sources_counted(&group.by)?;
            let count = |count: u32, one, many| {
                (count > 0).then(|| words::counted(count as usize, one, many))
            };
            let sources = [
                count(named, "source by name", "sources by name"),
                count(unnamed, "report of others", "reports of others"),
            ];
            let sources: Vec<String> = sources.into_iter().flatten().collect();
            if !sources.is_empty() {
                group.note = format!("by {}", sources.join(" and "));
            }
        }
        Ok(())
    }

    /// What does not agree across documents among what is shown, a group each.
    pub(super) fn at_odds(&self, groups: &[Group]) -> Result<Vec<Group>, Error> {
        let mut matters: Vec<Matter> = Vec::new();
        let mut documents: BTreeSet<DocumentId> = BTreeSet::new();
        for group in groups {
            match &group.about {
                About::Series(_) => documents.extend(group.entries.iter().map(Entry::document)),
                About::Matter(matter) => matters.push(Matter::clone(matter)),
                About::Heading | About::Entity(_) => {}
            }
        }
        let documents: Vec<DocumentId> = documents.into_iter().collect();
        let series = self.store.series_in(&documents)?;
        let mut shown: BTreeMap<&str, &Entry> = BTreeMap::new();
        for entry in groups.iter().flat_map(|group| &group.entries) {
            shown.extend(entry.copies.iter().chain([&entry.at]).map(|at| (at.as_str(), entry)));
        }
        let mut at_odds = Vec::new();
        for finding in findings(&series, &matters) {
            let items: Vec<String> = finding.items.iter().map(ToString::to_string).collect();
            let entries: Vec<Entry> = items
                .iter()
                .filter_map(|item| shown.get(item.as_str()).map(|entry| Entry::clone(entry)))
                .collect();
            if entries.is_empty() {
                continue;
            }
            let says = match finding.kind {
                DiscrepancyKind::Falls => "a count that can only grow falls",
                DiscrepancyKind::TwoValues => "one source gives two values for one day",
                DiscrepancyKind::NothingToWithdraw => {
                    "a withdrawal, and no document tells of what was withdrawn"
                }
                DiscrepancyKind::StepOrder => "a step before one that has to come before it",
            };
            let mut reports = BTreeSet::new();
            for item in &finding.items {
                reports.insert(self.store.first_copy(item.document)?);
            }
            at_odds.push(Group {
                heading: format!("Does not agree: {says}"),
                note: items.join(", "),
                entries,
                reports,
                ..Group::default()
            });
        }
        Ok(at_odds)
    }
}

/// Days from one to another, for people.
fn between(first: &str, last: &str) -> String {
    if first == last { date(first) } else { format!("{} to {}", date(first), date(last)) }
}

/// The least and the most that the figures of a series can be, where they differ.
fn range(points: &[Point]) -> String {
    let least = points.iter().filter_map(|point| point.low.or(point.high)).min_by(f64::total_cmp);
    let most = points.iter().filter_map(|point| point.high.or(point.low)).max_by(f64::total_cmp);
    match (least, most) {
        (Some(least), Some(most)) if least < most => format!("from {least} to {most}"),
        _ => String::new(),
    }
}
