//! Sheets: the items of a case as rows, one kind a sheet.

use std::collections::BTreeSet;

use jiff::civil::Date;
use onrecord_record::{
    ActorId, Conduct, Figure, ItemId, Record, SourceKind, Span, Statement, When,
};

use super::cells::ColumnKind::{Number, Text, Truth, Whole};
use super::{Cell, Column};
use crate::days::days;
use crate::joins::{Discrepancy, ItemAt};
use crate::select::{Kind, Selected};
use crate::store::sqlite::word;

/// A sheet: the rows that documents give it.
#[derive(Debug)]
pub struct Sheet {
    /// Its name, which its file is called by.
    pub name: &'static str,
    /// The kinds of items that it is made of.
    pub kinds: &'static [Kind],
    /// Its columns beside [`Sheet::OWN`], which every sheet begins with.
    own: &'static [Column],
    /// The rows of an item, each with its words.
    rows: fn(&Selected, ItemId) -> Vec<Row>,
}

/// A row of an item: its cells beside those that every sheet has, and its words.
struct Row {
    cells: Vec<Cell>,
    words: Option<Span>,
}

const fn column(name: &'static str, kind: super::ColumnKind) -> Column {
    Column { name, kind }
}

/// All sheets.
pub static SHEETS: [Sheet; 6] = [
    Sheet {
        name: "timeline",
        kinds: &[Kind::Statement, Kind::Allegation, Kind::Figure, Kind::Proceeding],
        own: &[
            column("first_day", Text),
            column("last_day", Text),
            column("when", Text),
            column("event", Text),
            column("actor", Text),
        ],
        rows: timeline,
    },
    Sheet {
        name: "statements",
        kinds: &[Kind::Statement],
        own: &[
            column("source_kind", Text),
            column("source", Text),
            column("act", Text),
            column("polarity", Text),
            column("cue", Text),
            column("content", Text),
            column("manner", Text),
            column("said", Text),
            column("confidence", Number),
            column("answers", Text),
        ],
        rows: statements,
    },
    Sheet {
        name: "allegations",
        kinds: &[Kind::Allegation],
        own: &[
            column("standing", Text),
            column("taxa", Text),
            column("conduct", Text),
            column("accused", Text),
            column("victims", Text),
            column("by", Text),
            column("by_statements", Text),
            column("responses", Text),
            column("answered_in", Text),
            column("when", Text),
            column("where", Text),
        ],
        rows: allegations,
    },
    Sheet {
        name: "figures",
        kinds: &[Kind::Figure],
        own: &[
            column("counted", Text),
            column("low", Number),
            column("high", Number),
            column("approximate", Truth),
            column("of", Text),
            column("source_kind", Text),
            column("source", Text),
            column("statement", Text),
            column("part_of", Text),
            column("when", Text),
            column("as_of", Text),
            column("where", Text),
            column("series", Text),
        ],
        rows: figures,
    },
    Sheet {
        name: "proceedings",
        kinds: &[Kind::Proceeding],
        own: &[
            column("forum", Text),
            column("instrument", Text),
            column("subject", Text),
            column("taxa", Text),
            column("state", Text),
            column("turn", Whole),
            column("step", Text),
            column("on", Text),
            column("reason", Text),
            column("matter", Text),
            column("matter_state", Text),
        ],
        rows: proceedings,
    },
    Sheet {
        name: "actors",
        kinds: &[Kind::Actor],
        own: &[
            column("name", Text),
            column("kind", Text),
            column("roles", Text),
            column("mentions", Whole),
            column("statements", Whole),
            column("accused_in", Text),
            column("entity", Text),
        ],
        rows: actors,
    },
];

