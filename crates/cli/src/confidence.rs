//! Records without what is less sure than asked for.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_record::{
    Anchor, ItemId, Notice, NoticeKind, Record, SourceKind, StatementId, When, Who,
};

use crate::view::words::counted;

/// Leaves out of a record every item below a confidence and what rests on it: the statements within a
/// statement, the figures and allegations that no other statement gives, the times counted from a
/// time, the proceedings without a step left, and the links, answers and checks that name any of
/// these. What names an actor or a time that went stays and names none: its words still stand. A
/// notice of the document says how much went; the ids of the rest stay as they were.
pub(crate) fn at_least(least: f64, mut record: Record) -> Record {
    let before = counts(&record);
    let gone = Gone::of(&record, least);
    statements(&mut record, &gone);
    figures(&mut record, &gone);
    allegations(&mut record, &gone, least);
    proceedings(&mut record, &gone, least);
    record.times.retain(|time| gone.keeps(time.id));
    actors(&mut record, &gone);
    let stands = items(&record);
    record.checks.retain(|check| {
        check.confidence >= least && check.items.iter().all(|item| stands.contains(item))
    });
    let after = counts(&record);
    let went = before.into_iter().zip(after).filter(|(before, after)| before.0 > after.0);
    let went = went.map(|((before, one, many), after)| counted(before - after.0, one, many));
    let went: Vec<String> = went.collect();
    let (last, rest) = match went.split_last() {
        None => return record,
        Some((last, rest)) => (last, rest.join(", ")),
    };
    let went = if rest.is_empty() { last.clone() } else { format!("{rest} and {last}") };
    let says = format!(
        "Partial: left out is what is below confidence {least}, or rests on what is: {went}."
    );
    record.document.notices.push(Notice { kind: NoticeKind::Partial, says });
    record
}

/// How much of each kind a record holds, with its words for one and for several.
fn counts(record: &Record) -> [(usize, &'static str, &'static str); 9] {
    let steps = record.proceedings.iter().map(|proceeding| proceeding.steps.len()).sum();
    [
        (record.statements.len(), "statement", "statements"),
        (record.allegations.len(), "allegation", "allegations"),
        (record.figures.len(), "figure", "figures"),
        (record.proceedings.len(), "proceeding", "proceedings"),
        (steps, "step", "steps"),
        (record.times.len(), "time", "times"),
        (record.actors.len(), "actor", "actors"),
        (record.links.len(), "link", "links"),
        (record.checks.len(), "check", "checks"),
    ]
}

/// The items of a record that have ids.
fn items(record: &Record) -> BTreeSet<ItemId> {
    let mut items: BTreeSet<ItemId> = BTreeSet::new();
    items.extend(record.times.iter().map(|item| ItemId::from(item.id)));
    items.extend(record.actors.iter().map(|item| ItemId::from(item.id)));
    items.extend(record.statements.iter().map(|item| ItemId::from(item.id)));
    items.extend(record.allegations.iter().map(|item| ItemId::from(item.id)));
    items.extend(record.figures.iter().map(|item| ItemId::from(item.id)));
    items.extend(record.proceedings.iter().map(|item| ItemId::from(item.id)));
    items
}

/// The times, actors, statements and figures that go.
struct Gone(BTreeSet<ItemId>);

impl Gone {
    fn of(record: &Record, least: f64) -> Self {
        let mut gone = BTreeSet::new();
        let actors = record.actors.iter().filter(|actor| actor.confidence < least);
        gone.extend(actors.map(|actor| ItemId::from(actor.id)));
        let within = record.statements.iter().filter_map(|s| Some((s.within?, s.id)));
        let below = record.statements.iter().filter(|s| s.confidence < least).map(|s| s.id);
        gone.extend(with_all_on(below, within).into_iter().map(ItemId::from));
        let counted = record.times.iter().filter_map(|time| match time.from {
            Some(Anchor::Time(from)) => Some((from, time.id)),
            _ => None,
        });
        let below = record.times.iter().filter(|time| time.confidence < least).map(|time| time.id);
        gone.extend(with_all_on(below, counted).into_iter().map(ItemId::from));
        let unsaid = |id: StatementId| gone.contains(&ItemId::from(id));
        let figures = record.figures.iter();
        let figures = figures.filter(|f| f.confidence < least || f.statement.is_some_and(unsaid));
        let figures: Vec<ItemId> = figures.map(|figure| ItemId::from(figure.id)).collect();
        gone.extend(figures);
        Self(gone)
    }

