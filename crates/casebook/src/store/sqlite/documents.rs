//! Documents and readings.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use jiff::Timestamp;
use onrecord_record::{Record, Sha256};
use rusqlite::{OptionalExtension, Row, params};

use super::Sqlite;
use crate::error::Error;
use crate::key::{DocumentId, DocumentKey};
use crate::store::{
    Counts, DocumentRow, Documents, Items, NewDocument, NewReading, Outcome, ReadingRow, Reviews,
    Sighting,
};

const ROW: &str = "SELECT d.id, d.original, d.part, d.name, d.bytes, d.title, d.outlet, d.agency, \
    d.published, d.language, d.removed, d.given, r.failure_says, \
    (SELECT count(*) FROM statement s WHERE s.document = d.id) \
    FROM document d LEFT JOIN reading r ON r.id = d.reading";

fn row(row: &Row<'_>) -> rusqlite::Result<DocumentRow> {
    let original: [u8; 32] = row.get(1)?;
    Ok(DocumentRow {
        id: DocumentId(row.get(0)?),
        document: DocumentKey { original: original.into(), part: row.get(2)? },
        name: row.get(3)?,
        bytes: row.get(4)?,
        title: row.get(5)?,
        outlet: row.get(6)?,
        agency: row.get(7)?,
        published: row.get(8)?,
        language: row.get(9)?,
        removed: row.get(10)?,
        given: json(row, 11)?,
        failure: row.get(12)?,
        statements: row.get(13)?,
    })
}

fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, error.into())
    })
}

