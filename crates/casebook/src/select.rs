//! The items of a case that a filter means, document by document.

use std::collections::BTreeMap;
use std::rc::Rc;

use onrecord_record::{
    ActorId, AllegationId, FigureId, ItemId, LinkKind, Proceeding, ProceedingId, Record, State,
    Step,
};

use crate::case::Case;
use crate::days::days;
use crate::error::Error;
use crate::export::source;
use crate::filter::{Filter, Known};
use crate::joins::{EntityId, ItemAt, Matter, SeriesId};
use crate::key::DocumentId;
use crate::store::{DocumentRow, OneState};

/// A kind of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Kind {
    Statement,
    Allegation,
    Figure,
    Proceeding,
    Actor,
}

/// A document with the items that are meant.
#[derive(Debug, Clone)]
pub struct Selected {
    /// The document.
    pub row: DocumentRow,
    /// Its record, whole.
    pub record: Record,
    /// The items, by kind in the order asked for and in text order; at least one.
    pub items: Vec<ItemId>,
    /// The document that stands for it and its copies, the first of them; itself where it is no copy
    /// of one that came earlier. What is counted is counted once for all of them.
    pub first: DocumentId,
    /// Who its actors are, those that it names.
    pub entities: BTreeMap<ActorId, EntityId>,
    /// The series that its figures are in, those that are in one.
    pub series: BTreeMap<FigureId, SeriesId>,
    /// The statements of other reports that answer the allegations among the items, those that any
    /// does.
    pub answers: BTreeMap<AllegationId, Vec<Answer>>,
    /// The matters that the proceedings among the items tell of, as they stood on the day that the
    /// filter names.
    pub matters: BTreeMap<ProceedingId, Rc<Matter>>,
}

/// A statement of another report that answers an allegation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The statement.
    pub at: ItemAt,
    /// What it does.
    pub kind: LinkKind,
    /// Who says it, as its document has it; empty where no words tell.
    pub who: String,
}

impl Selected {
    /// The steps of a proceeding up to the day that the filter names, each with its turn in the
    /// proceeding, from 1, and the first and the last day that it can have been done on, as far as
    /// all documents tell. A step without a day in any document counts from the report.
    pub fn steps<'s>(
        &'s self,
        proceeding: &'s Proceeding,
    ) -> impl Iterator<Item = (u32, &'s Step, Option<(String, String)>)> {
        let own = ItemAt::new(self.row.id, proceeding.id);
        let matter = self.matters.get(&proceeding.id);
        proceeding.steps.iter().zip(1_u32..).filter_map(move |(step, turn)| {
            let day = step.on.as_ref().and_then(|on| days(&on.value));
            let day = day.map(|(first, last)| (first.to_string(), last.to_string()));
            let is_it = |told: &&crate::joins::StepTold| {
                let overlap = match (&day, &told.on) {
                    (Some((first, last)), Some((from, until))) => first <= until && from <= last,
                    _ => true,
                };
                told.step == step.step && told.told.contains(&own) && overlap
            };
            let Some(matter) = matter else { return Some((turn, step, day)) };
            let told = matter.steps.iter().find(is_it)?;
            Some((turn, step, told.on.clone()))
        })
    }

    /// Where the matter of a proceeding stands after the steps up to the day that the filter names.
    #[must_use]
    pub fn state(&self, proceeding: ProceedingId) -> Option<State> {
        self.matters.get(&proceeding)?.state
    }
}

/// Documents taken from the store at first; then more and more, as each time has its price.
const FIRST_PAGE: u32 = 30;

