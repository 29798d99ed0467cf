//! The items of a record as rows.

use jiff::civil::Date;
use onrecord_record::{Record, When};
use rusqlite::types::Value;
use rusqlite::{Row, params};
use serde::Serialize;

use super::Sqlite;
use crate::days::days;
use crate::error::Error;
use crate::key::DocumentId;
use crate::store::{Items, Reviews, Search};

/// Tables of items, those that point to others first.
const TABLES: [&str; 12] = [
    "doubt",
    "accused",
    "allegation_by",
    "allegation_conduct",
    "response",
    "allegation",
    "step",
    "proceeding",
    "figure",
    "link",
    "statement",
    "actor",
];

impl Items for Sqlite {
    fn put_items(&mut self, id: DocumentId, record: &Record) -> Result<(), Error> {
        self.remove_items(id)?;
        self.items(id.0, record).map_err(self.refuse())?;
        self.put_words(id, record)?;
        self.put_doubts(id, record)
    }

    fn item_rows(&self, id: DocumentId) -> Result<Vec<String>, Error> {
        let mut found = Vec::new();
        for table in TABLES {
            let sql = format!("SELECT * FROM {table} WHERE document = ?1");
            let mut statement = self.connection.prepare_cached(&sql).map_err(self.refuse())?;
            let columns = statement.column_count();
            let text = |row: &Row<'_>| {
                let mut text = table.to_owned();
                for column in 1..columns {
                    text.push_str(&format!(" {:?}", row.get::<_, Value>(column)?));
                }
                Ok(text)
            };
            let rows = statement.query_map([id.0], text).map_err(self.refuse())?;
            let rows: Vec<String> = rows.collect::<Result<_, _>>().map_err(self.refuse())?;
            found.extend(rows);
        }
        Ok(found)
    }

    fn remove_items(&mut self, id: DocumentId) -> Result<(), Error> {
        self.remove_words(id)?;
        for table in TABLES {
            let sql = format!("DELETE FROM {table} WHERE document = ?1");
            let mut statement = self.connection.prepare_cached(&sql).map_err(self.refuse())?;
            statement.execute([id.0]).map_err(self.refuse())?;
        }
        Ok(())
    }
}

impl Sqlite {
    fn items(&self, document: u32, record: &Record) -> rusqlite::Result<()> {
        let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| {
            self.connection.prepare_cached(sql)?.execute(values).map(drop)
        };
        for actor in &record.actors {
            run(
                "INSERT INTO actor VALUES (?1, ?2, ?3, ?4)",
                params![document, number(actor.id.index()), actor.name, word(actor.kind)],
            )?;
        }
        for statement in &record.statements {
            let (first, last) = said(statement.said.as_ref());
            let source = statement.source.actor.map(|id| number(id.index()));
            run(
                "INSERT INTO statement VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                params![
                    document,
                    number(statement.id.index()),
                    word(statement.act),
                    word(statement.polarity),
                    word(statement.source.kind),
                    source,
                    first,
                    last,
                    statement.span.start.0,
                    statement.span.end.0,
                    statement.confidence
                ],
            )?;
        }
        for allegation in &record.allegations {
            let id = number(allegation.id.index());
            let (first, last) = said(allegation.when.as_ref());
            run(
                "INSERT INTO allegation VALUES (?1, ?2, ?3, ?4, ?5)",
                params![document, id, word(allegation.standing), first, last],
            )?;
            for conduct in &allegation.conduct {
                run(
                    "INSERT OR IGNORE INTO allegation_conduct VALUES (?1, ?2, ?3)",
                    params![document, id, conduct.taxon.0],
                )?;
            }
            for accused in &allegation.accused {
                let Some(actor) = accused.actor.map(|id| number(id.index())) else { continue };
                run(
                    "INSERT OR IGNORE INTO accused VALUES (?1, ?2, ?3, ?4)",
                    params![document, id, actor, accused.degree.map(word)],
                )?;
            }
            for statement in &allegation.by {
                run(
                    "INSERT OR IGNORE INTO allegation_by VALUES (?1, ?2, ?3)",
                    params![document, id, number(statement.index())],
                )?;
            }
            for response in &allegation.responses {
                let statement = number(response.statement.index());
                run(
                    "INSERT OR IGNORE INTO response VALUES (?1, ?2, ?3, ?4)",
                    params![document, id, statement, word(response.kind)],
                )?;
            }
        }
        for figure in &record.figures {
            let (first, last) = said(figure.when.as_ref());
            run(
                "INSERT INTO figure VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                params![
                    document,
                    number(figure.id.index()),
                    figure.counted,
                    figure.low,
                    figure.high,
                    figure.approximate,
                    word(figure.source.kind),
                    figure.source.actor.map(|id| number(id.index())),
                    figure.statement.map(|id| number(id.index())),
                    figure.part_of.map(|id| number(id.index())),
                    first,
                    last
                ],
            )?;
        }
        for proceeding in &record.proceedings {
            let id = number(proceeding.id.index());
            run(
                "INSERT INTO proceeding VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    document,
                    id,
                    word(proceeding.instrument),
                    proceeding.forum.map(|id| number(id.index())),
                    proceeding.subject.map(|id| number(id.index())),
                    word(proceeding.state)
                ],
            )?;
            for (step, at) in proceeding.steps.iter().zip(1_u32..) {
                let (first, last) = said(step.on.as_ref());
                run(
                    "INSERT INTO step VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    params![document, id, at, word(step.step), first, last, step.reason],
                )?;
            }
        }
        for link in &record.links {
            let (from, to) = (number(link.from.index()), number(link.to.index()));
            run(
                "INSERT OR IGNORE INTO link VALUES (?1, ?2, ?3, ?4)",
                params![document, from, to, word(link.kind)],
            )?;
        }
        Ok(())
    }
}

/// The number in an item's id.
pub(super) fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1)
}

/// A value of a closed list as the record's JSON has it.
pub(crate) fn word(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        // The types are closed lists of words; were one not so, the column says what it is.
        other => format!("{other:?}"),
    }
}

/// The first and the last day that a time can mean.
fn said(when: Option<&When>) -> (Option<String>, Option<String>) {
    let days = when.and_then(|when| days(&when.value));
    let told = |day: Date| day.to_string();
    (days.map(|(first, _)| told(first)), days.map(|(_, last)| told(last)))
}
