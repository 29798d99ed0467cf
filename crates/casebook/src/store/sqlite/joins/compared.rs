//! What is compared of statements, figures and proceedings.

use rusqlite::{Row, params};

use super::{packed, spot, unpacked};
use crate::error::Error;
use crate::joins::{Answer, Docket, DocketStep, EVENT_DAYS, Quantity, SAID_DAYS, Spoken, Spot};
use crate::key::DocumentId;
use crate::store::sqlite::Sqlite;
use crate::store::{Compared, Entities};

const SPOKEN: &str = "SELECT s.document, s.statement, s.entity, s.act, s.affirmed, s.first, s.last, \
    s.dated, s.words FROM spoken s";

fn spoken(row: &Row<'_>) -> rusqlite::Result<Spoken> {
    Ok(Spoken {
        spot: spot(row, 0)?,
        leaf: row.get(2)?,
        act: row.get(3)?,
        affirmed: row.get(4)?,
        first: row.get(5)?,
        last: row.get(6)?,
        dated: row.get(7)?,
        words: unpacked(row, 8)?,
    })
}

const QUANTITY: &str = "SELECT q.document, q.figure, q.counted, q.is_part, q.of, q.place, q.first, \
    q.last, q.as_of, f.low, f.high, f.approximate, coalesce(k.entity, 0), f.source_kind \
    FROM quantity q JOIN figure f ON f.document = q.document AND f.id = q.figure \
    LEFT JOIN known k ON k.document = q.document AND k.actor = f.source";

fn quantity(row: &Row<'_>) -> rusqlite::Result<Quantity> {
    Ok(Quantity {
        spot: spot(row, 0)?,
        counted: row.get(2)?,
        is_part: row.get(3)?,
        of: row.get(4)?,
        place: row.get(5)?,
        first: row.get(6)?,
        last: row.get(7)?,
        as_of: row.get(8)?,
        value: (row.get(9)?, row.get(10)?),
        approximate: row.get(11)?,
        source: row.get(12)?,
        source_kind: row.get(13)?,
    })
}

impl Sqlite {
    /// At most `limit` of what `select` gives, the newest in the case, for an entity by the column
    /// `entity` of a table: those whose days are `within` ?2 and ?3, and those without days; where no days are
    /// given, those of the latest.
    fn of_entity(
        &self,
        select: &str,
        (table, within): (&str, &str),
        root: u32,
        days: Option<(i32, i32)>,
        limit: u32,
    ) -> Result<Vec<Spoken>, Error> {
        let mut found = Vec::new();
        if let Some((first, last)) = days {
            let sql = format!(
                "{select} JOIN entity e ON e.id = {table}.entity WHERE e.root = ?1 AND {within} \
                 ORDER BY s.document DESC, s.statement LIMIT ?4"
            );
            found = self.all(&sql, params![root, first, last, limit], spoken)?;
        }
        // Name by name, in the order of the index, which makes a limit cheap.
        let without = days.map(|_| format!("AND {table}.first = 0")).unwrap_or_default();
        let sql = format!(
            "{select} WHERE {table}.entity = ?1 {without} \
             ORDER BY {table}.first DESC, {table}.document DESC LIMIT ?2"
        );
        for leaf in self.leaves_of(root)? {
            found.extend(self.all(&sql, params![leaf.id, limit], spoken)?);
        }
        found.sort_by_key(|spoken| (std::cmp::Reverse(spoken.spot.document), spoken.spot.item));
        found.dedup_by_key(|spoken| spoken.spot);
        found.truncate(limit as usize);
        Ok(found)
    }
}

impl Compared for Sqlite {
    fn put_spoken(&mut self, spoken: &Spoken) -> Result<(), Error> {
        let sql = "INSERT INTO spoken VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let Spot { document, item } = spoken.spot;
        let values = params![
            document.0,
            item,
            spoken.leaf,
            spoken.act,
            spoken.affirmed,
            spoken.first,
            spoken.last,
            spoken.dated,
            packed(&spoken.words)
        ];
        self.change(sql, values).map(drop)
    }

    fn spoken(&self, at: Spot) -> Result<Option<Spoken>, Error> {
        let sql = format!("{SPOKEN} WHERE s.document = ?1 AND s.statement = ?2");
        self.one(&sql, params![at.document.0, at.item], spoken)
    }

    fn spoken_in(&self, document: DocumentId) -> Result<Vec<Spoken>, Error> {
        let sql = format!("{SPOKEN} WHERE s.document = ?1 ORDER BY s.statement");
        self.all(&sql, [document.0], spoken)
    }

