//! Which items of a case are meant.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use onrecord_record::{
    ActorId, Allegation, Figure, ItemId, Proceeding, Record, Source, StatementId, When,
};

use crate::days::days;
use crate::error::Error;
use crate::joins::EntityId;
use crate::key::DocumentId;
use crate::naming;
use crate::search::Query;
use crate::store::{DocumentRow, FoundDocument, Store};

/// What items have to be to be meant. Every part that is given has to hold; an empty filter lets
/// all through. An item that has no such part is not meant by it: nobody speaks in a proceeding, so
/// a filter by speaker lets none through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Found by this query, [`Case::understood`](crate::Case::understood): where it asks for items,
    /// these, what they make, and what is made of them; where it asks for words, all items of the
    /// documents.
    pub query: Option<Query>,
    /// In one of these documents; empty for all.
    pub documents: Vec<DocumentId>,
    /// On this day or later. The day is the item's own, any that its time can mean; where it has
    /// none, that of its document's publication.
    pub from: Option<Date>,
    /// On this day or earlier.
    pub to: Option<Date>,
    /// Said by an actor with this name, or with these words of it in a row; by whatever name the
    /// document has for whom another names so.
    pub speaker: Option<String>,
    /// Against an actor with this name, or with these words of it in a row: an allegation that
    /// accuses it, statements that make or answer one, figures in these, proceedings it is the
    /// subject of.
    pub accused: Option<String>,
    /// By this code of the law, or one below it.
    pub taxon: Option<String>,
    /// Published by this outlet or written by this agency.
    pub outlet: Option<String>,
    /// A figure that counts this.
    pub counted: Option<String>,
    /// Proceedings as they stood on this day. It lets all items through: what it leaves out is
    /// steps, see [`crate::Selected::steps`].
    pub as_of: Option<Date>,
    /// No more items than this, the first of them.
    pub limit: Option<usize>,
}

impl Filter {
    /// Whether items of a document can be meant at all.
    #[must_use]
    pub fn lets_document(&self, row: &DocumentRow) -> bool {
        let by = |outlet: &String| {
            let names = [row.outlet.as_deref(), row.agency.as_deref()];
            names.into_iter().flatten().any(|name| naming::same(name, outlet))
        };
        (self.documents.is_empty() || self.documents.contains(&row.id))
            && self.outlet.as_ref().is_none_or(by)
    }

    /// With the entities that its names mean.
    pub(crate) fn meant(&self, store: &dyn Store) -> Result<Meant<'_>, Error> {
        let bearing = |name: &Option<String>| {
            name.as_ref().map_or(Ok(BTreeSet::new()), |name| store.bearing(name))
        };
        Ok(Meant {
            filter: self,
            speaker: bearing(&self.speaker)?,
            accused: bearing(&self.accused)?,
            found: self.query.as_ref().map(|query| found(store, query)).transpose()?,
        })
    }
}

/// A filter with the entities that its names mean.
#[derive(Debug)]
pub struct Meant<'f> {
    /// The filter.
    pub filter: &'f Filter,
    /// Entities that bear the name of the speaker.
    pub speaker: BTreeSet<EntityId>,
    /// Entities that bear the name of the accused.
    pub accused: BTreeSet<EntityId>,
    /// What the query finds.
    pub found: Option<BTreeMap<DocumentId, FoundDocument>>,
}

fn found(store: &dyn Store, query: &Query) -> Result<BTreeMap<DocumentId, FoundDocument>, Error> {
    Ok(store.found(query)?.into_iter().map(|found| (found.id, found)).collect())
}

/// The record of a document with who its actors are.
pub(crate) struct Known<'r> {
    pub(crate) row: &'r DocumentRow,
    pub(crate) record: &'r Record,
    pub(crate) entities: &'r BTreeMap<ActorId, EntityId>,
}