impl Documents for Sqlite {
    fn add_document(&mut self, new: &NewDocument<'_>) -> Result<DocumentId, Error> {
        let given = serde_json::to_string(new.given).map_err(self.refuse())?;
        let sql = "INSERT INTO document (original, part, name, bytes, given) \
                   VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id";
        let key = new.key;
        let id = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut statement| {
                let values = params![key.original.bytes(), key.part, new.name, new.bytes, given];
                statement.query_row(values, |row| row.get(0))
            })
            .map_err(self.refuse())?;
        self.add_sighting(DocumentId(id), new.name, new.entry)?;
        Ok(DocumentId(id))
    }

    fn add_sighting(&mut self, id: DocumentId, name: &str, entry: u64) -> Result<bool, Error> {
        let sql = "INSERT OR IGNORE INTO sighting (document, name, entry) VALUES (?1, ?2, ?3)";
        let mut statement = self.connection.prepare_cached(sql).map_err(self.refuse())?;
        let added = statement.execute(params![id.0, name, entry]).map_err(self.refuse())?;
        Ok(added == 1)
    }

    fn is_sighted(&self, id: DocumentId, name: &str) -> Result<bool, Error> {
        let sql = "SELECT 1 FROM sighting WHERE document = ?1 AND name = ?2";
        let mut statement = self.connection.prepare_cached(sql).map_err(self.refuse())?;
        statement.exists(params![id.0, name]).map_err(self.refuse())
    }

    fn sightings(&self, id: DocumentId) -> Result<Vec<Sighting>, Error> {
        let sql = "SELECT name, entry FROM sighting WHERE document = ?1 ORDER BY entry, name";
        let mut statement = self.connection.prepare_cached(sql).map_err(self.refuse())?;
        let sighting = |row: &Row<'_>| Ok(Sighting { name: row.get(0)?, entry: row.get(1)? });
        let rows = statement.query_map([id.0], sighting).map_err(self.refuse())?;
        rows.collect::<Result<_, _>>().map_err(self.refuse())
    }

    fn find(&self, key: DocumentKey) -> Result<Option<DocumentId>, Error> {
        let sql = "SELECT id FROM document WHERE original = ?1 AND part = ?2";
        let mut statement = self.connection.prepare_cached(sql).map_err(self.refuse())?;
        let id = |row: &Row<'_>| Ok(DocumentId(row.get(0)?));
        let values = params![key.original.bytes(), key.part];
        statement.query_row(values, id).optional().map_err(self.refuse())
    }

    fn named(&self, name: &str) -> Result<Vec<DocumentId>, Error> {
        let hex = name.strip_prefix("sha256:").unwrap_or(name).to_ascii_uppercase();
        let is_hex = hex.len() >= 6 && hex.bytes().all(|b| b.is_ascii_hexdigit());
        let sql = "SELECT id FROM document WHERE name = ?1 \
                   UNION SELECT document FROM sighting WHERE name = ?1 \
                   UNION SELECT id FROM document WHERE ?2 AND hex(original) GLOB ?3 \
                   ORDER BY 1 LIMIT 11";
        let mut statement = self.connection.prepare_cached(sql).map_err(self.refuse())?;
        let id = |row: &Row<'_>| Ok(DocumentId(row.get(0)?));
        let pattern = if is_hex { format!("{hex}*") } else { String::new() };
        let rows = statement.query_map(params![name, is_hex, pattern], id);
        let rows = rows.map_err(self.refuse())?;
        rows.collect::<Result<_, _>>().map_err(self.refuse())
    }

    fn document(&self, id: DocumentId) -> Result<Option<DocumentRow>, Error> {
        let sql = format!("{ROW} WHERE d.id = ?1");
        let mut statement = self.connection.prepare_cached(&sql).map_err(self.refuse())?;
        statement.query_row([id.0], row).optional().map_err(self.refuse())
    }

    fn documents_after(&self, id: DocumentId, limit: u32) -> Result<Vec<DocumentRow>, Error> {
        let sql = format!("{ROW} WHERE d.id > ?1 ORDER BY d.id LIMIT ?2");
        let mut statement = self.connection.prepare_cached(&sql).map_err(self.refuse())?;
        let rows = statement.query_map([id.0, limit], row).map_err(self.refuse())?;
        let rows: Vec<DocumentRow> = rows.collect::<Result<_, _>>().map_err(self.refuse())?;
        self.in_order(u64::from(id.0) + 1, rows.iter().map(|row| row.id.0.into()))?;
        Ok(rows)
    }

    fn needs_original(&self, original: Sha256) -> Result<bool, Error> {
        let sql = "SELECT 1 FROM document WHERE original = ?1 AND removed IS NULL";
        let mut statement = self.connection.prepare_cached(sql).map_err(self.refuse())?;
        statement.exists([original.bytes()]).map_err(self.refuse())
    }

    fn put_reading(&mut self, new: &NewReading<'_>) -> Result<(), Error> {
        let made_by = serde_json::to_string(new.made_by).map_err(self.refuse())?;
        let (mut hash, mut packed, mut kind, mut says) = (None, None, None, None);
        match new.outcome {
            Outcome::Record { json, hash: told, .. } => {
                hash = Some(told);
                packed = Some(deflated(json).map_err(self.refuse())?);
            }
            Outcome::Failure { kind: word, says: line } => {
                kind = Some(word);
                says = Some(line);
            }
        }
        let sql = "INSERT INTO reading \
                   (document, made_by, sha256, record, failure_kind, failure_says, entry) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id";
        let id: u32 = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut statement| {
                let hash = hash.as_ref().map(Sha256::bytes);
                let entry = new.entry;
                let values = params![new.document.0, made_by, hash, packed, kind, says, entry];
                statement.query_row(values, |row| row.get(0))
            })
            .map_err(self.refuse())?;
        let document = match new.outcome {
            Outcome::Record { record, .. } => Some(&record.document),
            Outcome::Failure { .. } => None,
        };
        let sql = "UPDATE document SET reading = ?2, title = ?3, outlet = ?4, agency = ?5, \
                   published = ?6, language = ?7 WHERE id = ?1";
        self.connection
            .prepare_cached(sql)
            .and_then(|mut statement| {
                statement.execute(params![
                    new.document.0,
                    id,
                    document.and_then(|document| document.title.as_deref()),
                    document.and_then(|document| document.outlet.as_deref()),
                    document.and_then(|document| document.agency.as_deref()),
                    document.and_then(|document| Some(&document.published.as_ref()?.value)),
                    document.map(|document| &document.language),
                ])
            })
            .map_err(self.refuse())?;
        match new.outcome {
            Outcome::Record { record, .. } => self.put_items(new.document, record),
            Outcome::Failure { .. } => self.remove_items(new.document),
        }
    }

    fn readings(&self, id: DocumentId) -> Result<Vec<ReadingRow>, Error> {
        let sql = "SELECT r.id, r.made_by, r.sha256, r.failure_says, r.entry, d.reading IS r.id \
                   FROM reading r JOIN document d ON d.id = r.document \
                   WHERE r.document = ?1 ORDER BY r.id";
        let mut statement = self.connection.prepare_cached(sql).map_err(self.refuse())?;
        let reading = |row: &Row<'_>| {
            let hash: Option<[u8; 32]> = row.get(2)?;
            Ok(ReadingRow {
                id: row.get(0)?,
                made_by: json(row, 1)?,
                record: hash.map(Into::into),
                failure: row.get(3)?,
                entry: row.get(4)?,
                is_current: row.get(5)?,
            })
        };
        let rows = statement.query_map([id.0], reading).map_err(self.refuse())?;
        rows.collect::<Result<_, _>>().map_err(self.refuse())
    }

    fn json(&self, reading: u32) -> Result<Option<Vec<u8>>, Error> {
        let sql = "SELECT record FROM reading WHERE id = ?1";
        let mut statement = self.connection.prepare_cached(sql).map_err(self.refuse())?;
        let packed = statement.query_row([reading], |row| row.get::<_, Option<Vec<u8>>>(0));
        let packed = packed.optional().map_err(self.refuse())?.flatten();
        packed.map(|packed| inflated(&packed)).transpose().map_err(self.refuse())
    }

    fn record(&self, id: DocumentId) -> Result<Option<Record>, Error> {
        let sql = "SELECT reading FROM document WHERE id = ?1";
        let mut statement = self.connection.prepare_cached(sql).map_err(self.refuse())?;
        let reading = statement.query_row([id.0], |row| row.get::<_, Option<u32>>(0));
        let reading = reading.optional().map_err(self.refuse())?.flatten();
        let json = reading.map(|reading| self.json(reading)).transpose()?.flatten();
        json.map(|json| serde_json::from_slice(&json)).transpose().map_err(self.refuse())
    }

    fn remove_document(&mut self, id: DocumentId, reason: &str, entry: u64) -> Result<(), Error> {
        self.remove_items(id)?;
        self.remove_reviews(id)?;
        let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| {
            self.connection.execute(sql, values).map(drop).map_err(self.refuse())
        };
        // The hash of each record stays: it is what the ledger committed to.
        run("UPDATE reading SET record = NULL WHERE document = ?1", params![id.0])?;
        run(
            "UPDATE document SET reading = NULL, title = NULL, outlet = NULL, agency = NULL, \
             published = NULL, language = NULL, removed = ?2, removed_by = ?3 WHERE id = ?1",
            params![id.0, reason, entry],
        )
    }

    fn counts(&self) -> Result<Counts, Error> {
        let sql = "SELECT \
            (SELECT count(*) FROM document WHERE removed IS NULL), \
            (SELECT count(*) FROM document d JOIN reading r ON r.id = d.reading \
                WHERE r.failure_kind IS NOT NULL), \
            (SELECT count(*) FROM document WHERE removed IS NOT NULL), \
            (SELECT coalesce(sum(bytes), 0) FROM \
                (SELECT max(bytes) AS bytes FROM document WHERE removed IS NULL GROUP BY original)), \
            (SELECT count(*) FROM statement), (SELECT count(*) FROM allegation), \
            (SELECT count(*) FROM figure), (SELECT count(*) FROM proceeding), \
            (SELECT count(*) FROM entity WHERE root = id), \
            (SELECT count(*) FROM whole WHERE kind = 1), \
            (SELECT count(*) FROM whole WHERE kind = 3), \
            (SELECT count(*) FROM docket WHERE subject = 0) + \
            (SELECT coalesce(sum(forums + (without AND forums <> 1)), 0) FROM \
                (SELECT count(DISTINCT f.root) AS forums, max(d.forum = 0) AS without FROM docket d \
                    JOIN proceeding p ON p.document = d.document AND p.id = d.proceeding \
                    JOIN entity s ON s.id = d.subject LEFT JOIN entity f ON f.id = d.forum \
                    GROUP BY p.instrument, s.root))";
        let counts = |row: &Row<'_>| {
            Ok(Counts {
                documents: row.get(0)?,
                unread: row.get(1)?,
                removed: row.get(2)?,
                bytes: row.get(3)?,
                statements: row.get(4)?,
                allegations: row.get(5)?,
                figures: row.get(6)?,
                proceedings: row.get(7)?,
                entities: row.get(8)?,
                copied: row.get(9)?,
                series: row.get(10)?,
                matters: row.get(11)?,
            })
        };
        self.connection.query_row(sql, [], counts).map_err(self.refuse())
    }

    fn setting(&self, name: &str) -> Result<Option<String>, Error> {
        let sql = "SELECT value FROM setting WHERE name = ?1";
        let mut statement = self.connection.prepare_cached(sql).map_err(self.refuse())?;
        statement.query_row([name], |row| row.get(0)).optional().map_err(self.refuse())
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), Error> {
        let sql = "INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)";
        let mut statement = self.connection.prepare_cached(sql).map_err(self.refuse())?;
        statement.execute([name, value]).map(drop).map_err(self.refuse())
    }

    fn last_act(&self) -> Result<Option<Timestamp>, Error> {
        let sql =
            "SELECT json_extract(CAST(bytes AS TEXT), '$.at') FROM entry ORDER BY id DESC LIMIT 1";
        let at = self.connection.query_row(sql, [], |row| row.get::<_, Option<String>>(0));
        let at = at.optional().map_err(self.refuse())?.flatten();
        Ok(at.and_then(|at| at.parse().ok()))
    }
}

pub(super) fn deflated(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::new(3));
    packer.write_all(bytes)?;
    packer.finish()
}

fn inflated(packed: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    ZlibDecoder::new(packed).read_to_end(&mut bytes)?;
    Ok(bytes)
}