impl Sheet {
    /// The columns that every sheet begins with.
    pub const OWN: [Column; 7] = [
        column("document", Text),
        column("item", Text),
        column("copy_of", Text),
        column("published", Text),
        column("outlet", Text),
        column("title", Text),
        column("file", Text),
    ];
    /// The columns that every sheet ends with: the words and where they stand in the document.
    pub const WORDS: [Column; 3] =
        [column("start", Whole), column("end", Whole), column("text", Text)];

    /// The sheet of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Sheet> {
        SHEETS.iter().find(|sheet| sheet.name == name)
    }

    /// All its columns, in order.
    #[must_use]
    pub fn columns(&self) -> Vec<Column> {
        Self::OWN.iter().chain(self.own).chain(&Self::WORDS).copied().collect()
    }

    /// The rows of a document's items, a cell for each column.
    #[must_use]
    pub fn rows(&self, selected: &Selected) -> Vec<Vec<Cell>> {
        let Selected { row: document, items, first, .. } = selected;
        let copy_of = (*first != document.id).then(|| first.to_string());
        let rows = |item: &ItemId| {
            let item = *item;
            let rows = (self.rows)(selected, item);
            let copy_of = copy_of.clone();
            rows.into_iter().map(move |row| {
                let own = [
                    document.id.to_string().into(),
                    format!("{}:{item}", document.id).into(),
                    copy_of.clone().into(),
                    document.published.as_ref().into(),
                    document.outlet.as_ref().or(document.agency.as_ref()).into(),
                    document.title.as_ref().into(),
                    (&document.name).into(),
                ];
                let words = row.words.as_ref();
                let words = [
                    words.map(|span| span.start.0).into(),
                    words.map(|span| span.end.0).into(),
                    words.map(|span| &span.text).into(),
                ];
                own.into_iter().chain(row.cells).chain(words).collect()
            })
        };
        items.iter().flat_map(rows).collect()
    }
}

/// The columns of the table of what does not agree across documents: a row for each item that parts,
/// those of one finding under its number.
pub const FINDINGS: [Column; 4] = [
    column("finding", Whole),
    column("kind", Text),
    column("document", Text),
    column("item", Text),
];

/// The rows of findings, those of which some item is meant.
#[must_use]
pub fn finding_rows(findings: &[Discrepancy], meant: &BTreeSet<ItemAt>) -> Vec<Vec<Cell>> {
    let shown = findings.iter().filter(|f| f.items.iter().any(|item| meant.contains(item)));
    let rows = shown.zip(1_u32..).flat_map(|(finding, number)| {
        finding.items.iter().map(move |item| {
            let document = item.document.to_string().into();
            vec![number.into(), word(finding.kind).into(), document, item.to_string().into()]
        })
    });
    rows.collect()
}

/// The days of what a row of the timeline tells, for sorting.
#[must_use]
pub fn event_days(row: &[Cell]) -> Option<(Date, Date)> {
    let day = |at: usize| match row.get(at) {
        Some(Cell::Text(day)) => day.parse().ok(),
        _ => None,
    };
    Some((day(Sheet::OWN.len())?, day(Sheet::OWN.len() + 1)?))
}

fn timeline(selected: &Selected, item: ItemId) -> Vec<Row> {
    let record = &selected.record;
    let row = |when: Option<&When>, event: String, actor: Cell, words: Option<&Span>| {
        let when = when?;
        let (first, last) = days(&when.value)?;
        let days = [first, last].map(|day| day.to_string().into());
        let rest = [(&when.value).into(), event.into(), actor];
        Some(Row { cells: days.into_iter().chain(rest).collect(), words: words.cloned() })
    };
    match item {
        ItemId::StatementId(id) => record.statement(id).and_then(|s| {
            row(s.said.as_ref(), word(s.act), source(record, s).into(), Some(&s.span))
        }),
        ItemId::AllegationId(id) => record.allegations.iter().find(|g| g.id == id).and_then(|g| {
            let words = g.conduct.first().map(|conduct| &conduct.span);
            let accused = g.accused.iter().filter_map(|a| name(record, a.actor));
            row(g.when.as_ref(), word(g.standing), joined(accused).into(), words)
        }),
        ItemId::FigureId(id) => record.figures.iter().find(|f| f.id == id).and_then(|f| {
            row(f.when.as_ref(), f.counted.clone(), whose(record, f).into(), Some(&f.span))
        }),
        ItemId::ProceedingId(id) => {
            let proceeding = record.proceedings.iter().find(|p| p.id == id);
            let steps = proceeding.map(|p| (p, p.steps.iter()));
            let rows = steps.into_iter().flat_map(|(p, steps)| {
                steps.filter_map(move |step| {
                    let event = format!("{} {}", word(p.instrument), word(step.step));
                    let subject = name(record, p.subject).into();
                    row(step.on.as_ref(), event, subject, Some(&step.span))
                })
            });
            return rows.collect();
        }
        ItemId::ActorId(_) | ItemId::TimeId(_) => None,
    }
    .into_iter()
    .collect()
}

