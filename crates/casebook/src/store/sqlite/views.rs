//! Documents for views.

use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use super::Sqlite;
use super::conditions::{Named, Sql, near, one_of, within};
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
/// Where somebody speaks, and where somebody is accused: the table and the column.
const SPEAKS: [(&str, &str); 2] = [("statement", "source"), ("figure", "source")];
const IS_ACCUSED: [(&str, &str); 2] = [("accused", "actor"), ("proceeding", "subject")];
/// Of so many days or more, each document is asked whether it has one; of fewer, an index is.
const MANY_DAYS: i32 = 62;

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

impl Sqlite {
    fn holding(
        &self,
        meant: &Meant<'_>,
        kinds: &[Kind],
        after: DocumentId,
        limit: u32,
    ) -> rusqlite::Result<Vec<DocumentId>> {
        let filter = meant.filter;
        let mut query = Sql::new(
            "SELECT d.id FROM document d WHERE d.language IS NOT NULL AND d.id > ?",
            vec![Value::Integer(after.0.into())],
        );
        if !filter.documents.is_empty() {
            let numbers = filter.documents.iter().map(|id| id.0);
            query.push(" AND d.id IN (SELECT value FROM json_each(", &json(numbers), "))");
        }
        if let Some(found) = &meant.found {
            let numbers = json(found.keys().map(|id| id.0));
            query.push(" AND d.id IN (SELECT value FROM json_each(", &numbers, "))");
        }
        if filter.from.is_some() || filter.to.is_some() {
            query.push(" AND ", &on_days(filter), "");
        }
        // An actor itself is meant by a speaker's name, whether it speaks or not.
        let speaks: &[_] = if kinds.contains(&Kind::Actor) { &[] } else { &SPEAKS };
        let names = [
            (&filter.speaker, &meant.speaker, speaks),
            (&filter.accused, &meant.accused, &IS_ACCUSED),
        ];
        for (name, entities, places) in names {
            // What has no word that is searched by, any document may hold.
            let Some(phrase) = name.as_deref().and_then(Phrase::of) else { continue };
            let whom = Whom {
                named: Named::by(self, &[phrase])?,
                entities: json(entities.iter().map(|id| id.0)),
            };
            query.push(" AND d.id IN (", &whom.documents(), ")");
            for (turn, (table, column)) in places.iter().enumerate() {
                let before = if turn == 0 { " AND (" } else { " OR " };
                let before =
                    format!("{before}EXISTS (SELECT 1 FROM {table} i WHERE i.document = d.id AND ");
                query.push(&before, &whom.is(&format!("i.{column}")), ")");
            }
            query.text.push_str(if places.is_empty() { "" } else { ")" });
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
            // The conduct of proceedings is no table: where there are any, they have to be looked at.
            let charged = near(&[taxon.trim_end_matches([':', '.']).to_owned()]);
            query.push(
                " AND d.id IN (SELECT document FROM allegation_conduct WHERE ",
                &charged,
                " UNION ALL SELECT document FROM proceeding)",
            );
        }
        if let Some(counted) = &filter.counted {
            let told = [counted.clone(), naming::folded(counted)].map(Value::Text).to_vec();
            let counted = one_of("counted", told, true);
            query.push(" AND d.id IN (SELECT document FROM figure WHERE ", &counted, ")");
        }
        query.push(" ORDER BY d.id LIMIT ", &Sql::new("?", vec![Value::Integer(limit.into())]), "");
        let mut statement = self.connection.prepare_cached(&query.text)?;
        let id = |row: &Row<'_>| Ok(DocumentId(row.get(0)?));
        statement.query_map(params_from_iter(query.values), id)?.collect()
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

fn json(numbers: impl Iterator<Item = u32>) -> Sql {
    let numbers: Vec<u32> = numbers.collect();
    Sql::new("?", vec![Value::Text(serde_json::json!(numbers).to_string())])
}

/// Somebody who is asked for: by a name, or as an entity that bears it.
struct Whom {
    named: Named,
    /// The entities, as JSON.
    entities: Sql,
}

impl Whom {
    /// Selects the documents that have an actor who is it.
    fn documents(&self) -> Sql {
        let mut sql = self.named.documents();
        let known = " UNION ALL SELECT k.document FROM known k JOIN entity e ON e.id = k.entity \
                     WHERE e.root IN (SELECT value FROM json_each(";
        sql.push(known, &self.entities, "))");
        sql
    }

    /// Whether an actor's number, in a column of a table `i`, is it.
    fn is(&self, column: &str) -> Sql {
        let mut sql = self.named.is("(", column, "i", "");
        let known = format!(
            " OR {column} IN (SELECT k.actor FROM known k JOIN entity e ON e.id = k.entity \
             WHERE k.document = i.document AND e.root IN (SELECT value FROM json_each("
        );
        sql.push(&known, &self.entities, "))))");
        sql
    }
}
