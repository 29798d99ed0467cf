//! What the record dates, day by day.

use std::collections::BTreeSet;

use onrecord_casebook::Selected;
use onrecord_record::{
    AllegationId, FigureId, ItemId, ProceedingId, Record, Span, StatementId, TimeId, When,
};

use super::dates::order;
use super::{View, words};

/// Something that the record dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Event {
    /// Conduct is alleged to have happened.
    Alleged(AllegationId),
    /// What a figure counts happened.
    Counted(FigureId),
    /// A step of a proceeding, with its place among the steps.
    Step(ProceedingId, usize),
    /// A statement was made.
    Said(StatementId),
    /// The document was published.
    Published,
    /// A date of the text that nothing above refers to.
    Named(TimeId),
}

/// The dates of a record in their order, each with what happened then. Values that are no dates,
/// such as lengths of time, are left out.
pub(crate) fn timeline(record: &Record) -> Vec<(&str, Vec<Event>)> {
    let referring = referring(record);
    let used: BTreeSet<TimeId> = referring.iter().filter_map(|(when, _)| when.time).collect();
    let named = record.times.iter().filter(|time| !used.contains(&time.id));
    let named = named.filter_map(|time| Some((time.value.as_deref()?, Event::Named(time.id))));
    let published = record.document.published.iter();
    let published = published.map(|published| (published.value.as_str(), Event::Published));
    let dated = referring.iter().map(|(when, event)| (when.value.as_str(), *event));
    let mut events: Vec<_> = dated
        .chain(published)
        .chain(named)
        .map(|(value, event)| (value.split_once('T').map_or(value, |(day, _)| day), event))
        .filter_map(|(day, event)| Some((order(day)?, day, event)))
        .collect();
    events.sort();
    let mut days: Vec<(&str, Vec<Event>)> = Vec::new();
    for (_, value, event) in events {
        match days.last_mut() {
            Some((day, events)) if *day == value => events.push(event),
            _ => days.push((value, vec![event])),
        }
    }
    days
}

/// What an item is dated by, each with its words.
pub(super) fn events(
    selected: &Selected,
    view: &View<'_>,
    item: ItemId,
) -> Vec<(When, Event, Span)> {
    let referring = referring(&selected.record);
    let own = referring.into_iter().filter(|(_, event)| event.item() == Some(item));
    own.filter_map(|(when, event)| Some((when.clone(), event, view.words(event)?.clone())))
        .collect()
}

fn referring(record: &Record) -> Vec<(&When, Event)> {
    let alleged =
        record.allegations.iter().filter_map(|g| Some((g.when.as_ref()?, Event::Alleged(g.id))));
    let counted =
        record.figures.iter().filter_map(|f| Some((f.when.as_ref()?, Event::Counted(f.id))));
    let steps = record.proceedings.iter().flat_map(|p| {
        let steps = p.steps.iter().enumerate();
        steps.filter_map(|(i, step)| Some((step.on.as_ref()?, Event::Step(p.id, i))))
    });
    let said = record.statements.iter().filter_map(|s| Some((s.said.as_ref()?, Event::Said(s.id))));
    alleged.chain(counted).chain(steps).chain(said).collect()
}

impl Event {
    /// The item; `None` for the document itself.
    fn item(self) -> Option<ItemId> {
        match self {
            Self::Alleged(id) => Some(id.into()),
            Self::Counted(id) => Some(id.into()),
            Self::Step(id, _) => Some(id.into()),
            Self::Said(id) => Some(id.into()),
            Self::Named(id) => Some(id.into()),
            Self::Published => None,
        }
    }

    /// The id of the item, empty for the document.
    pub(crate) fn id(self) -> String {
        match self {
            Self::Alleged(id) => id.to_string(),
            Self::Counted(id) => id.to_string(),
            Self::Step(id, _) => id.to_string(),
            Self::Said(id) => id.to_string(),
            Self::Named(id) => id.to_string(),
            Self::Published => String::new(),
        }
    }
}

impl View<'_> {
    /// The words that tell what happened.
    fn words(&self, event: Event) -> Option<&Span> {
        match event {
            Event::Alleged(id) => self.allegation(id)?.conduct.first().map(|conduct| &conduct.span),
            Event::Counted(id) => self.figure(id).map(|figure| &figure.span),
            Event::Step(id, step) => self.proceeding(id)?.steps.get(step).map(|step| &step.span),
            Event::Said(id) => self.statement(id).map(|statement| &statement.span),
            Event::Named(id) => self.time(id).map(|time| &time.span),
            Event::Published => None,
        }
    }

    /// What happened, in a few words.
    pub(crate) fn told(&self, event: Event) -> String {
        match event {
            Event::Published => Some("the document was published".to_owned()),
            Event::Alleged(id) => self.allegation(id).map(|g| {
                let conduct: Vec<_> =
                    g.conduct.iter().map(|conduct| conduct.span.text.as_str()).collect();
                format!("{}: {}", words::kind(g.standing), conduct.join(", "))
            }),
            Event::Counted(id) => {
                self.figure(id).map(|f| format!("{}, by {}", words::count(f), self.whose(f)))
            }
            Event::Step(id, step) => self.proceeding(id).and_then(|p| {
                let step = words::kind(p.steps.get(step)?.step);
                let against = p.subject.map(|id| format!(" against {}", self.name(id)));
                let against = against.unwrap_or_default();
                Some(format!("{}{against} {step}", words::kind(p.instrument)))
            }),
            Event::Said(id) => {
                self.statement(id).map(|s| format!("{} {}", self.who(&s.source), words::act(s)))
            }
            Event::Named(id) => self.time(id).map(|time| format!("“{}”", time.span.text)),
        }
        .unwrap_or_default()
    }
}
