//! Documents for views.

use jiff::civil::Date;
use rusqlite::Row;
use rusqlite::types::Value;

use super::Sqlite;
use super::names::Named;
use super::sql::{Sql, Window, documents, near, one_of, texts, within};
use crate::error::Error;
use crate::filter::{Filter, Meant};
use crate::key::DocumentId;
use crate::naming;
use crate::search::{Days, Phrase};
use crate::select::Kind;
use crate::store::Views;

/// Times of items: the table and the column.
const TIMES: [(&str, &str); 4] =
    [("statement", "said"), ("allegation", "when"), ("figure", "when"), ("step", "on")];
/// Where somebody speaks, and where somebody is accused: the table, the column, and the kinds of items
/// that are meant by it.
const SPEAKS: [(&str, &str, &[Kind]); 2] = [
    ("statement", "source", &[Kind::Statement, Kind::Allegation]),
    ("figure", "source", &[Kind::Figure]),
];
const IS_ACCUSED: [(&str, &str, &[Kind]); 2] = [
    ("accused", "actor", &[Kind::Statement, Kind::Allegation, Kind::Figure, Kind::Actor]),
    ("proceeding", "subject", &[Kind::Proceeding]),
];
/// Of so many days or more, each document is asked whether it has one; of fewer, an index is.
const MANY_DAYS: i32 = 62;
/// Of a name that so many names and entities have, the first documents are asked each: to look all of
/// these up takes longer, and some are likely to be there.
const MANY_NAMES: usize = 1_000;
/// How many documents that are.
const FIRST: u32 = 1_000;

impl Views for Sqlite {
    fn may_hold(
        &self,
        meant: &Meant<'_>,
        kinds: &[Kind],
        after: DocumentId,
        limit: u32,
    ) -> Result<Vec<DocumentId>, Error> {
        let ids = self.holding(meant, kinds, after, limit).map_err(self.refuse())?;
        self.in_order(u64::from(after.0) + 1, ids.iter().map(|id| id.0.into()))?;
        Ok(ids)
    }
}

/// Somebody by whom items are meant, and where: tables, their columns, and the kinds of items.
type Meaning = (Named, &'static [(&'static str, &'static str, &'static [Kind])]);

impl Sqlite {
    fn holding(
        &self,
        meant: &Meant<'_>,
        kinds: &[Kind],
        after: DocumentId,
        limit: u32,
    ) -> rusqlite::Result<Vec<DocumentId>> {
        let Some(first) = after.0.checked_add(1) else { return Ok(Vec::new()) };
        let filter = meant.filter;
        // An actor itself is meant by a speaker's name, whether it speaks or not.
        let speaks: &[_] = if kinds.contains(&Kind::Actor) { &[] } else { &SPEAKS };
        let names = [
            (&filter.speaker, &meant.speaker, speaks),
            (&filter.accused, &meant.accused, &IS_ACCUSED),
        ];
        let mut named: Vec<Meaning> = Vec::new();
        for (name, entities, places) in names {
            // What has no word that is searched by, any document may hold.
            if let Some(phrase) = name.as_deref().and_then(Phrase::of) {
                named.push((Named::by(self, &[phrase])?.and(self, entities)?, places));
            }
        }
        let is_named_so_often = named.iter().any(|(named, _)| named.count() >= MANY_NAMES);
        let then = if is_named_so_often { first.saturating_add(FIRST) } else { first };
        let windows = [
            (Window { first, last: then - 1 }, false),
            (Window { first: then, last: u32::MAX }, true),
        ];
        let mut found = Vec::new();
        for (window, looks_up) in windows {
            if window.first <= window.last && found.len() < limit as usize {
                let mut query = self.asked(meant, kinds, &named, looks_up)?;
                query.text.push_str(&format!(" ORDER BY d.id LIMIT {limit}"));
                let id = |row: &Row<'_>| Ok(DocumentId(row.get(0)?));
                found.extend(query.rows(&self.connection, window, id)?);
            }
        }
        found.truncate(limit as usize);
        Ok(found)
    }