fn statements(selected: &Selected, item: ItemId) -> Vec<Row> {
    let record = &selected.record;
    let statement = record.statements.iter().find(|s| ItemId::from(s.id) == item);
    let row = statement.map(|s| {
        let links = record.links.iter().filter(|link| link.from == s.id);
        let answers = links.map(|link| format!("{} {}", word(link.kind), link.to));
        let cells = vec![
            word(s.source.kind).into(),
            source(record, s).into(),
            word(s.act).into(),
            word(s.polarity).into(),
            s.cue.as_ref().map(|cue| &cue.span.text).into(),
            parts(&s.content).into(),
            word(s.manner).into(),
            said(s.said.as_ref()),
            s.confidence.into(),
            joined(answers).into(),
        ];
        Row { cells, words: Some(s.span.clone()) }
    });
    row.into_iter().collect()
}

fn allegations(selected: &Selected, item: ItemId) -> Vec<Row> {
    let record = &selected.record;
    let allegation = record.allegations.iter().find(|g| ItemId::from(g.id) == item);
    let row = allegation.map(|g| {
        let accused = g.accused.iter().map(|a| name(record, a.actor).unwrap_or(&a.span.text));
        let victims = g.victims.iter().map(|v| name(record, v.actor).unwrap_or(&v.span.text));
        let by = g.by.iter().filter_map(|id| Some(source(record, record.statement(*id)?)));
        let responses = g.responses.iter().map(|response| {
            let who = record.statement(response.statement).map(|s| source(record, s));
            format!("{} {} {}", who.unwrap_or_default(), word(response.kind), response.statement)
        });
        let elsewhere = selected.answers.get(&g.id).into_iter().flatten();
        let elsewhere = elsewhere.map(|a| format!("{} {} {}", a.who, word(a.kind), a.at));
        let words = g.by.first().and_then(|id| record.statement(*id)).map(|s| s.span.clone());
        let cells = vec![
            word(g.standing).into(),
            taxa(&g.conduct).into(),
            joined(g.conduct.iter().map(|c| &c.span.text)).into(),
            joined(accused).into(),
            joined(victims).into(),
            joined(by).into(),
            joined(&g.by).into(),
            joined(responses).into(),
            joined(elsewhere).into(),
            said(g.when.as_ref()),
            g.place.as_ref().map(|place| &place.span.text).into(),
        ];
        Row { cells, words: words.or_else(|| g.conduct.first().map(|c| c.span.clone())) }
    });
    row.into_iter().collect()
}

