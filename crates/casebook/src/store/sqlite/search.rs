//! Words and names to search by, and queries over them.
//!
//! What bounds the time of a query: words are ranked in no more than [`RANKED`] documents, the
//! newest that have them; of the conditions, the one that fewest documents can meet is asked first,
//! where they are fewer than [`FEW`]; otherwise documents are gone through from the newest, and the
//! first that fit are enough.

use onrecord_record::{Form, Record, SourceKind};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params, params_from_iter};
use serde::Deserialize;

use super::Sqlite;
use super::conditions::{Conditions, Sql};
use super::items::number;
use crate::error::Error;
use crate::key::DocumentId;
use crate::search::{Phrase, Query, Words, line};
use crate::store::{Documents, Found, FoundDocument, Search};

/// How many documents are ranked.
const RANKED: u32 = 10_000;
/// Fewer rows than this are taken as a set.
const FEW: u32 = 10_000;

impl Search for Sqlite {
    fn put_words(&mut self, id: DocumentId, record: &Record) -> Result<(), Error> {
        self.words(id.0, record).map_err(self.refuse())
    }

    fn remove_words(&mut self, id: DocumentId) -> Result<(), Error> {
        self.forget(id.0).map_err(self.refuse())
    }

    fn search(&self, query: &Query, limit: u32) -> Result<Found, Error> {
        self.find_all(query, limit).map_err(self.refuse())
    }

    fn found(&self, query: &Query) -> Result<Vec<FoundDocument>, Error> {
        self.all_found(query).map_err(self.refuse())
    }

    fn text(&self, id: DocumentId) -> Result<Option<String>, Error> {
        /// A record of which only the text is read.
        #[derive(Deserialize)]
        struct Told {
            document: Text,
        }
        #[derive(Deserialize)]
        struct Text {
            text: String,
        }
        let sql = "SELECT reading FROM document WHERE id = ?1";
        let mut statement = self.connection.prepare_cached(sql).map_err(self.refuse())?;
        let reading = statement.query_row([id.0], |row| row.get::<_, Option<u32>>(0));
        let reading = reading.optional().map_err(self.refuse())?.flatten();
        let json = reading.map(|reading| self.json(reading)).transpose()?.flatten();
        let told: Option<Told> =
            json.map(|json| serde_json::from_slice(&json)).transpose().map_err(self.refuse())?;
        Ok(told.map(|told| told.document.text))
    }
}

impl Sqlite {
    fn run(&self, sql: &str, values: &[&dyn rusqlite::ToSql]) -> rusqlite::Result<usize> {
        self.connection.prepare_cached(sql)?.execute(values)
    }

    fn words(&self, document: u32, record: &Record) -> rusqlite::Result<()> {
        let title = line(record.document.title.as_deref().unwrap_or_default());
        self.run(
            "INSERT INTO document_words (rowid, title, text) VALUES (?1, ?2, ?3)",
            params![document, title, line(&record.document.text)],
        )?;
        for statement in &record.statements {
            self.run(
                "INSERT INTO statement_words (rowid, text) VALUES (?1 << 20 | ?2, ?3)",
                params![document, number(statement.id.index()), line(&statement.span.text)],
            )?;
            if let (SourceKind::Unnamed, Some(span)) =
                (statement.source.kind, &statement.source.span)
            {
                self.put_name(document, -i64::from(number(statement.id.index())), &span.text)?;
            }
        }
        for actor in &record.actors {
            let id = i64::from(number(actor.id.index()));
            self.put_name(document, id, &actor.name)?;
            for mention in actor.mentions.iter().filter(|mention| mention.form == Form::Name) {
                self.put_name(document, id, &mention.span.text)?;
            }
        }
        Ok(())
    }

    fn put_name(&self, document: u32, actor: i64, name: &str) -> rusqlite::Result<()> {
        let words = line(name);
        if words.is_empty() {
            return Ok(());
        }
        let known = self
            .connection
            .prepare_cached("SELECT id FROM name WHERE words = ?1")?
            .query_row([&words], |row| row.get::<_, i64>(0))
            .optional()?;
        let name = match known {
            Some(name) => name,
            None => {
                let name = self
                    .connection
                    .prepare_cached("INSERT INTO name (words) VALUES (?1) RETURNING id")?
                    .query_row([&words], |row| row.get::<_, i64>(0))?;
                for word in words.split(' ') {
                    self.run(
                        "INSERT OR IGNORE INTO name_word VALUES (?1, ?2)",
                        params![word, name],
                    )?;
                }
                name
            }
        };
        let sql = "INSERT OR IGNORE INTO actor_name VALUES (?1, ?2, ?3)";
        self.run(sql, params![document, actor, name]).map(drop)
    }