impl Case {
    /// Gives each document that holds items of these kinds that a filter means, in the order of
    /// documents, until the filter's limit is reached. Memory is one record.
    ///
    /// # Errors
    /// Where the store refuses, and what `each` gives.
    pub fn select<E: From<Error>>(
        &self,
        filter: &Filter,
        kinds: &[Kind],
        mut each: impl FnMut(Selected) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut left = filter.limit.unwrap_or(usize::MAX);
        let meant = filter.meant(self.store())?;
        let as_of = filter.as_of.map(|day| day.to_string());
        let mut matters: BTreeMap<ItemAt, Rc<Matter>> = BTreeMap::new();
        let (mut after, mut page) = (DocumentId(0), Vec::new().into_iter());
        let mut size = FIRST_PAGE;
        while left > 0 {
            let id = match page.next() {
                Some(id) => id,
                None => {
                    let next = self.store.may_hold(&meant, kinds, after, size)?;
                    let Some(last) = next.last() else { break };
                    after = *last;
                    size = size.saturating_mul(4);
                    page = next.into_iter();
                    continue;
                }
            };
            let state = OneState::of(self.store())?;
            let Some(row) = self.store.document(id)? else { continue };
            if !filter.lets_document(&row) {
                continue;
            }
            let Some(record) = self.store.record(id)? else { continue };
            let mut items = items(&record, kinds);
            let entities = self.store.entities_in(id)?;
            let known = Known { row: &row, record: &record, entities: &entities };
            items.retain(|item| meant.lets(&known, *item));
            items.truncate(left);
            left -= items.len();
            if items.is_empty() {
                continue;
            }
            let matters = self.matters_in(id, &items, as_of.as_deref(), &mut matters)?;
            let (first, series) = (self.store.first_copy(id)?, self.store.series_of(id)?);
            let answers = self.answers_in(id, &record, &items)?;
            drop(state);
            each(Selected { row, record, items, first, entities, series, answers, matters })?;
        }
        Ok(())
    }

    /// What of other reports answers the allegations among a document's items.
    fn answers_in(
        &self,
        document: DocumentId,
        record: &Record,
        items: &[ItemId],
    ) -> Result<BTreeMap<AllegationId, Vec<Answer>>, Error> {
        let mut all = BTreeMap::new();
        for allegation in &record.allegations {
            if !items.contains(&allegation.id.into()) {
                continue;
            }
            let mut found = BTreeMap::new();
            for by in &allegation.by {
                found.extend(self.store.answers_to(document, *by)?);
            }
            for (at, kind) in found {
                let (ItemId::StatementId(id), Some(told)) =
                    (at.item, self.store.record(at.document)?)
                else {
                    continue;
                };
                let who = told.statement(id).map(|answer| source(&told, answer).to_owned());
                let answer = Answer { at, kind, who: who.unwrap_or_default() };
                all.entry(allegation.id).or_insert_with(Vec::new).push(answer);
            }
        }
        Ok(all)
    }

    /// The matters of the proceedings among a document's items; `known` keeps those that were made.
    fn matters_in(
        &self,
        document: DocumentId,
        items: &[ItemId],
        as_of: Option<&str>,
        known: &mut BTreeMap<ItemAt, Rc<Matter>>,
    ) -> Result<BTreeMap<ProceedingId, Rc<Matter>>, Error> {
        let mut told = BTreeMap::new();
        for item in items {
            let ItemId::ProceedingId(id) = *item else { continue };
            if !known.contains_key(&ItemAt::new(document, id)) {
                let Some(matter) = self.store.matter_of(document, id, as_of)? else { continue };
                let matter = Rc::new(matter);
                for proceeding in &matter.proceedings {
                    known.insert(*proceeding, Rc::clone(&matter));
                }
            }
            if let Some(matter) = known.get(&ItemAt::new(document, id)) {
                told.insert(id, Rc::clone(matter));
            }
        }
        Ok(told)
    }
}

fn items(record: &Record, kinds: &[Kind]) -> Vec<ItemId> {
    let all = |kind: &Kind| -> Vec<ItemId> {
        match kind {
            Kind::Statement => record.statements.iter().map(|s| s.id.into()).collect(),
            Kind::Allegation => record.allegations.iter().map(|g| g.id.into()).collect(),
            Kind::Figure => record.figures.iter().map(|f| f.id.into()).collect(),
            Kind::Proceeding => record.proceedings.iter().map(|p| p.id.into()).collect(),
            Kind::Actor => record.actors.iter().map(|a| a.id.into()).collect(),
        }
    };
    kinds.iter().flat_map(all).collect()
}
