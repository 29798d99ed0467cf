//! Records without what is less sure than asked for.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_record::{ItemId, Notice, NoticeKind, Record, StatementId};

use crate::view::words::counted;

/// Leaves out of a record every statement below a confidence and what rests on it: the statements
/// within it, the figures and allegations that no other statement gives, and the links, answers and
/// checks that name any of these. A notice of the document says how much went; the ids of the rest
/// stay as they were.
pub(crate) fn at_least(least: f64, mut record: Record) -> Record {
    let gone = unsure(&record, least);
    if gone.is_empty() {
        return record;
    }
    let kept = |id: &StatementId| !gone.contains(id);
    record.statements.retain(|s| kept(&s.id));
    record.links.retain(|link| kept(&link.from) && kept(&link.to));

    let figures = record.figures.len();
    record.figures.retain(|f| f.statement.as_ref().is_none_or(kept));
    let left: BTreeSet<_> = record.figures.iter().map(|f| f.id).collect();
    for figure in &mut record.figures {
        figure.part_of = figure.part_of.filter(|whole| left.contains(whole));
    }

    let allegations = record.allegations.len();
    record.allegations.retain_mut(|g| {
        let rests_on_some = !g.by.is_empty();
        g.by.retain(kept);
        g.responses.retain(|response| kept(&response.statement));
        !(rests_on_some && g.by.is_empty())
    });

    let alleged: BTreeSet<_> = record.allegations.iter().map(|g| g.id).collect();
    let stands = |item: &ItemId| match item {
        ItemId::StatementId(id) => kept(id),
        ItemId::FigureId(id) => left.contains(id),
        ItemId::AllegationId(id) => alleged.contains(id),
        ItemId::TimeId(_) | ItemId::ActorId(_) | ItemId::ProceedingId(_) => true,
    };
    record.checks.retain(|check| check.items.iter().all(stands));

    let figures = figures - record.figures.len();
    let allegations = allegations - record.allegations.len();
    let with: Vec<_> = [(figures, "figure", "figures"), (allegations, "allegation", "allegations")]
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
    let with = match with.join(" and ") {
        none if none.is_empty() => none,
        some => format!(", with {some} that nobody else gives"),
    };
    let (are, each) = if gone.len() == 1 { ("is", "it is") } else { ("are", "each is") };
    let statements = counted(gone.len(), "statement", "statements");
    let says = format!(
        "Partial: {statements} {are} left out{with}: {each} below confidence {least}, or within one \
         that is."
    );
    record.document.notices.push(Notice { kind: NoticeKind::Partial, says });
    record
}

/// The statements below a confidence, and all that lie within them.
fn unsure(record: &Record, least: f64) -> BTreeSet<StatementId> {
    let mut within: BTreeMap<StatementId, Vec<StatementId>> = BTreeMap::new();
    for statement in &record.statements {
        if let Some(holder) = statement.within {
            within.entry(holder).or_default().push(statement.id);
        }
    }
    let below = record.statements.iter().filter(|s| s.confidence < least);
    let mut open: Vec<StatementId> = below.map(|s| s.id).collect();
    let mut gone = BTreeSet::new();
    while let Some(id) = open.pop() {
        if gone.insert(id) {
            open.extend(within.get(&id).into_iter().flatten());
        }
    }
    gone
}
