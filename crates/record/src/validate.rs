//! The validator: rejects what breaks the contract, with the place and the cause.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::{
    Anchor, Extent, ItemId, NoticeKind, Offset, Party, Record, Sha256, Source, SourceKind,
    StatementId,
};

/// One place where a record breaks its contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Breach {
    /// The place, as a JSON Pointer (RFC 6901) into the record.
    pub place: String,
    /// What is wrong there.
    pub cause: Cause,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.cause)
    }
}

/// How a record can break its contract.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    /// A contract of another number.
    #[error("contract {found} is not known: this program keeps contract {known}", known = Record::VERSION)]
    UnknownVersion {
        /// The number found.
        found: u32,
    },
    /// The document's id is not the hash of its text.
    #[error("the text's hash is {actual}: the text was changed, or the id is another's")]
    WrongHash {
        /// The hash of the text.
        actual: Sha256,
    },
    /// A span that leaves the text, runs backwards or cuts a character.
    #[error("{start}..{end} is no range of characters of the text, which has {bytes} bytes")]
    OffText {
        /// The span's start.
        start: u64,
        /// The span's end.
        end: u64,
        /// The text's length.
        bytes: usize,
    },
    /// A span whose words are not those of the text.
    #[error("{start}..{end} reads {actual:?}, says {said:?}")]
    OtherWords {
        /// The span's start.
        start: u64,
        /// The span's end.
        end: u64,
        /// The words of the text, cut after 60 characters.
        actual: String,
        /// The words of the span, cut after 60 characters.
        said: String,
    },
    /// An id out of its place: ids count from 1 in list order, with gaps only in a record that
    /// says it is partial.
    #[error("the id is {found}, its place in the list makes it {expected}")]
    OutOfPlace {
        /// The id found.
        found: ItemId,
        /// The id expected.
        expected: ItemId,
    },
    /// An item that stands before its predecessor in the text.
    #[error("begins at {start}, before the item above it: the list is in text order")]
    OutOfOrder {
        /// The item's start.
        start: u32,
    },
    /// An id that names nothing.
    #[error("{id} names nothing in this record")]
    Dangling {
        /// The id.
        id: ItemId,
    },
    /// A kind of source and an actor that do not go together.
    #[error("source kind `actor` goes with an actor, every other kind with none")]
    SourceMismatch,
    /// A statement by the narrator.
    #[error("a statement has a source: what the narrator says makes none")]
    NarratorSpeaks,
    /// A statement held by itself, directly or over others.
    #[error("the statement lies within itself")]
    WithinItself,
    /// A number outside its range.
    #[error("{value} lies outside {low} to {high}")]
    OutOfRange {
        /// The number.
        value: f64,
        /// The least it may be.
        low: f64,
        /// The most it may be.
        high: f64,
    },
    /// A part that leaves the item it belongs to.
    #[error("lies outside its item's span")]
    OutsideItem,
    /// A list that may not be empty.
    #[error("is empty: {must}")]
    Empty {
        /// What it must hold.
        must: &'static str,
    },
    /// A value that is no ISO 8601 date or date-time.
    #[error("{found:?} is no ISO 8601 date or date-time")]
    NoDate {
        /// The value.
        found: String,
    },
}

impl Record {
    /// Every breach of the contract, in the order of the record. Empty for a record that keeps it.
    ///
    /// ```
    /// # use onrecord_record::*;
    /// # let text = "Nobody came.".to_owned();
    /// # let document = Document {
    /// #     id: Sha256::of(text.as_bytes()),
    /// #     source: SourceFile { name: "a.txt".into(), media_type: "text/plain".into(), bytes: 12,
    /// #         sha256: Sha256::of(text.as_bytes()) },
    /// #     title: None, byline: None, agency: None, outlet: None, url: None, published: None,
    /// #     dateline: None, language: "en".into(), headings: vec![], origins: vec![],
    /// #     notices: vec![], text };
    /// # let made_by = MadeBy { onrecord: "0.1.0".into(), pack: None, model: None };
    /// let mut record = Record::of_document(made_by, document);
    /// assert!(record.breaches().is_empty());
    /// record.document.text.push('!');
    /// assert_eq!(record.breaches()[0].place, "/document/id");
    /// ```
    #[must_use]
    pub fn breaches(&self) -> Vec<Breach> {
        let partial = self.document.notices.iter().any(|n| n.kind == NoticeKind::Partial);
        let mut check = Checker { record: self, partial, breaches: Vec::new() };
        check.document();
        check.spans();
        check.ids();
        check.order();
        check.references();
        check.statements();
        check.values();
        check.confidences();
        check.breaches
    }
}