    fn spoken_by(
        &self,
        root: u32,
        days: Option<(i32, i32)>,
        limit: u32,
    ) -> Result<Vec<Spoken>, Error> {
        let within = format!("s.first BETWEEN ?2 - {SAID_DAYS} AND ?3 AND s.last >= ?2");
        self.of_entity(SPOKEN, ("s", &within), root, days, limit)
    }

    fn spots_spoken(&self, leaf: u32) -> Result<Vec<Spot>, Error> {
        let sql = "SELECT document, statement FROM spoken WHERE entity = ?1 ORDER BY 1, 2";
        self.all(sql, [leaf], |row| spot(row, 0))
    }

    fn forget_spoken(&mut self, document: DocumentId) -> Result<(), Error> {
        for table in ["spoken", "charged"] {
            self.change(&format!("DELETE FROM {table} WHERE document = ?1"), [document.0])?;
        }
        Ok(())
    }

    fn put_charged(&mut self, spoken: &Spoken, leaf: u32) -> Result<(), Error> {
        let sql = "INSERT OR IGNORE INTO charged VALUES (?1, ?2, ?3, ?4, ?5)";
        let Spot { document, item } = spoken.spot;
        let values = params![document.0, item, leaf, spoken.first, spoken.last];
        self.change(sql, values).map(drop)
    }

    fn charged_by(&self, at: Spot) -> Result<Vec<u32>, Error> {
        let sql = "SELECT entity FROM charged WHERE document = ?1 AND statement = ?2 ORDER BY 1";
        self.all(sql, params![at.document.0, at.item], |row| row.get(0))
    }

    fn charging(
        &self,
        root: u32,
        days: Option<(i32, i32)>,
        limit: u32,
    ) -> Result<Vec<Spoken>, Error> {
        let charged = format!(
            "{SPOKEN} JOIN charged c ON c.document = s.document AND c.statement = s.statement"
        );
        self.of_entity(&charged, ("c", "c.first BETWEEN ?2 AND ?3"), root, days, limit)
    }

    fn put_answer(&mut self, answer: &Answer) -> Result<(), Error> {
        let sql = "INSERT OR IGNORE INTO answer VALUES (?1, ?2, ?3, ?4, ?5)";
        let Answer { from, to, kind } = answer;
        let values = params![from.document.0, from.item, to.document.0, to.item, kind];
        self.change(sql, values).map(drop)
    }

    fn answers_of(&self, at: Spot) -> Result<Vec<Answer>, Error> {
        let sql = "SELECT document, statement, other_document, other_statement, kind FROM answer \
                   WHERE document = ?1 AND statement = ?2 UNION \
                   SELECT document, statement, other_document, other_statement, kind FROM answer \
                   WHERE other_document = ?1 AND other_statement = ?2 ORDER BY 1, 2, 3, 4";
        self.all(sql, params![at.document.0, at.item], |row| {
            Ok(Answer { from: spot(row, 0)?, to: spot(row, 2)?, kind: row.get(4)? })
        })
    }

    fn forget_answers(&mut self, at: Spot) -> Result<(), Error> {
        for sql in [
            "DELETE FROM answer WHERE document = ?1 AND statement = ?2",
            "DELETE FROM answer WHERE other_document = ?1 AND other_statement = ?2",
        ] {
            self.change(sql, params![at.document.0, at.item])?;
        }
        Ok(())
    }

    fn links_of(&self, at: Spot) -> Result<Vec<(Spot, Spot, String)>, Error> {
        let sql = "SELECT document, source, document, target, kind FROM link \
                   WHERE document = ?1 AND (source = ?2 OR target = ?2) ORDER BY 2, 4";
        self.all(sql, params![at.document.0, at.item], |row| {
            Ok((spot(row, 0)?, spot(row, 2)?, row.get(4)?))
        })
    }

