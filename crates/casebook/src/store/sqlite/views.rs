//! Documents for views.

use rusqlite::{Row, ToSql, params_from_iter};

use super::Sqlite;
use crate::error::Error;
use crate::filter::Meant;
use crate::key::DocumentId;
use crate::naming;
use crate::store::Views;

/// A document was published between two days, or has an item that can be of a day between them.
const DAYS: &str = "(substr(d.published, 1, 10) BETWEEN substr({from}, 1, length(d.published)) \
    AND {to} \
    OR EXISTS (SELECT 1 FROM statement i WHERE i.document = d.id \
        AND i.said_first <= {to} AND i.said_last >= {from}) \
    OR EXISTS (SELECT 1 FROM allegation i WHERE i.document = d.id \
        AND i.when_first <= {to} AND i.when_last >= {from}) \
    OR EXISTS (SELECT 1 FROM figure i WHERE i.document = d.id \
        AND i.when_first <= {to} AND i.when_last >= {from}) \
    OR EXISTS (SELECT 1 FROM step i WHERE i.document = d.id \
        AND i.on_first <= {to} AND i.on_last >= {from}))";

/// A name holds a word. What the store and [`naming`] take for small letters differs outside of
/// ASCII, so only words within it are asked for. Or the document names an entity that bears the name.
const NAME: &str = "(EXISTS (SELECT 1 FROM actor i WHERE i.document = d.id \
        AND instr(lower(i.name), {word}) > 0) \
    OR EXISTS (SELECT 1 FROM known k JOIN entity e ON e.id = k.entity \
        WHERE k.document = d.id AND e.root IN (SELECT value FROM json_each({entities}))))";

/// An allegation's conduct has a code that begins so. The conduct of proceedings is no table: where
/// there is any, the document has to be looked at.
const TAXON: &str = "(EXISTS (SELECT 1 FROM allegation_conduct i WHERE i.document = d.id \
        AND substr(i.taxon, 1, length({code})) = {code}) \
    OR EXISTS (SELECT 1 FROM proceeding i WHERE i.document = d.id))";

const COUNTED: &str = "EXISTS (SELECT 1 FROM figure i WHERE i.document = d.id \
    AND i.counted IN ({counted}, {folded}))";

/// A query that grows.
struct Query {
    sql: String,
    values: Vec<Box<dyn ToSql>>,
}

impl Query {
    /// Adds a clause, each `{name}` in it standing for a value.
    fn and(&mut self, clause: &str, values: &[(&str, &str)]) {
        let mut clause = clause.to_owned();
        for (name, value) in values {
            self.values.push(Box::new((*value).to_owned()));
            clause = clause.replace(&format!("{{{name}}}"), &format!("?{}", self.values.len()));
        }
        self.sql.push_str(" AND ");
        self.sql.push_str(&clause);
    }
}

impl Views for Sqlite {
    fn may_hold(
        &self,
        meant: &Meant<'_>,
        after: DocumentId,
        limit: u32,
    ) -> Result<Vec<DocumentId>, Error> {
        let filter = meant.filter;
        let mut query = Query {
            sql: "SELECT d.id FROM document d WHERE d.language IS NOT NULL AND d.id > ?1".into(),
            values: vec![Box::new(after.0)],
        };
        if !filter.documents.is_empty() {
            let numbers: Vec<u32> = filter.documents.iter().map(|id| id.0).collect();
            let numbers = serde_json::to_string(&numbers).map_err(self.refuse())?;
            query.and("d.id IN (SELECT value FROM json_each({ids}))", &[("ids", &numbers)]);
        }
        if filter.from.is_some() || filter.to.is_some() {
            let told = |day: Option<jiff::civil::Date>, open: &str| {
                day.map_or(open.to_owned(), |day| day.to_string())
            };
            let (from, to) = (told(filter.from, "0000"), told(filter.to, "9999"));
            query.and(DAYS, &[("from", &from), ("to", &to)]);
        }
        let names = [(&filter.speaker, &meant.speaker), (&filter.accused, &meant.accused)];
        for (name, entities) in names {
            let Some(name) = name else { continue };
            let folded = naming::folded(name);
            let words = folded.split(' ').filter(|word| word.is_ascii());
            if let Some(word) = words.max_by_key(|word| word.len()) {
                let entities: Vec<u32> = entities.iter().map(|id| id.0).collect();
                let entities = serde_json::to_string(&entities).map_err(self.refuse())?;
                query.and(NAME, &[("word", word), ("entities", &entities)]);
            }
        }
        if let Some(taxon) = &filter.taxon {
            query.and(TAXON, &[("code", taxon.trim_end_matches([':', '.']))]);
        }
        if let Some(counted) = &filter.counted {
            let folded = naming::folded(counted);
            query.and(COUNTED, &[("counted", counted), ("folded", &folded)]);
        }
        query.values.push(Box::new(limit));
        let sql = format!("{} ORDER BY d.id LIMIT ?{}", query.sql, query.values.len());
        let mut statement = self.connection.prepare_cached(&sql).map_err(self.refuse())?;
        let id = |row: &Row<'_>| Ok(DocumentId(row.get(0)?));
        let rows = statement.query_map(params_from_iter(query.values), id);
        let rows = rows.map_err(self.refuse())?;
        rows.collect::<Result<_, _>>().map_err(self.refuse())
    }
}