struct Checker<'r> {
    record: &'r Record,
    /// Whether ids may have gaps.
    partial: bool,
    breaches: Vec<Breach>,
}

impl Checker<'_> {
    fn breach(&mut self, place: impl Into<String>, cause: Cause) {
        self.breaches.push(Breach { place: place.into(), cause });
    }

    fn document(&mut self) {
        let record = self.record;
        if record.record != Record::VERSION {
            self.breach("/record", Cause::UnknownVersion { found: record.record });
        }
        let actual = Sha256::of(record.document.text.as_bytes());
        if record.document.id != actual {
            self.breach("/document/id", Cause::WrongHash { actual });
        }
        if let Some(published) = &record.document.published {
            self.date("/document/published/value", &published.value);
        }
        if let Some(date) = record.document.dateline.as_ref().and_then(|d| d.date.as_ref()) {
            self.date("/document/dateline/date", date);
        }
        for (i, origin) in record.document.origins.iter().enumerate() {
            let extent = Extent { start: origin.start, end: origin.end };
            if origin.start > origin.end || extent.of(&record.document.text).is_none() {
                self.off_text(format!("/document/origins/{i}"), origin.start.0, origin.end.0);
            }
        }
    }

    fn date(&mut self, place: &str, found: &str) {
        let shape: String =
            found.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        let date_time = shape.get(10..).is_none_or(|rest| rest.is_empty() || rest.starts_with('T'));
        if shape.get(..10) != Some("0000-00-00") || !date_time {
            self.breach(place, Cause::NoDate { found: cut(found) });
        }
    }

    fn off_text(&mut self, place: String, start: u32, end: u32) {
        let bytes = self.record.document.text.len();
        self.breach(place, Cause::OffText { start: start.into(), end: end.into(), bytes });
    }

    /// Walks the serialised record, so that no span of a field to come is forgotten.
    fn spans(&mut self) {
        match serde_json::to_value(self.record) {
            Ok(value) => self.spans_in(&value, &mut String::new()),
            Err(_) => self.breach("", Cause::Empty { must: "the record serialises to JSON" }),
        }
    }

    fn spans_in(&mut self, value: &Value, place: &mut String) {
        let length = place.len();
        match value {
            Value::Object(map) => {
                if let (Some(start), Some(end), Some(Value::String(said))) = (
                    map.get("start").and_then(Value::as_u64),
                    map.get("end").and_then(Value::as_u64),
                    map.get("text"),
                ) {
                    self.span(place, start, end, said);
                }
                for (key, inner) in map {
                    place.push('/');
                    place.push_str(key);
                    self.spans_in(inner, place);
                    place.truncate(length);
                }
            }
            Value::Array(list) => {
                for (i, inner) in list.iter().enumerate() {
                    place.push_str(&format!("/{i}"));
                    self.spans_in(inner, place);
                    place.truncate(length);
                }
            }
            _ => {}
        }
    }

    fn span(&mut self, place: &str, start: u64, end: u64, said: &str) {
        let text = &self.record.document.text;
        let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
        match range.and_then(|(start, end)| text.get(start..end)) {
            None => {
                let cause = Cause::OffText { start, end, bytes: text.len() };
                self.breach(place, cause);
            }
            Some(actual) if actual != said => {
                let cause = Cause::OtherWords { start, end, actual: cut(actual), said: cut(said) };
                self.breach(place, cause);
            }
            Some(_) => {}
        }
    }

    fn ids(&mut self) {
        let record = self.record;
        macro_rules! in_place {
            ($list:ident, $id:ident) => {
                let mut least = 0;
                for (i, item) in record.$list.iter().enumerate() {
                    let expected = crate::$id::nth(if self.partial { least } else { i });
                    let ascends = self.partial && item.id > expected;
                    least = item.id.index() + 1;
                    if item.id != expected && !ascends {
                        let cause =
                            Cause::OutOfPlace { found: item.id.into(), expected: expected.into() };
                        self.breach(format!("/{}/{i}/id", stringify!($list)), cause);
                    }
                }
            };
        }
        in_place!(times, TimeId);
        in_place!(actors, ActorId);
        in_place!(statements, StatementId);
        in_place!(allegations, AllegationId);
        in_place!(figures, FigureId);
        in_place!(proceedings, ProceedingId);
    }

    fn order(&mut self) {
        let record = self.record;
        self.ascending("/times", record.times.iter().map(|x| x.span.start));
        self.ascending("/statements", record.statements.iter().map(|x| x.span.start));
        self.ascending("/figures", record.figures.iter().map(|x| x.span.start));
        self.ascending("/document/headings", record.document.headings.iter().map(|x| x.start));
        let first_mention = |a: &crate::Actor| a.mentions.first().map(|m| m.span.start);
        self.ascending("/actors", record.actors.iter().filter_map(first_mention));
        for (i, actor) in record.actors.iter().enumerate() {
            let place = format!("/actors/{i}/mentions");
            self.ascending(&place, actor.mentions.iter().map(|m| m.span.start));
        }
        for (i, statement) in record.statements.iter().enumerate() {
            let place = format!("/statements/{i}/content");
            self.ascending(&place, statement.content.iter().map(|c| c.start));
        }
    }

    fn ascending(&mut self, place: &str, starts: impl Iterator<Item = Offset>) {
        let mut last = Offset(0);
        for (i, start) in starts.enumerate() {
            if start < last {
                self.breach(format!("{place}/{i}"), Cause::OutOfOrder { start: start.0 });
            }
            last = start;
        }
    }

    fn names(&mut self, place: impl FnOnce() -> String, id: impl Into<ItemId>) {
        let id = id.into();
        let record = self.record;
        macro_rules! holds {
            ($list:ident, $id:expr) => {
                if self.partial {
                    record.$list.binary_search_by_key(&$id, |item| item.id).is_ok()
                } else {
                    $id.index() < record.$list.len()
                }
            };
        }
        let holds = match id {
            ItemId::TimeId(id) => holds!(times, id),
            ItemId::ActorId(id) => holds!(actors, id),
            ItemId::StatementId(id) => holds!(statements, id),
            ItemId::AllegationId(id) => holds!(allegations, id),
            ItemId::FigureId(id) => holds!(figures, id),
            ItemId::ProceedingId(id) => holds!(proceedings, id),
        };
        if !holds {
            self.breach(place(), Cause::Dangling { id });
        }
    }

    fn references(&mut self) {
        let record = self.record;
        macro_rules! name {
            ($id:expr, $($place:tt)*) => {
                if let Some(id) = $id { self.names(|| format!($($place)*), id); }
            };
        }
        for (i, time) in record.times.iter().enumerate() {
            if let Some(Anchor::Time(id)) = time.from {
                name!(Some(id), "/times/{i}/from");
            }
        }
        for (i, actor) in record.actors.iter().enumerate() {
            for (j, role) in actor.roles.iter().enumerate() {
                name!(role.of, "/actors/{i}/roles/{j}/of");
            }
            for (j, relation) in actor.relations.iter().enumerate() {
                name!(Some(relation.to), "/actors/{i}/relations/{j}/to");
            }
        }
        for (i, s) in record.statements.iter().enumerate() {
            name!(s.source.actor, "/statements/{i}/source/actor");
            name!(s.said.as_ref().and_then(|w| w.time), "/statements/{i}/said/time");
            for (j, id) in s.to.iter().enumerate() {
                name!(Some(*id), "/statements/{i}/to/{j}");
            }
            for (j, id) in s.via.iter().enumerate() {
                name!(Some(*id), "/statements/{i}/via/{j}");
            }
            name!(s.within, "/statements/{i}/within");
        }
        for (i, g) in record.allegations.iter().enumerate() {
            for (j, accused) in g.accused.iter().enumerate() {
                name!(accused.actor, "/allegations/{i}/accused/{j}/actor");
            }
            for (j, id) in g.by.iter().enumerate() {
                name!(Some(*id), "/allegations/{i}/by/{j}");
            }
            for (j, victim) in g.victims.iter().enumerate() {
                name!(victim.actor, "/allegations/{i}/victims/{j}/actor");
            }
            name!(g.when.as_ref().and_then(|w| w.time), "/allegations/{i}/when/time");
            for (j, response) in g.responses.iter().enumerate() {
                name!(Some(response.statement), "/allegations/{i}/responses/{j}/statement");
            }
        }
        for (i, f) in record.figures.iter().enumerate() {
            name!(f.of.as_ref().and_then(|who| who.actor), "/figures/{i}/of/actor");
            name!(f.part_of, "/figures/{i}/part_of");
            name!(f.when.as_ref().and_then(|w| w.time), "/figures/{i}/when/time");
            name!(f.as_of.as_ref().and_then(|w| w.time), "/figures/{i}/as_of/time");
            name!(f.statement, "/figures/{i}/statement");
            name!(f.source.actor, "/figures/{i}/source/actor");
        }
        for (i, p) in record.proceedings.iter().enumerate() {
            name!(p.forum, "/proceedings/{i}/forum");
            name!(p.subject, "/proceedings/{i}/subject");
            name!(p.as_of.as_ref().and_then(|w| w.time), "/proceedings/{i}/as_of/time");
            for (j, step) in p.steps.iter().enumerate() {
                name!(step.on.as_ref().and_then(|w| w.time), "/proceedings/{i}/steps/{j}/on/time");
            }
        }
        for (i, link) in record.links.iter().enumerate() {
            name!(Some(link.from), "/links/{i}/from");
            name!(Some(link.to), "/links/{i}/to");
        }
        for (i, check) in record.checks.iter().enumerate() {
            for (j, id) in check.items.iter().enumerate() {
                name!(Some(*id), "/checks/{i}/items/{j}");
            }
        }
    }

    fn statements(&mut self) {
        let record = self.record;
        let holders: BTreeMap<StatementId, StatementId> =
            record.statements.iter().filter_map(|s| Some((s.id, s.within?))).collect();
        for (i, s) in record.statements.iter().enumerate() {
            let place = format!("/statements/{i}");
            self.source(&place, &s.source);
            if s.source.kind == SourceKind::Narrator {
                self.breach(format!("{place}/source/kind"), Cause::NarratorSpeaks);
            }
            if s.cue.is_none() && s.content.is_empty() {
                let must = "a statement without a cue has content";
                self.breach(format!("{place}/content"), Cause::Empty { must });
            }
            let parts = s.source.span.iter().chain(s.cue.iter().map(|cue| &cue.span));
            if parts.chain(&s.content).any(|part| !s.span.extent().contains(part.extent())) {
                self.breach(&place, Cause::OutsideItem);
            }
            // A chain longer than there are statements runs in a circle.
            let chain = std::iter::successors(Some(s.id), |id| holders.get(id).copied());
            if chain.skip(1).take(record.statements.len()).any(|id| id == s.id) {
                self.breach(format!("{place}/within"), Cause::WithinItself);
            }
        }
    }

    fn source(&mut self, place: &str, source: &Source) {
        self.party(place, Party { kind: source.kind, actor: source.actor });
    }

    fn party(&mut self, place: &str, party: Party) {
        if (party.kind == SourceKind::Actor) != party.actor.is_some() {
            self.breach(format!("{place}/source"), Cause::SourceMismatch);
        }
    }

    fn within_range(&mut self, place: String, value: f64, low: f64, high: f64) {
        if !(low..=high).contains(&value) {
            self.breach(place, Cause::OutOfRange { value, low, high });
        }
    }

    fn confidences(&mut self) {
        let record = self.record;
        let mut told = |place: String, value| self.within_range(place, value, 0.0, 1.0);
        macro_rules! of {
            ($($list:ident),*) => {$(
                for (i, item) in record.$list.iter().enumerate() {
                    told(format!("/{}/{i}/confidence", stringify!($list)), item.confidence);
                }
            )*};
        }
        of!(times, actors, statements, allegations, figures, proceedings, links, checks);
        for (i, p) in record.proceedings.iter().enumerate() {
            for (j, step) in p.steps.iter().enumerate() {
                told(format!("/proceedings/{i}/steps/{j}/confidence"), step.confidence);
            }
        }
    }

    fn values(&mut self) {
        let record = self.record;
        for (i, f) in record.figures.iter().enumerate() {
            self.party(&format!("/figures/{i}"), f.source);
            if let (Some(low), Some(high)) = (f.low, f.high) {
                self.within_range(format!("/figures/{i}/low"), low, f64::MIN, high);
            }
        }
        for (i, p) in record.proceedings.iter().enumerate() {
            if p.steps.is_empty() {
                let must = "a proceeding has a step";
                self.breach(format!("/proceedings/{i}/steps"), Cause::Empty { must });
            }
        }
        for (i, g) in record.allegations.iter().enumerate() {
            if g.conduct.is_empty() {
                let must = "an allegation has conduct";
                self.breach(format!("/allegations/{i}/conduct"), Cause::Empty { must });
            }
        }
    }
}

fn cut(words: &str) -> String {
    match words.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &words[..at]),
        None => words.to_owned(),
    }
}