    fn put_quantity(&mut self, quantity: &Quantity) -> Result<(), Error> {
        let sql = "INSERT INTO quantity VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let values = params![
            quantity.spot.document.0,
            quantity.spot.item,
            quantity.counted,
            quantity.is_part,
            quantity.of,
            quantity.place,
            quantity.first,
            quantity.last,
            quantity.as_of
        ];
        self.change(sql, values).map(drop)
    }

    fn quantities_in(&self, document: DocumentId) -> Result<Vec<Quantity>, Error> {
        let sql = format!("{QUANTITY} WHERE q.document = ?1 ORDER BY q.figure");
        self.all(&sql, [document.0], quantity)
    }

    fn quantity(&self, at: Spot) -> Result<Option<Quantity>, Error> {
        let sql = format!("{QUANTITY} WHERE q.document = ?1 AND q.figure = ?2");
        self.one(&sql, params![at.document.0, at.item], quantity)
    }

    fn quantities_like(&self, like: &Quantity, limit: u32) -> Result<Vec<Quantity>, Error> {
        let mut found = Vec::new();
        if !like.place.is_empty() {
            let sql = format!(
                "{QUANTITY} WHERE q.counted = ?1 AND q.place = ?2 \
                 ORDER BY q.document DESC, q.figure LIMIT ?3"
            );
            found.extend(self.all(&sql, params![like.counted, like.place, limit], quantity)?);
        }
        if like.last != 0 {
            let sql = format!(
                "{QUANTITY} WHERE q.counted = ?1 AND q.first BETWEEN ?2 - {EVENT_DAYS} AND ?3 \
                 AND q.last >= ?2 ORDER BY q.document DESC, q.figure LIMIT ?4"
            );
            let values = params![like.counted, like.first, like.last, limit];
            found.extend(self.all(&sql, values, quantity)?);
        }
        found.sort_by_key(|quantity| quantity.spot);
        found.dedup_by_key(|quantity| quantity.spot);
        Ok(found)
    }

    fn statement_of(&self, figure: Spot) -> Result<Option<Spot>, Error> {
        let sql = "SELECT document, statement FROM figure \
                   WHERE document = ?1 AND id = ?2 AND statement IS NOT NULL";
        self.one(sql, params![figure.document.0, figure.item], |row| spot(row, 0))
    }

    fn series_counting(&self, counted: &str) -> Result<Vec<u32>, Error> {
        let sql = "SELECT DISTINCT p.whole FROM quantity q CROSS JOIN part p ON p.kind = 3 \
                   AND p.document = q.document AND p.item = q.figure WHERE q.counted = ?1 ORDER BY 1";
        self.all(sql, [counted], |row| row.get(0))
    }

    fn forget_quantities(&mut self, document: DocumentId) -> Result<(), Error> {
        self.change("DELETE FROM quantity WHERE document = ?1", [document.0]).map(drop)
    }

    fn put_docket(&mut self, at: Spot, forum: u32, subject: u32) -> Result<(), Error> {
        let values = params![at.document.0, at.item, forum, subject];
        self.change("INSERT INTO docket VALUES (?1, ?2, ?3, ?4)", values).map(drop)
    }

    fn dockets(&self, subject: Option<u32>) -> Result<Vec<Docket>, Error> {
        let dockets = match subject {
            None => self.all(&format!("{DOCKET} ORDER BY 1, 2"), [], docket)?,
            Some(root) => {
                let of = "d.subject IN (SELECT id FROM entity WHERE root = ?1)";
                self.all(&format!("{DOCKET} WHERE {of} ORDER BY 1, 2"), [root], docket)?
            }
        };
        dockets.into_iter().map(|docket| self.with_steps(docket)).collect()
    }

    fn docket(&self, spot: Spot) -> Result<Option<Docket>, Error> {
        let sql = format!("{DOCKET} WHERE d.document = ?1 AND d.proceeding = ?2");
        let found = self.one(&sql, params![spot.document.0, spot.item], docket)?;
        found.map(|docket| self.with_steps(docket)).transpose()
    }

    fn forget_dockets(&mut self, document: DocumentId) -> Result<(), Error> {
        self.change("DELETE FROM docket WHERE document = ?1", [document.0]).map(drop)
    }
}

impl Sqlite {
    fn with_steps(&self, docket: Docket) -> Result<Docket, Error> {
        let sql = "SELECT step, on_first, on_last, reason FROM step \
                   WHERE document = ?1 AND proceeding = ?2 ORDER BY id";
        let Spot { document, item } = docket.spot;
        let steps = self.all(sql, params![document.0, item], |row| {
            let (first, last): (Option<String>, Option<String>) = (row.get(1)?, row.get(2)?);
            Ok(DocketStep { step: value(row, 0)?, on: first.zip(last), reason: row.get(3)? })
        })?;
        Ok(Docket { steps, ..docket })
    }
}

const DOCKET: &str = "SELECT d.document, d.proceeding, p.instrument, coalesce(f.root, 0), \
    coalesce(s.root, 0), o.published FROM docket d \
    JOIN proceeding p ON p.document = d.document AND p.id = d.proceeding \
    JOIN document o ON o.id = d.document \
    LEFT JOIN entity f ON f.id = d.forum LEFT JOIN entity s ON s.id = d.subject";

fn docket(row: &Row<'_>) -> rusqlite::Result<Docket> {
    Ok(Docket {
        spot: spot(row, 0)?,
        instrument: value(row, 2)?,
        forum: row.get(3)?,
        subject: row.get(4)?,
        published: row.get(5)?,
        steps: Vec::new(),
    })
}

/// A value of a closed list, as the record's JSON has it.
fn value<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let word: String = row.get(column)?;
    serde_json::from_value(serde_json::Value::from(word)).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, error.into())
    })
}