    /// Selects documents of a window that may hold what is meant. Those that have somebody by name are
    /// either looked up, or each is asked.
    fn asked(
        &self,
        meant: &Meant<'_>,
        kinds: &[Kind],
        named: &[Meaning],
        looks_up: bool,
    ) -> rusqlite::Result<Sql> {
        let filter = meant.filter;
        let mut query = Sql::new(
            "SELECT d.id FROM document d \
             WHERE d.id BETWEEN ?1 AND ?2 AND d.language IS NOT NULL",
            Vec::new(),
        );
        if !filter.documents.is_empty() {
            let numbers: Vec<u32> = filter.documents.iter().map(|id| id.0).collect();
            query.push(" AND ", &Sql::among("d.id", numbers), "");
        }
        if let Some(found) = &meant.found {
            let numbers: Vec<u32> = found.keys().map(|id| id.0).collect();
            query.push(" AND ", &Sql::among("d.id", numbers), "");
        }
        if filter.from.is_some() || filter.to.is_some() {
            query.push(" AND ", &on_days(filter), "");
        }
        for (whom, places) in named {
            if places.is_empty() || looks_up {
                query.push(" AND d.id IN (", &whom.documents(), ")");
            }
            let mut either = Sql::default();
            for (table, column, holding) in *places {
                if holding.iter().any(|kind| kinds.contains(kind)) {
                    let or = if either.text.is_empty() { "" } else { " OR " };
                    let exists =
                        format!("{or}EXISTS (SELECT 1 FROM {table} i WHERE i.document = d.id AND ");
                    either.push(&exists, &whom.is(&format!("i.{column}"), "i"), ")");
                }
            }
            if !either.text.is_empty() {
                query.push(" AND (", &either, ")");
            }
        }
        if let Some(outlet) = filter.outlet.as_deref() {
            let mut either = Sql::default();
            for (column, before) in [("outlet", ""), ("agency", " OR ")] {
                let values = self.values_of(column)?.into_iter();
                let same = values.filter(|value| naming::same(value, outlet)).map(Value::Text);
                either.push(before, &one_of(&format!("d.{column}"), same.collect(), true), "");
            }
            query.push(" AND (", &either, ")");
        }
        if let Some(taxon) = &filter.taxon {
            let charged = near(&[taxon.trim_end_matches([':', '.']).to_owned()]);
            // The conduct of proceedings is no table: where there are any, they have to be looked at.
            let proceedings = match kinds.contains(&Kind::Proceeding) {
                true => {
                    " UNION ALL SELECT document FROM proceeding WHERE document BETWEEN ?1 AND ?2)"
                }
                false => ")",
            };
            query.push(" AND d.id IN (", &charged, proceedings);
        }
        if let Some(counted) = &filter.counted {
            let told = texts(&[counted.clone(), naming::folded(counted)]);
            let figures = documents("figure", &one_of("counted", told, true));
            query.push(" AND d.id IN (", &figures, ")");
        }
        Ok(query)
    }
}

/// A document was published between two days, or has an item that can be of a day between them.
fn on_days(filter: &Filter) -> Sql {
    let (first, last) = (filter.from, filter.to);
    let told = |day: Option<Date>, open: &str| {
        Value::Text(day.map_or(open.to_owned(), |day| day.to_string()))
    };
    let (from, to) = (told(first, "0000"), told(last, "9999"));
    let mut any = Sql::new(
        "(substr(d.published, 1, 10) BETWEEN substr(?, 1, length(d.published)) AND ?",
        vec![from.clone(), to.clone()],
    );
    let span = first.zip(last).and_then(|(first, last)| last.since(first).ok());
    if span.is_some_and(|span| span.get_days() < MANY_DAYS) {
        let mut ids = Sql::default();
        for (turn, (table, column)) in TIMES.iter().enumerate() {
            let before = if turn == 0 { "" } else { " UNION ALL " };
            ids.push(before, &within(table, column, Days { first, last }), "");
        }
        any.push(" OR d.id IN (", &ids, ")");
    } else {
        for (table, column) in TIMES {
            let item = Sql::new(
                format!("i.{column}_first <= ? AND i.{column}_last >= ?"),
                vec![to.clone(), from.clone()],
            );
            let before =
                format!(" OR EXISTS (SELECT 1 FROM {table} i WHERE i.document = d.id AND ");
            any.push(&before, &item, ")");
        }
    }
    any.push("", &Sql::default(), ")");
    any
}
