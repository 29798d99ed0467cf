//! Matters: the proceedings of all documents against one subject, by one instrument, in one forum.

use std::collections::BTreeMap;

use onrecord_record::{Instrument, ProceedingId, State, StepKind};

use super::parts::Spot;
use super::types::{EntityId, ItemAt, Matter, StepTold};

/// A proceeding of a document as joining sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Docket {
    /// The proceeding.
    pub spot: Spot,
    /// What it acts by.
    pub instrument: Instrument,
    /// The forum's entity; 0 where the document names none.
    pub forum: u32,
    /// The subject's entity; 0 where the document names none.
    pub subject: u32,
    /// When the document was published.
    pub published: Option<String>,
    /// Its steps in time order.
    pub steps: Vec<DocketStep>,
}

/// A step of a proceeding of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocketStep {
    /// What was done.
    pub step: StepKind,
    /// The first and the last day that it can have been done on.
    pub on: Option<(String, String)>,
    /// Why.
    pub reason: Option<String>,
}

/// The matters of dockets, by their first proceedings, as they stood on a day.
///
/// A docket without a forum belongs to the one matter of its subject and instrument, where there is
/// one; a docket without a subject is a matter of its own.
pub(super) fn matters(mut dockets: Vec<Docket>, as_of: Option<&str>) -> Vec<Matter> {
    dockets.sort_by_key(|docket| docket.spot);
    let mut groups: BTreeMap<(Instrument, u32, u32), Vec<Docket>> = BTreeMap::new();
    let mut alone: Vec<Vec<Docket>> = Vec::new();
    let (whole, part): (Vec<_>, Vec<_>) =
        dockets.into_iter().partition(|docket| docket.subject != 0 && docket.forum != 0);
    for docket in whole {
        let key = (docket.instrument, docket.subject, docket.forum);
        groups.entry(key).or_default().push(docket);
    }
    for docket in part {
        if docket.subject == 0 {
            alone.push(vec![docket]);
            continue;
        }
        let (instrument, subject) = (docket.instrument, docket.subject);
        let range = (instrument, subject, 1)..=(instrument, subject, u32::MAX);
        let forums: Vec<_> = groups.range(range).map(|(key, _)| *key).collect();
        let key = match forums.as_slice() {
            [only] => *only,
            _ => (instrument, subject, 0),
        };
        groups.entry(key).or_default().push(docket);
    }
    let mut matters: Vec<Matter> =
        groups.into_values().chain(alone).map(|group| matter(group, as_of)).collect();
    matters.sort_by_key(|matter| matter.id);
    matters
}

fn at(spot: Spot) -> ItemAt {
    ItemAt::new(spot.document, ProceedingId::nth(spot.index()))
}

fn matter(mut group: Vec<Docket>, as_of: Option<&str>) -> Matter {
    group.sort_by_key(|docket| docket.spot);
    let instrument = group[0].instrument;
    let known =
        |of: fn(&Docket) -> u32| group.iter().map(of).find(|entity| *entity != 0).map(EntityId);
    // Each step with the day by which it had been done, for those whose words tell none.
    let mut steps: Vec<(StepTold, Option<String>)> = Vec::new();
    for docket in &group {
        for step in &docket.steps {
            put(&mut steps, step, at(docket.spot), docket.published.as_deref());
        }
    }
    let day = |(told, known): &(StepTold, Option<String>)| {
        told.on.as_ref().map(|(first, _)| first.clone()).or_else(|| known.clone())
    };
    steps.retain(|step| match (as_of, day(step)) {
        (Some(as_of), Some(day)) => day.as_str() <= as_of,
        _ => true,
    });
    // One that nobody dates stays where its document has it.
    steps.sort_by_key(|step| day(step).unwrap_or_default());
    let steps: Vec<StepTold> = steps.into_iter().map(|(told, _)| told).collect();
    let state = steps.last().map(|last| State::after(last.step, instrument));
    Matter {
        id: at(group[0].spot),
        instrument,
        forum: known(|docket| docket.forum),
        subject: known(|docket| docket.subject),
        proceedings: group.iter().map(|docket| at(docket.spot)).collect(),
        steps,
        state,
    }
}

/// Puts a step to those told: one of its kind whose days can be its days is the same.
fn put(
    steps: &mut Vec<(StepTold, Option<String>)>,
    step: &DocketStep,
    by: ItemAt,
    published: Option<&str>,
) {
    let published = published.and_then(|day| day.get(..10)).map(str::to_owned);
    let can_be = |told: &StepTold| {
        // A proceeding tells each of its steps once.
        told.step == step.step
            && !told.told.contains(&by)
            && match (&told.on, &step.on) {
                (Some((first, last)), Some((from, until))) => first <= until && from <= last,
                _ => true,
            }
    };
    let Some((told, known)) = steps.iter_mut().find(|(told, _)| can_be(told)) else {
        let on = step.on.clone();
        let reason = step.reason.clone();
        steps.push((StepTold { step: step.step, on, reason, told: vec![by] }, published));
        return;
    };
    told.told.push(by);
    told.reason = told.reason.take().or_else(|| step.reason.clone());
    told.on = match (told.on.take(), step.on.clone()) {
        (Some(a), Some(b)) => Some((a.0.max(b.0), a.1.min(b.1))),
        (a, b) => a.or(b),
    };
    *known = match (known.take(), published) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::DocumentId;

    fn docket(document: u32, forum: u32, steps: &[(StepKind, &str)]) -> Docket {
        let step = |(step, day): &(StepKind, &str)| {
            let on = (!day.is_empty()).then(|| (day.to_string(), day.to_string()));
            DocketStep { step: *step, on, reason: None }
        };
        Docket {
            spot: Spot { document: DocumentId(document), item: 1 },
            instrument: Instrument::ArrestWarrant,
            forum,
            subject: 7,
            published: Some(format!("2026-0{document}-01")),
            steps: steps.iter().map(step).collect(),
        }
    }

    #[test]
    fn documents_tell_one_matter_and_its_state_on_a_day() {
        use StepKind::{Applied, Issued, Withdrawn};
        let dockets = [
            docket(1, 5, &[(Applied, "2025-05-20")]),
            docket(2, 5, &[(Issued, "2025-11-21"), (Applied, "")]),
            docket(3, 0, &[(Withdrawn, "2026-01-09")]),
        ];
        let told = |as_of: Option<&str>| {
            let matters = matters(dockets.to_vec(), as_of);
            assert_eq!(matters.len(), 1);
            let steps: Vec<StepKind> = matters[0].steps.iter().map(|step| step.step).collect();
            (steps, matters[0].state)
        };
        assert_eq!(told(None), (vec![Applied, Issued, Withdrawn], Some(State::Withdrawn)));
        assert_eq!(told(Some("2025-12-31")), (vec![Applied, Issued], Some(State::Active)));
        assert_eq!(told(Some("2025-05-20")), (vec![Applied], Some(State::Pending)));
        assert_eq!(told(Some("2025-05-19")), (vec![], None));
    }

    #[test]
    fn two_forums_are_two_matters_and_none_is_of_neither() {
        let dockets = vec![docket(1, 5, &[]), docket(2, 6, &[]), docket(3, 0, &[])];
        assert_eq!(matters(dockets, None).len(), 3);
    }
}
