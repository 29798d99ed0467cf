//! Words and names to search by, and queries over them.
//!
//! What bounds the time of a query: words are ranked in no more than [`RANKED`] documents, the
//! newest that have them. Where no words are asked for, the [`NEWEST`] documents are asked each, which
//! often is enough. Of the others, those that can meet the condition which the fewest can are asked,
//! where they are fewer than [`FEW`]; all where they are not. Words of statements are looked up for a
//! window of documents at a time, as statements that have them may be many.

use onrecord_record::{Form, Record, SourceKind};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params};
use serde::Deserialize;

use super::Sqlite;
use super::conditions::Conditions;
use super::items::number;
use super::sql::{Sql, Window};
use crate::error::Error;
use crate::key::DocumentId;
use crate::search::{Phrase, Query, Words, line};
use crate::store::{Documents, Found, FoundDocument, Search};

/// How many documents are ranked.
const RANKED: usize = 5_000;
/// Fewer rows than this are taken as a set.
const FEW: usize = 30_000;
/// How many documents the first window has where words of statements are asked for.
const WINDOW: u32 = 1_000;
/// How many documents, the newest, are asked before it is looked up which may fit.
const NEWEST: u32 = 500;

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
    pub(super) fn run(
        &self,
        sql: &str,
        values: &[&dyn rusqlite::ToSql],
    ) -> rusqlite::Result<usize> {
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

    fn find_all(&self, query: &Query, limit: u32) -> rusqlite::Result<Found> {
        let conditions = Conditions::of(self, query)?;
        let limit = limit as usize;
        let mut found = Found::default();
        if query.words.is_some() {
            let mut ranked = self.newest(query, &conditions, RANKED + 1, true)?;
            found.is_partly_ranked = ranked.len() > RANKED;
            ranked.truncate(RANKED);
            // Of equals, the newest.
            ranked.sort_by(|(a, x), (b, y)| y.total_cmp(x).then(b.cmp(a)));
            found.is_cut = ranked.len() > limit;
            found.documents = ranked.into_iter().map(|(id, score)| hit(id, Some(score))).collect();
        } else {
            let newest = self.newest(query, &conditions, limit.saturating_add(1), false)?;
            found.is_cut = newest.len() > limit;
            found.documents = newest.into_iter().map(|(id, _)| hit(id, None)).collect();
        }
        found.documents.truncate(limit);
        self.put_items_found(&mut found.documents, &conditions)?;
        Ok(found)
    }

    fn all_found(&self, query: &Query) -> rusqlite::Result<Vec<FoundDocument>> {
        let conditions = Conditions::of(self, query)?;
        let newest = self.newest(query, &conditions, usize::MAX, false)?;
        let mut found: Vec<_> = newest.into_iter().rev().map(|(id, _)| hit(id, None)).collect();
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
            let items = |sql: Option<Sql>| match sql {
                Some(sql) => sql.rows(&self.connection, Window::of(hit.id.0), |row| row.get(0)),
                None => Ok(Vec::new()),
            };
            let statements = items(conditions.statements())?;
            let allegations = items(conditions.allegations())?;
            let figures = items(conditions.figures())?;
            *hit = FoundDocument { statements, allegations, figures, ..*hit };
        }
        Ok(())
    }

    /// The documents that can meet the condition that the fewest rows can, in order, where these are
    /// few.
    fn fewest(&self, conditions: &Conditions) -> rusqlite::Result<Option<Vec<u32>>> {
        let mut fewest: Option<Vec<u32>> = None;
        for rows in conditions.rows() {
            let at_most = fewest.as_ref().map_or(FEW, Vec::len);
            let mut some = Sql::default();
            some.push("SELECT document FROM (", rows, &format!(") LIMIT {at_most}"));
            let ids = some.rows(&self.connection, Window::ALL, |row| row.get(0))?;
            if ids.len() < at_most {
                fewest = Some(ids);
            }
        }
        if let Some(ids) = &mut fewest {
            ids.sort_unstable();
            ids.dedup();
        }
        Ok(fewest)
    }

    /// The documents that a query finds, the newest first, at most `limit`; each with how well it fits
    /// the words where that is asked, else with 0.
    fn newest(
        &self,
        query: &Query,
        conditions: &Conditions,
        limit: usize,
        is_scored: bool,
    ) -> rusqlite::Result<Vec<(u32, f64)>> {
        let ask = |window: Window, among: Option<&[u32]>| {
            let mut sql = selection(query, conditions, among, is_scored);
            sql.text.push_str(&format!(" LIMIT {}", i64::try_from(limit).unwrap_or(i64::MAX)));
            sql.rows(&self.connection, window, |row| Ok((row.get(0)?, row.get(1)?)))
        };
        // The newest document that was not asked yet.
        let mut left = self.newest_number()?;
        let mut found = Vec::new();
        if query.words.is_none() && !conditions.are_none() {
            let first = left.saturating_sub(NEWEST).max(1);
            found = ask(Window { first, last: left }, None)?;
            left = first - 1;
        }
        if found.len() < limit && left > 0 {
            let few = self.fewest(conditions)?;
            let (mut oldest, few) = (1, few.as_deref());
            if let Some(few) = few {
                oldest = few.first().copied().unwrap_or(1).max(1);
                left = left.min(few.last().copied().unwrap_or(0));
            }
            // Only words of statements are looked up for all of a window.
            let mut width = if conditions.has_words() { WINDOW } else { u32::MAX };
            while found.len() < limit && left >= oldest {
                let first = left.saturating_sub(width).max(oldest);
                found.extend(ask(Window { first, last: left }, few)?);
                left = first - 1;
                width = width.saturating_mul(4);
            }
        }
        found.truncate(limit);
        Ok(found)
    }

    /// The number of the newest document; 0 where there is none.
    fn newest_number(&self) -> rusqlite::Result<u32> {
        let sql = "SELECT coalesce(max(id), 0) FROM document";
        self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))
    }
}

