//! Doubts and decisions.

use onrecord_record::Record;
use rusqlite::{Row, params};
use serde::de::DeserializeOwned;

use super::Sqlite;
use crate::error::Error;
use crate::key::DocumentId;
use crate::review::{Place, doubts};
use crate::store::{NewReview, Review, Reviews, StoredDoubt};

const ROW: &str = "SELECT r.kind, r.start, r.\"end\", r.words, r.turn, r.by, \
    json_extract(CAST(e.bytes AS TEXT), '$.at'), r.decision, r.changes, r.before, r.after, r.reason, \
    r.is_blind, r.reading, r.entry, r.document, r.item \
    FROM review r JOIN entry e ON e.id = r.entry";

/// The newest decision of each reviewer on each place.
const NEWEST: &str = "NOT EXISTS (SELECT 1 FROM review n WHERE n.document = r.document AND n.kind = r.kind \
    AND n.start = r.start AND n.\"end\" = r.\"end\" AND n.turn = r.turn AND n.words = r.words \
    AND n.by = r.by AND n.entry > r.entry)";

/// A place in the first columns of a row.
fn place(row: &Row<'_>) -> rusqlite::Result<Place> {
    let kind = json(&format!("\"{}\"", row.get::<_, String>(0)?))?;
    Ok(Place { kind, start: row.get(1)?, end: row.get(2)?, words: row.get(3)?, turn: row.get(4)? })
}

fn json<T: DeserializeOwned>(text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, error.into())
    })
}

fn review(row: &Row<'_>) -> rusqlite::Result<Review> {
    Ok(Review {
        place: place(row)?,
        by: row.get(5)?,
        at: row.get(6)?,
        decision: row.get(7)?,
        changes: json(&row.get::<_, String>(8)?)?,
        before: json(&row.get::<_, String>(9)?)?,
        after: json(&row.get::<_, String>(10)?)?,
        reason: row.get(11)?,
        is_blind: row.get(12)?,
        reading: row.get(13)?,
        entry: row.get(14)?,
        item: row.get(16)?,
    })
}

impl Reviews for Sqlite {
    fn put_doubts(&mut self, id: DocumentId, record: &Record) -> Result<(), Error> {
        let sql = "INSERT INTO doubt VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let mut statement = self.connection.prepare_cached(sql).map_err(self.refuse())?;
        for doubt in doubts(record) {
            let Place { kind, start, end, words, turn } = doubt.place;
            let values = params![id.0, kind.word(), start, end, turn, words, doubt.weight];
            statement.execute(values).map_err(self.refuse())?;
        }
        Ok(())
    }

    fn doubts(&self, reviewer: Option<&str>, limit: u32) -> Result<Vec<StoredDoubt>, Error> {
        let sql = "SELECT d.kind, d.start, d.\"end\", d.words, d.turn, d.document FROM doubt d \
                   WHERE NOT EXISTS (SELECT 1 FROM review r WHERE r.document = d.document \
                   AND r.kind = d.kind AND r.start = d.start AND r.\"end\" = d.\"end\" \
                   AND r.turn = d.turn AND r.words = d.words AND (?1 IS NULL OR r.by = ?1)) \
                   ORDER BY d.weight DESC, d.document, d.kind, d.start, d.\"end\", d.turn LIMIT ?2";
        let mut statement = self.connection.prepare_cached(sql).map_err(self.refuse())?;
        let doubt = |row: &Row<'_>| {
            Ok(StoredDoubt { document: DocumentId(row.get(5)?), place: place(row)? })
        };
        let rows = statement.query_map(params![reviewer, limit], doubt).map_err(self.refuse())?;
        rows.collect::<Result<_, _>>().map_err(self.refuse())
    }

    fn put_review(&mut self, new: &NewReview<'_>) -> Result<(), Error> {
        let sql = "INSERT INTO review SELECT ?1, ?2, d.reading, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, \
                   ?11, ?12, ?13, ?14, ?15 FROM document d WHERE d.id = ?2";
        let mut statement = self.connection.prepare_cached(sql).map_err(self.refuse())?;
        let Place { kind, start, end, words, turn } = new.place;
        let json = |value| serde_json::to_string(value).map_err(self.refuse());
        let changes = serde_json::to_string(new.changes).map_err(self.refuse())?;
        let values = params![
            new.entry,
            new.document.0,
            kind.word(),
            start,
            end,
            turn,
            words,
            new.item,
            new.by,
            new.decision,
            changes,
            json(new.before)?,
            json(new.after)?,
            new.reason,
            new.is_blind
        ];
        statement.execute(values).map(drop).map_err(self.refuse())
    }

    fn reviews(&self, id: DocumentId) -> Result<Vec<Review>, Error> {
        let sql = format!("{ROW} WHERE {NEWEST} AND r.document = ?1 ORDER BY r.entry");
        let mut statement = self.connection.prepare_cached(&sql).map_err(self.refuse())?;
        let rows = statement.query_map([id.0], review).map_err(self.refuse())?;
        rows.collect::<Result<_, _>>().map_err(self.refuse())
    }

    fn each_review(
        &self,
        only_newest: bool,
        each: &mut dyn FnMut(DocumentId, Review) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let which = if only_newest { NEWEST } else { "TRUE" };
        let sql = format!("{ROW} WHERE {which} ORDER BY r.document, r.reading, r.entry");
        let mut statement = self.connection.prepare(&sql).map_err(self.refuse())?;
        let mut rows = statement.query([]).map_err(self.refuse())?;
        while let Some(row) = rows.next().map_err(self.refuse())? {
            let document = DocumentId(row.get(15).map_err(self.refuse())?);
            each(document, review(row).map_err(self.refuse())?)?;
        }
        Ok(())
    }

    fn remove_reviews(&mut self, id: DocumentId) -> Result<(), Error> {
        let sql = "DELETE FROM review WHERE document = ?1";
        self.connection.execute(sql, [id.0]).map(drop).map_err(self.refuse())
    }
}