impl Known<'_> {
    /// Whether an actor has a name, or these words of it, or is one of the entities that do.
    fn is(&self, actor: Option<ActorId>, words: &str, bearing: &BTreeSet<EntityId>) -> bool {
        let named = |actor: &onrecord_record::Actor| naming::has(&actor.name, words);
        let is_one = |id: &ActorId| self.entities.get(id).is_some_and(|who| bearing.contains(who));
        actor.is_some_and(|id| self.record.actor(id).is_some_and(named) || is_one(&id))
    }
}

impl Meant<'_> {
    /// Whether an item of a document is meant, the limit aside.
    pub(crate) fn lets(&self, known: &Known<'_>, item: ItemId) -> bool {
        self.filter.lets_document(known.row)
            && self.lets_found(known, item)
            && self.lets_days(known.row, known.record, item)
            && self.lets_speaker(known, item)
            && self.lets_charge(known, item)
            && self.filter.counted.as_ref().is_none_or(|counted| {
                let counts =
                    |f: &Figure| f.counted == *counted || f.counted == naming::folded(counted);
                figure(known.record, item).is_some_and(counts)
            })
    }

    fn lets_found(&self, known: &Known<'_>, item: ItemId) -> bool {
        let Some(found) = &self.found else { return true };
        let Some(found) = found.get(&known.row.id) else { return false };
        let FoundDocument { statements, allegations, figures, .. } = found;
        if [statements, allegations, figures].iter().all(|items| items.is_empty()) {
            return true;
        }
        let has =
            |items: &[u32], index: usize| items.iter().any(|number| *number as usize == index + 1);
        let by = |id: StatementId| has(statements, id.index());
        let record = known.record;
        match item {
            ItemId::StatementId(id) => {
                let of_allegation = |g: &Allegation| {
                    let answers = g.responses.iter().any(|response| response.statement == id);
                    has(allegations, g.id.index()) && (answers || g.by.contains(&id))
                };
                let of_figure = |f: &Figure| has(figures, f.id.index()) && f.statement == Some(id);
                by(id)
                    || record.allegations.iter().any(of_allegation)
                    || record.figures.iter().any(of_figure)
            }
            ItemId::AllegationId(id) => {
                let made = |g: &Allegation| g.by.iter().any(|id| by(*id));
                has(allegations, id.index()) || allegation(record, item).is_some_and(made)
            }
            ItemId::FigureId(id) => {
                let told = figure(record, item).and_then(|figure| figure.statement);
                has(figures, id.index()) || told.is_some_and(by)
            }
            ItemId::ActorId(_) | ItemId::ProceedingId(_) | ItemId::TimeId(_) => false,
        }
    }

    fn lets_days(&self, row: &DocumentRow, record: &Record, item: ItemId) -> bool {
        if self.filter.from.is_none() && self.filter.to.is_none() {
            return true;
        }
        let own: Vec<(Date, Date)> =
            times(record, item).into_iter().filter_map(|when| days(&when.value)).collect();
        let published = || row.published.as_deref().and_then(days);
        let meant = if own.is_empty() { published().into_iter().collect() } else { own };
        meant.into_iter().any(|span| self.lets_span(span))
    }

    /// Whether some day from the first to the last is meant.
    fn lets_span(&self, (first, last): (Date, Date)) -> bool {
        self.filter.from.is_none_or(|from| from <= last)
            && self.filter.to.is_none_or(|to| first <= to)
    }

    fn lets_speaker(&self, known: &Known<'_>, item: ItemId) -> bool {
        let Some(speaker) = &self.filter.speaker else { return true };
        let record = known.record;
        let is = |actor| known.is(actor, speaker, &self.speaker);
        let said = |source: &Source| is(source.actor);
        let statement = |id| record.statement(id).is_some_and(|s| said(&s.source));
        match item {
            ItemId::StatementId(id) => statement(id),
            ItemId::AllegationId(_) => {
                allegation(record, item).is_some_and(|g| g.by.iter().any(|id| statement(*id)))
            }
            ItemId::FigureId(_) => figure(record, item).is_some_and(|f| is(f.source.actor)),
            ItemId::ActorId(id) => is(Some(id)),
            ItemId::ProceedingId(_) | ItemId::TimeId(_) => false,
        }
    }

    fn lets_charge(&self, known: &Known<'_>, item: ItemId) -> bool {
        let Filter { accused, taxon, .. } = self.filter;
        if accused.is_none() && taxon.is_none() {
            return true;
        }
        let record = known.record;
        let is = |actor, who: &String| known.is(actor, who, &self.accused);
        let accuses = |g: &Allegation| {
            let against = |who: &String| g.accused.iter().any(|a| is(a.actor, who));
            let under = |code: &String| g.conduct.iter().any(|c| falls_under(&c.taxon.0, code));
            accused.as_ref().is_none_or(against) && taxon.as_ref().is_none_or(under)
        };
        let in_charge = |id| {
            record.allegations.iter().any(|g| {
                let answers = g.responses.iter().any(|response| response.statement == id);
                (g.by.contains(&id) || answers) && accuses(g)
            })
        };
        match item {
            ItemId::StatementId(id) => in_charge(id),
            ItemId::AllegationId(_) => allegation(record, item).is_some_and(accuses),
            ItemId::FigureId(_) => {
                figure(record, item).and_then(|f| f.statement).is_some_and(in_charge)
            }
            ItemId::ProceedingId(_) => proceeding(record, item).is_some_and(|p| {
                let under = |code: &String| p.conduct.iter().any(|c| falls_under(&c.taxon.0, code));
                let against = |who: &String| is(p.subject, who);
                accused.as_ref().is_none_or(against) && taxon.as_ref().is_none_or(under)
            }),
            ItemId::ActorId(id) => record
                .allegations
                .iter()
                .any(|g| g.accused.iter().any(|a| a.actor == Some(id)) && accuses(g)),
            ItemId::TimeId(_) => false,
        }
    }
}