/// Selects the documents of a window that a query finds, the newest first, each with how well it fits the
/// words where that is asked; all of them, or those that are among some.
fn selection(
    query: &Query,
    conditions: &Conditions,
    among: Option<&[u32]>,
    is_scored: bool,
) -> Sql {
    // FTS5 gives the best the least.
    let score = if is_scored { "-bm25(document_words, 4.0, 1.0)" } else { "0.0" };
    let words = query.words.iter().map(|words| Value::Text(matching(words))).collect();
    // Documents with words are not looked up where nothing is asked of them themselves.
    let (text, by) = match (&query.words, conditions.are_on_documents()) {
        (None, _) => (
            "SELECT d.id, 0.0 FROM document d \
             WHERE d.id BETWEEN ?1 AND ?2 AND d.removed IS NULL"
                .to_owned(),
            "d.id",
        ),
        (Some(_), true) => (
            format!(
                "SELECT d.id, {score} FROM document_words w CROSS JOIN document d ON d.id = w.rowid \
                 WHERE w.rowid BETWEEN ?1 AND ?2 AND document_words MATCH ?"
            ),
            "w.rowid",
        ),
        (Some(_), false) => (
            format!(
                "SELECT d.id, d.score FROM (SELECT rowid AS id, {score} AS score \
                 FROM document_words WHERE rowid BETWEEN ?1 AND ?2 AND document_words MATCH ?) d \
                 WHERE TRUE"
            ),
            "d.id",
        ),
    };
    let mut sql = Sql::new(text, words);
    if let Some(among) = among {
        // The plus keeps SQLite from asking for the words in one document after another.
        let id = if query.words.is_some() { "+d.id" } else { "d.id" };
        sql.push(" AND ", &Sql::among(id, among), "");
    }
    let met = conditions.on_document();
    if !met.text.is_empty() {
        sql.push(" AND ", &met, "");
    }
    if let Some(without) = &query.without {
        sql.text.push_str(
            " AND d.id NOT IN (SELECT rowid FROM document_words \
              WHERE rowid BETWEEN ?1 AND ?2 AND document_words MATCH ?)",
        );
        sql.values.push(Value::Text(matching(without)));
    }
    sql.text.push_str(&format!(" ORDER BY {by} DESC"));
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
