//! Names, and whom they mean.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, params, params_from_iter};

use super::Sqlite;
use super::sql::{Sql, documents};
use crate::joins::EntityId;
use crate::search::{Phrase, line, words};

/// Whom names mean: the actors of documents that have one of the phrases in a name of theirs, and
/// those of entities that have it in other documents. All that is asked of names goes through here.
pub(super) struct Named {
    /// The numbers of the names.
    names: BTreeSet<i64>,
    /// The numbers of entities of one name.
    entities: BTreeSet<i64>,
}

impl Named {
    pub(super) fn by(store: &Sqlite, phrases: &[Phrase]) -> rusqlite::Result<Self> {
        let (mut names, mut entities) = (BTreeSet::new(), BTreeSet::new());
        for phrase in phrases {
            names.extend(store.names(phrase)?);
            entities.extend(store.one_with(phrase)?.into_iter().map(i64::from));
        }
        Ok(Self { names, entities })
    }

    /// These, and the actors of some entities.
    pub(super) fn and(
        mut self,
        store: &Sqlite,
        entities: &BTreeSet<EntityId>,
    ) -> rusqlite::Result<Self> {
        let sql = "SELECT id FROM entity WHERE root IN (SELECT value FROM json_each(?1))";
        let roots: Vec<u32> = entities.iter().map(|id| id.0).collect();
        let mut leaves = store.connection.prepare_cached(sql)?;
        let ids = leaves.query_map([serde_json::json!(roots).to_string()], |row| row.get(0))?;
        self.entities.extend(ids.collect::<Result<Vec<i64>, _>>()?);
        Ok(self)
    }

    /// How many names and entities these are.
    pub(super) fn count(&self) -> usize {
        self.names.len() + self.entities.len()
    }

    /// Selects the documents that have such actors.
    pub(super) fn documents(&self) -> Sql {
        let all =
            self.each(|table, column, numbers| documents(table, &Sql::among(column, numbers)));
        Sql::joined(&all, " UNION ALL ")
    }

    /// Whether an actor's number, of the document of a table, is one of theirs.
    pub(super) fn is(&self, actor: &str, of: &str) -> Sql {
        let any = self.each(|table, column, numbers| {
            let exists = format!(
                "EXISTS (SELECT 1 FROM {table} n WHERE n.document = {of}.document \
                 AND n.actor = {actor} AND "
            );
            // The plus keeps SQLite from trying every name in turn: an actor has few.
            let mut sql = Sql::default();
            sql.push(&exists, &Sql::among(&format!("+n.{column}"), numbers), ")");
            sql
        });
        let mut either = Sql::default();
        either.push("(", &Sql::joined(&any, " OR "), ")");
        either
    }

    /// A piece of SQL for the table of names, and one for that of entities where there are any, by
    /// table, column and numbers.
    fn each(&self, sql: impl Fn(&str, &str, &BTreeSet<i64>) -> Sql) -> Vec<Sql> {
        let mut all = vec![sql("actor_name", "name", &self.names)];
        if !self.entities.is_empty() {
            all.push(sql("known", "entity", &self.entities));
        }
        all
    }
}

impl Sqlite {
    /// Makes a name one of an actor's.
    pub(super) fn put_name(&self, document: u32, actor: i64, name: &str) -> rusqlite::Result<()> {
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
            let words = words(value);
            let has =
                |phrase: &Phrase| (0..words.len()).any(|i| phrase.at(&words[i..], value).is_some());
            phrases.iter().any(has)
        };
        Ok(values.into_iter().filter(holds).collect())
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