/// Whether a code is another or one below it: `rome-statute:7.1.b` falls under `rome-statute:7`.
fn falls_under(code: &str, above: &str) -> bool {
    let rest = code.strip_prefix(above.trim_end_matches([':', '.']));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '.']))
}

/// The times that an item has of its own.
fn times(record: &Record, item: ItemId) -> Vec<&When> {
    match item {
        ItemId::StatementId(id) => record.statement(id).and_then(|s| s.said.as_ref()),
        ItemId::AllegationId(_) => allegation(record, item).and_then(|g| g.when.as_ref()),
        ItemId::FigureId(_) => figure(record, item).and_then(|f| f.when.as_ref()),
        ItemId::ProceedingId(_) => {
            let steps = proceeding(record, item).map(|p| p.steps.as_slice()).unwrap_or_default();
            return steps.iter().filter_map(|step| step.on.as_ref()).collect();
        }
        ItemId::ActorId(_) | ItemId::TimeId(_) => None,
    }
    .into_iter()
    .collect()
}

fn allegation(record: &Record, item: ItemId) -> Option<&Allegation> {
    record.allegations.iter().find(|g| ItemId::from(g.id) == item)
}

fn figure(record: &Record, item: ItemId) -> Option<&Figure> {
    record.figures.iter().find(|f| ItemId::from(f.id) == item)
}

fn proceeding(record: &Record, item: ItemId) -> Option<&Proceeding> {
    record.proceedings.iter().find(|p| ItemId::from(p.id) == item)
}

#[cfg(test)]
mod tests {
    use super::falls_under;

    #[test]
    fn a_code_falls_under_those_above_it() {
        for above in ["rome-statute", "rome-statute:", "rome-statute:7", "rome-statute:7.1.b"] {
            assert!(falls_under("rome-statute:7.1.b", above), "{above}");
        }
        for other in ["rome-statute:7.1.bb", "rome-statute:71", "rome", "rome-statute:7.1.b.2"] {
            assert!(!falls_under("rome-statute:7.1.b", other), "{other}");
        }
    }
}
