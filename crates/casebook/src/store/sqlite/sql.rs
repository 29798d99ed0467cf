//! Pieces of SQL that questions are put together from.
//!
//! A question is asked of a window of documents at a time, from number `?1` to number `?2`, both
//! taken: see [`Window`]. These come first in each question, so that its other marks count on from
//! there.

use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};
use serde::Serialize;

use super::items::word;
use crate::search::Days;

/// A piece of SQL with the values for its question marks.
#[derive(Debug, Clone, Default)]
pub(super) struct Sql {
    pub(super) text: String,
    pub(super) values: Vec<Value>,
}

impl Sql {
    pub(super) fn new(text: impl Into<String>, values: Vec<Value>) -> Self {
        Self { text: text.into(), values }
    }

    /// Puts another behind, between two texts.
    pub(super) fn push(&mut self, before: &str, other: &Self, behind: &str) {
        self.text.push_str(before);
        self.text.push_str(&other.text);
        self.text.push_str(behind);
        self.values.extend(other.values.iter().cloned());
    }

    pub(super) fn joined(parts: &[Self], by: &str) -> Self {
        let mut all = Self::default();
        for (i, part) in parts.iter().enumerate() {
            all.push(if i == 0 { "" } else { by }, part, "");
        }
        all
    }

    /// Whether a column has one of some numbers, however many.
    pub(super) fn among(column: &str, numbers: impl Serialize) -> Self {
        let text = format!("{column} IN (SELECT value FROM json_each(?))");
        Self::new(text, vec![Value::Text(serde_json::json!(numbers).to_string())])
    }

    /// The rows of a whole question for a window of documents.
    pub(super) fn rows<T>(
        &self,
        connection: &Connection,
        window: Window,
        row: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        let bounds = [window.first, window.last].map(|bound| Value::Integer(bound.into()));
        let mut statement = connection.prepare_cached(&self.text)?;
        let rows = statement.query_map(params_from_iter(bounds.iter().chain(&self.values)), row)?;
        rows.collect()
    }
}

/// Documents from one number to another, both taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) first: u32,
    pub(super) last: u32,
}

impl Window {
    pub(super) const ALL: Self = Self { first: 0, last: u32::MAX };

    pub(super) fn of(document: u32) -> Self {
        Self { first: document, last: document }
    }
}

/// Selects the documents of rows of a table that meet a condition which an index gives for a document
/// too.
pub(super) fn documents(table: &str, condition: &Sql) -> Sql {
    let before = format!("SELECT document FROM {table} WHERE document BETWEEN ?1 AND ?2 AND (");
    let mut sql = Sql::default();
    sql.push(&before, condition, ")");
    sql
}

pub(super) fn negated(sql: Sql, holds: bool) -> Sql {
    if holds { sql } else { Sql::new(format!("NOT ({})", sql.text), sql.values) }
}

pub(super) fn told(values: &[impl Serialize]) -> Vec<Value> {
    values.iter().map(|value| Value::Text(word(value))).collect()
}

pub(super) fn texts(values: &[String]) -> Vec<Value> {
    values.iter().cloned().map(Value::Text).collect()
}

/// Whether a column has one of some values. What has none is none of them.
pub(super) fn one_of(column: &str, values: Vec<Value>, holds: bool) -> Sql {
    let marks = vec!["?"; values.len()].join(", ");
    let sql = if holds {
        format!("{column} IN ({marks})")
    } else {
        format!("coalesce({column} NOT IN ({marks}), TRUE)")
    };
    Sql::new(sql, values)
}

/// Whether a time can mean one of some days. An item without a time meets none.
pub(super) fn meets(column: &str, days: Days, holds: bool) -> Sql {
    let (mut parts, mut values) = (Vec::new(), Vec::new());
    if let Some(first) = days.first {
        parts.push(format!("{column}_last >= ?"));
        values.push(Value::Text(first.to_string()));
    }
    if let Some(last) = days.last {
        parts.push(format!("{column}_first <= ?"));
        values.push(Value::Text(last.to_string()));
    }
    let sql = parts.join(" AND ");
    Sql::new(if holds { sql } else { format!("coalesce(NOT ({sql}), TRUE)") }, values)
}

/// Selects the documents with a row of a table whose time can mean one of some days: it begins on one
/// of them, or is longer than a day and began before.
pub(super) fn within(table: &str, column: &str, days: Days) -> Sql {
    // The plus leaves the index of days in its place: one of documents would give all of a window.
    let select = format!("SELECT document FROM {table} WHERE +document BETWEEN ?1 AND ?2 AND");
    let first = days.first.map(|day| Value::Text(day.to_string()));
    let last = days.last.map(|day| Value::Text(day.to_string()));
    let (sql, values) = match (first, last) {
        (Some(first), last) => {
            let up_to =
                if last.is_some() { format!(" AND {column}_first <= ?") } else { String::new() };
            let sql = format!(
                "{select} {column}_first >= ?{up_to} UNION ALL {select} \
                 {column}_last > {column}_first AND {column}_last >= ? AND {column}_first < ?"
            );
            let values = [Some(first.clone()), last, Some(first.clone()), Some(first)];
            (sql, values.into_iter().flatten().collect())
        }
        (None, Some(last)) => (format!("{select} {column}_first <= ?"), vec![last]),
        (None, None) => (format!("{select} {column}_first IS NOT NULL"), Vec::new()),
    };
    Sql::new(sql, values)
}

/// Selects the documents with a conduct that lies between some codes and what comes behind all that
/// falls under them: more than are meant.
pub(super) fn near(codes: &[String]) -> Sql {
    let values = codes.iter().flat_map(|code| vec![Value::Text(code.clone()); 2]);
    let between = vec!["taxon >= ? AND taxon < ? || ';'"; codes.len()].join(" OR ");
    let select = "SELECT document FROM allegation_conduct WHERE +document BETWEEN ?1 AND ?2 AND (";
    Sql::new(format!("{select}{between})"), values.collect())
}

/// Whether a conduct `c` falls under one of some codes.
pub(super) fn under(codes: &[String]) -> Sql {
    // Behind `.` and `:` come, in the order of bytes, `/` and `;`.
    let one = "c.taxon = ? OR c.taxon >= ? || '.' AND c.taxon < ? || '/' \
               OR c.taxon >= ? || ':' AND c.taxon < ? || ';'";
    let values = codes.iter().flat_map(|code| vec![Value::Text(code.clone()); 5]).collect();
    Sql::new(vec![one; codes.len()].join(" OR "), values)
}