    fn forget(&self, document: u32) -> rusqlite::Result<()> {
        self.run("DELETE FROM document_words WHERE rowid = ?1", params![document])?;
        let mut statements =
            self.connection.prepare_cached("SELECT id FROM statement WHERE document = ?1")?;
        let ids: Vec<u32> =
            statements.query_map([document], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for id in ids {
            let sql = "DELETE FROM statement_words WHERE rowid = ?1 << 20 | ?2";
            self.run(sql, params![document, id])?;
        }
        let mut names = self
            .connection
            .prepare_cached("SELECT DISTINCT name FROM actor_name WHERE document = ?1")?;
        let names: Vec<i64> =
            names.query_map([document], |row| row.get(0))?.collect::<Result<_, _>>()?;
        self.run("DELETE FROM actor_name WHERE document = ?1", params![document])?;
        for name in names {
            // A name goes with the last document that has it.
            let unused = "NOT EXISTS (SELECT 1 FROM actor_name a WHERE a.name = ?1)";
            self.run(
                &format!("DELETE FROM name_word WHERE name = ?1 AND {unused}"),
                params![name],
            )?;
            self.run(&format!("DELETE FROM name WHERE id = ?1 AND {unused}"), params![name])?;
        }
        Ok(())
    }

    /// Numbers of the names that have all words of a phrase.
    pub(super) fn names(&self, phrase: &Phrase) -> rusqlite::Result<Vec<i64>> {
        let (sql, values) = with_all("name", "name_word", &phrase.words, phrase.is_open);
        let mut statement = self.connection.prepare_cached(&sql)?;
        statement.query_map(params_from_iter(values), |row| row.get(0))?.collect()
    }

    /// Numbers of the entities of one name that are one with another which has all words of a phrase in
    /// its name, and do not have them themselves.
    pub(super) fn one_with(&self, phrase: &Phrase) -> rusqlite::Result<Vec<u32>> {
        let bearing = self.leaves_bearing(&phrase.words, phrase.is_open)?;
        if bearing.is_empty() {
            return Ok(bearing);
        }
        let sql = "SELECT o.id FROM entity o WHERE o.root IN \
                   (SELECT e.root FROM entity e WHERE e.id IN (SELECT value FROM json_each(?1))) \
                   AND o.id NOT IN (SELECT value FROM json_each(?1)) ORDER BY o.id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let bearing = serde_json::json!(bearing).to_string();
        statement.query_map([bearing], |row| row.get(0))?.collect()
    }

    /// Numbers of the entities of one name that have all of these words in it.
    pub(super) fn leaves_bearing(
        &self,
        words: &[String],
        is_open: bool,
    ) -> rusqlite::Result<Vec<u32>> {
        let (sql, values) = with_all("entity", "entity_word", words, is_open);
        let mut statement = self.connection.prepare_cached(&sql)?;
        statement.query_map(params_from_iter(values), |row| row.get(0))?.collect()
    }

    /// Values of a column of documents, each once.
    pub(super) fn values_of(&self, column: &str) -> rusqlite::Result<Vec<String>> {
        // Each value by the next one behind it: as many steps as there are values.
        let sql = format!(
            "WITH RECURSIVE told (value) AS (SELECT min({column}) FROM document \
             UNION ALL SELECT (SELECT min({column}) FROM document WHERE {column} > value) FROM told \
             WHERE value IS NOT NULL) SELECT value FROM told WHERE value IS NOT NULL"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        statement.query_map([], |row| row.get(0))?.collect()
    }

    /// Values of a column of documents, each once, that hold the words of a phrase.
    pub(super) fn named_so(
        &self,
        column: &str,
        phrases: &[Phrase],
    ) -> rusqlite::Result<Vec<String>> {
        let values = self.values_of(column)?;
        let holds = |value: &String| {
            let words = crate::search::words(value);
            let has =
                |phrase: &Phrase| (0..words.len()).any(|i| phrase.at(&words[i..], value).is_some());
            phrases.iter().any(has)
        };
        Ok(values.into_iter().filter(holds).collect())
    }

    fn find_all(&self, query: &Query, limit: u32) -> rusqlite::Result<Found> {
        let conditions = Conditions::of(self, query)?;
        let fewest = self.fewest(&conditions)?;
        let document = conditions.on_document();
        let mut found = match &query.words {
            Some(words) => self.ranked(words, &document, fewest.as_ref(), limit)?,
            None => self.newest(query, &document, fewest.as_ref(), limit)?,
        };
        self.put_items_found(&mut found.documents, &conditions)?;
        Ok(found)
    }

    fn all_found(&self, query: &Query) -> rusqlite::Result<Vec<FoundDocument>> {
        let conditions = Conditions::of(self, query)?;
        let fewest = self.fewest(&conditions)?;
        let document = conditions.on_document();
        let mut found = match &query.words {
            Some(words) => {
                let mut sql = with_words("SELECT w.rowid", words, &document, fewest.as_ref());
                sql.text.push_str(" ORDER BY w.rowid");
                let mut statement = self.connection.prepare_cached(&sql.text)?;
                let id = |row: &rusqlite::Row<'_>| Ok(hit(row.get(0)?, None));
                statement.query_map(params_from_iter(&sql.values), id)?.collect::<Result<_, _>>()?
            }
            None => self.newest(query, &document, fewest.as_ref(), u32::MAX)?.documents,
        };
        found.sort_by_key(|found: &FoundDocument| found.id);
        self.put_items_found(&mut found, &conditions)?;
        Ok(found)
    }

    /// Puts the items that meet the conditions to the documents that were found.
    fn put_items_found(
        &self,
        documents: &mut [FoundDocument],
        conditions: &Conditions,
    ) -> rusqlite::Result<()> {
        for hit in documents {
            let items = |sql: Option<Sql>| self.items_of(hit.id, sql);
            let statements = items(conditions.statements())?;
            let allegations = items(conditions.allegations())?;
            let figures = items(conditions.figures())?;
            *hit = FoundDocument { statements, allegations, figures, ..*hit };
        }
        Ok(())
    }

    /// The condition that the fewest rows can meet, as the documents of these, where they are few.
    fn fewest(&self, conditions: &Conditions) -> rusqlite::Result<Option<Sql>> {
        let mut fewest: Option<(u32, Sql)> = None;
        for rows in conditions.rows() {
            let at_most = fewest.as_ref().map_or(FEW, |(count, _)| *count);
            let sql =
                format!("SELECT count(*) FROM (SELECT 1 FROM ({}) LIMIT {at_most})", rows.text);
            let count: u32 = self
                .connection
                .prepare_cached(&sql)?
                .query_row(params_from_iter(&rows.values), |row| row.get(0))?;
            if count < at_most {
                fewest = Some((count, rows));
            }
        }
        Ok(fewest.map(|(_, rows)| rows))
    }

    /// Whether few statements have some words.
    pub(super) fn are_few(&self, words: &[Value]) -> rusqlite::Result<bool> {
        let sql = format!(
            "SELECT count(*) < {FEW} FROM \
             (SELECT 1 FROM statement_words WHERE statement_words MATCH ? LIMIT {FEW})"
        );
        self.connection.prepare_cached(&sql)?.query_row(params_from_iter(words), |row| row.get(0))
    }

    fn ranked(
        &self,
        words: &Words,
        conditions: &Sql,
        fewest: Option<&Sql>,
        limit: u32,
    ) -> rusqlite::Result<Found> {
        let select = "SELECT w.rowid, bm25(document_words, 4.0, 1.0)";
        let mut sql = with_words(select, words, conditions, fewest);
        sql.text.push_str(&format!(" ORDER BY w.rowid DESC LIMIT {}", RANKED + 1));
        let mut statement = self.connection.prepare_cached(&sql.text)?;
        let rows = statement.query_map(params_from_iter(&sql.values), |row| {
            Ok((row.get::<_, u32>(0)?, row.get::<_, f64>(1)?))
        })?;
        let mut rows: Vec<(u32, f64)> = rows.collect::<Result<_, _>>()?;
        let is_partly_ranked = rows.len() > RANKED as usize;
        rows.truncate(RANKED as usize);
        // FTS5 gives the best the least; of equals, the newest.
        rows.sort_by(|(a, x), (b, y)| x.total_cmp(y).then(b.cmp(a)));
        let is_cut = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let documents = rows.into_iter().map(|(id, score)| hit(id, Some(-score))).collect();
        Ok(Found { documents, is_cut, is_partly_ranked })
    }

    fn newest(
        &self,
        query: &Query,
        conditions: &Sql,
        fewest: Option<&Sql>,
        limit: u32,
    ) -> rusqlite::Result<Found> {
        let mut sql = Sql::new("SELECT d.id FROM document d WHERE d.removed IS NULL", Vec::new());
        if let Some(fewest) = fewest {
            sql.push(" AND d.id IN (", fewest, ")");
        }
        if !conditions.text.is_empty() {
            sql.push(" AND ", conditions, "");
        }
        if let Some(without) = &query.without {
            sql.text.push_str(
                " AND d.id NOT IN (SELECT rowid FROM document_words WHERE document_words MATCH ?)",
            );
            sql.values.push(Value::Text(matching(without)));
        }
        sql.text.push_str(&format!(" ORDER BY d.id DESC LIMIT {}", u64::from(limit) + 1));
        let mut statement = self.connection.prepare_cached(&sql.text)?;
        let rows = statement.query_map(params_from_iter(&sql.values), |row| row.get(0))?;
        let mut rows: Vec<u32> = rows.collect::<Result<_, _>>()?;
        let is_cut = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let documents = rows.into_iter().map(|id| hit(id, None)).collect();
        Ok(Found { documents, is_cut, is_partly_ranked: false })
    }

    /// The numbers of items of a document that a selection gives.
    fn items_of(&self, id: DocumentId, selection: Option<Sql>) -> rusqlite::Result<Vec<u32>> {
        let Some(mut sql) = selection else { return Ok(Vec::new()) };
        sql.values.push(Value::Integer(id.0.into()));
        let mut statement = self.connection.prepare_cached(&sql.text)?;
        statement.query_map(params_from_iter(&sql.values), |row| row.get(0))?.collect()
    }
}

/// Selects what a table of words has all of these for; the last may go on where they are open.
fn with_all<'w>(
    what: &str,
    table: &str,
    words: &'w [String],
    is_open: bool,
) -> (String, Vec<&'w str>) {
    let select = format!("SELECT {what} FROM {table} WHERE word");
    let Some((last, words)) = words.split_last() else {
        return (format!("{select} IS NULL"), Vec::new());
    };
    let mut sql = match is_open {
        true => format!("{select} >= ?1 AND word < ?1 || char(1114111)"),
        false => format!("{select} = ?1"),
    };
    let mut values: Vec<&str> = vec![last];
    for word in words {
        values.push(word);
        sql.push_str(&format!(" INTERSECT {select} = ?{}", values.len()));
    }
    (sql, values)
}

/// Selects documents that have words and meet conditions.
fn with_words(select: &str, words: &Words, conditions: &Sql, fewest: Option<&Sql>) -> Sql {
    let select = format!("{select} FROM document_words w WHERE document_words MATCH ?");
    let mut sql = Sql::new(select, vec![Value::Text(matching(words))]);
    if let Some(fewest) = fewest {
        sql.push(" AND +w.rowid IN (", fewest, ")");
    }
    if !conditions.text.is_empty() {
        let is_one = " AND EXISTS (SELECT 1 FROM document d WHERE d.id = w.rowid AND ";
        sql.push(is_one, conditions, ")");
    }
    sql
}

fn hit(id: u32, score: Option<f64>) -> FoundDocument {
    let (statements, allegations, figures) = (Vec::new(), Vec::new(), Vec::new());
    FoundDocument { id: DocumentId(id), score, statements, allegations, figures }
}

/// Words in the language of FTS5. A word has no character that could end a string of it.
fn matching(words: &Words) -> String {
    let joined = |words: &[Words], by: &str| {
        let words: Vec<String> =
            words.iter().map(|words| format!("({})", matching(words))).collect();
        words.join(by)
    };
    match words {
        Words::Phrase(phrase) => matching_phrase(phrase),
        Words::Any(words) => joined(words, " OR "),
        Words::All(words, without) => {
            let with = joined(words, " AND ");
            match without.as_slice() {
                [] => with,
                without => format!("({with}) NOT ({})", joined(without, " OR ")),
            }
        }
    }
}

fn matching_phrase(phrase: &Phrase) -> String {
    format!("\"{}\"{}", phrase.words.join(" "), if phrase.is_open { " *" } else { "" })
}

/// Phrases of which one is enough, in the language of FTS5.
pub(super) fn matching_any(phrases: &[Phrase]) -> String {
    let phrases: Vec<String> = phrases.iter().map(matching_phrase).collect();
    phrases.join(" OR ")
}