    fn keeps(&self, id: impl Into<ItemId>) -> bool {
        !self.0.contains(&id.into())
    }

    /// Takes away an id that went.
    fn leave<T: Copy + Into<ItemId>>(&self, id: &mut Option<T>) {
        *id = id.filter(|id| self.keeps(*id));
    }

    /// Takes away when something was, where the time that told it went.
    fn leave_when(&self, when: &mut Option<When>) {
        if when.as_ref().and_then(|when| when.time).is_some_and(|time| !self.keeps(time)) {
            *when = None;
        }
    }

    fn leave_who<'w>(&self, all: impl IntoIterator<Item = &'w mut Who>) {
        all.into_iter().for_each(|who| self.leave(&mut who.actor));
    }
}

/// Ids, and those that rest on them, directly or over others; `on` gives each with what it rests on.
fn with_all_on<T: Copy + Ord>(
    ids: impl Iterator<Item = T>,
    on: impl Iterator<Item = (T, T)>,
) -> BTreeSet<T> {
    let mut resting: BTreeMap<T, Vec<T>> = BTreeMap::new();
    for (holder, id) in on {
        resting.entry(holder).or_default().push(id);
    }
    let mut open: Vec<T> = ids.collect();
    let mut all = BTreeSet::new();
    while let Some(id) = open.pop() {
        if all.insert(id) {
            open.extend(resting.get(&id).into_iter().flatten());
        }
    }
    all
}

fn statements(record: &mut Record, gone: &Gone) {
    record.statements.retain(|s| gone.keeps(s.id));
    for s in &mut record.statements {
        gone.leave(&mut s.source.actor);
        if s.source.actor.is_none() && s.source.kind == SourceKind::Actor {
            s.source.kind = SourceKind::Unnamed;
        }
        gone.leave_when(&mut s.said);
        s.to.retain(|actor| gone.keeps(*actor));
        s.via.retain(|actor| gone.keeps(*actor));
    }
}

fn figures(record: &mut Record, gone: &Gone) {
    record.figures.retain(|figure| gone.keeps(figure.id));
    for f in &mut record.figures {
        gone.leave(&mut f.part_of);
        gone.leave_who(&mut f.of);
        gone.leave_when(&mut f.when);
        gone.leave_when(&mut f.as_of);
        gone.leave(&mut f.source.actor);
        if f.source.actor.is_none() && f.source.kind == SourceKind::Actor {
            f.source.kind = SourceKind::Unnamed;
        }
    }
}

/// Leaves out links, allegations and answers. An answer that a link makes goes with that link.
fn allegations(record: &mut Record, gone: &Gone, least: f64) {
    let links = std::mem::take(&mut record.links);
    let (left, went): (Vec<_>, Vec<_>) = links
        .into_iter()
        .partition(|link| link.confidence >= least && gone.keeps(link.from) && gone.keeps(link.to));
    let went: Vec<_> = went.iter().map(|link| (link.from, link.to, link.kind)).collect();
    record.links = left;
    record.allegations.retain_mut(|g| {
        let by = g.by.clone();
        g.responses.retain(|response| {
            let unlinked =
                by.iter().any(|by| went.contains(&(response.statement, *by, response.kind)));
            gone.keeps(response.statement) && !unlinked
        });
        g.by.retain(|by| gone.keeps(*by));
        g.accused.iter_mut().for_each(|accused| gone.leave(&mut accused.actor));
        gone.leave_who(&mut g.victims);
        gone.leave_when(&mut g.when);
        g.confidence >= least && (by.is_empty() || !g.by.is_empty())
    });
}

/// Leaves out proceedings, and steps of the rest.
fn proceedings(record: &mut Record, gone: &Gone, least: f64) {
    record.proceedings.retain_mut(|p| {
        gone.leave(&mut p.forum);
        gone.leave(&mut p.subject);
        gone.leave_when(&mut p.as_of);
        // Its state is that after its last step.
        let stands = p.steps.last().is_some_and(|step| step.confidence >= least);
        p.steps.retain(|step| step.confidence >= least);
        p.steps.iter_mut().for_each(|step| gone.leave_when(&mut step.on));
        stands && p.confidence >= least
    });
}

fn actors(record: &mut Record, gone: &Gone) {
    record.actors.retain(|actor| gone.keeps(actor.id));
    for actor in &mut record.actors {
        actor.roles.iter_mut().for_each(|role| gone.leave(&mut role.of));
        actor.relations.retain(|relation| gone.keeps(relation.to));
    }
}