fn figures(selected: &Selected, item: ItemId) -> Vec<Row> {
    let record = &selected.record;
    let figure = record.figures.iter().find(|f| ItemId::from(f.id) == item);
    let row = figure.map(|f| {
        let of = f.of.as_ref();
        let cells = vec![
            (&f.counted).into(),
            f.low.into(),
            f.high.into(),
            f.approximate.into(),
            of.map(|of| name(record, of.actor).unwrap_or(&of.span.text)).into(),
            word(f.source.kind).into(),
            whose(record, f).into(),
            f.statement.map(|id| id.to_string()).into(),
            f.part_of.map(|id| id.to_string()).into(),
            said(f.when.as_ref()),
            said(f.as_of.as_ref()),
            f.place.as_ref().map(|place| &place.span.text).into(),
            selected.series.get(&f.id).map(ToString::to_string).into(),
        ];
        Row { cells, words: Some(f.span.clone()) }
    });
    row.into_iter().collect()
}

/// A row for each step up to the day asked for.
fn proceedings(selected: &Selected, item: ItemId) -> Vec<Row> {
    let record = &selected.record;
    let proceeding = record.proceedings.iter().find(|p| ItemId::from(p.id) == item);
    let rows = proceeding.into_iter().flat_map(|p| {
        let matter = selected.matters.get(&p.id).map(|matter| matter.id.to_string());
        selected.steps(p).map(move |(turn, step, _)| Row {
            cells: vec![
                name(record, p.forum).into(),
                word(p.instrument).into(),
                name(record, p.subject).into(),
                taxa(&p.conduct).into(),
                word(p.state).into(),
                turn.into(),
                word(step.step).into(),
                said(step.on.as_ref()),
                step.reason.as_ref().into(),
                matter.clone().into(),
                selected.state(p.id).map(word).into(),
            ],
            words: Some(step.span.clone()),
        })
    });
    rows.collect()
}

fn actors(selected: &Selected, item: ItemId) -> Vec<Row> {
    let record = &selected.record;
    let actor = record.actors.iter().find(|a| ItemId::from(a.id) == item);
    let row = actor.map(|a| {
        let said = record.statements.iter().filter(|s| s.source.actor == Some(a.id)).count();
        let accused = record.allegations.iter().filter(|g| {
            let mut all = g.accused.iter();
            all.any(|accused| accused.actor == Some(a.id))
        });
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let cells = vec![
            (&a.name).into(),
            word(a.kind).into(),
            joined(a.roles.iter().map(|role| &role.title)).into(),
            count(a.mentions.len()).into(),
            count(said).into(),
            joined(accused.map(|g| g.id)).into(),
            selected.entities.get(&a.id).map(ToString::to_string).into(),
        ];
        Row { cells, words: a.mentions.first().map(|mention| mention.span.clone()) }
    });
    row.into_iter().collect()
}

/// The name of an actor.
pub(super) fn name(record: &Record, id: Option<ActorId>) -> Option<&str> {
    id.and_then(|id| record.actor(id)).map(|actor| actor.name.as_str())
}

/// Who makes a statement: a name, or the words for somebody without one.
pub(crate) fn source<'r>(record: &'r Record, statement: &'r Statement) -> &'r str {
    let words = || statement.source.span.as_ref().map_or("", |span| span.text.as_str());
    name(record, statement.source.actor).unwrap_or_else(words)
}

fn whose<'r>(record: &'r Record, figure: &'r Figure) -> &'r str {
    let statement = figure.statement.and_then(|id| record.statement(id));
    match (figure.source.kind, statement) {
        (SourceKind::Narrator, _) => "",
        (_, Some(statement)) if figure.source.actor.is_none() => source(record, statement),
        _ => name(record, figure.source.actor).unwrap_or_default(),
    }
}

fn said(when: Option<&When>) -> Cell {
    when.map(|when| &when.value).into()
}

/// Several values in one cell.
pub(super) fn joined(values: impl IntoIterator<Item = impl ToString>) -> String {
    values.into_iter().map(|value| value.to_string()).collect::<Vec<_>>().join("; ")
}

pub(super) fn taxa(conduct: &[Conduct]) -> String {
    joined(conduct.iter().map(|conduct| &conduct.taxon.0))
}

pub(super) fn parts(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect::<Vec<_>>().join(" … ")
}
