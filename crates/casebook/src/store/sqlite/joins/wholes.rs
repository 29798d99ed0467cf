//! Wholes of parts, and sketches of texts.

use std::collections::BTreeMap;

use rusqlite::params;

use super::{packed, spot, unpacked};
use crate::copies::Sketch;
use crate::error::Error;
use crate::joins::{Spot, WholeKind};
use crate::key::DocumentId;
use crate::store::Wholes;
use crate::store::sqlite::Sqlite;

impl Wholes for Sqlite {
    fn is_joined(&self, document: DocumentId) -> Result<bool, Error> {
        let sql = "SELECT 1 FROM joined WHERE document = ?1";
        Ok(self.one(sql, [document.0], |_| Ok(()))?.is_some())
    }

    fn mark_joined(&mut self, document: DocumentId, joined: bool) -> Result<(), Error> {
        let sql = match joined {
            true => "INSERT OR IGNORE INTO joined VALUES (?1)",
            false => "DELETE FROM joined WHERE document = ?1",
        };
        self.change(sql, [document.0]).map(drop)
    }

    fn whole(&self, kind: WholeKind, at: Spot) -> Result<Option<u32>, Error> {
        let sql = "SELECT whole FROM part WHERE kind = ?1 AND document = ?2 AND item = ?3";
        self.one(sql, params![kind as u32, at.document.0, at.item], |row| row.get(0))
    }

    fn wholes_in(&self, kind: WholeKind, document: DocumentId) -> Result<Vec<(Spot, u32)>, Error> {
        let sql = "SELECT document, item, whole FROM part WHERE kind = ?1 AND document = ?2";
        self.all(sql, params![kind as u32, document.0], |row| Ok((spot(row, 0)?, row.get(2)?)))
    }

    fn parts(&self, whole: u32) -> Result<Vec<Spot>, Error> {
        let sql = "SELECT document, item FROM part WHERE whole = ?1 ORDER BY document, item";
        self.all(sql, [whole], |row| spot(row, 0))
    }

    fn first_part(&self, whole: u32) -> Result<Option<Spot>, Error> {
        let sql =
            "SELECT document, item FROM part WHERE whole = ?1 ORDER BY document, item LIMIT 1";
        self.one(sql, [whole], |row| spot(row, 0))
    }

    fn wholes_after(&self, kind: WholeKind, after: u32, limit: u32) -> Result<Vec<u32>, Error> {
        let sql = "SELECT id FROM whole WHERE kind = ?1 AND id > ?2 ORDER BY id LIMIT ?3";
        let wholes: Vec<u32> =
            self.all(sql, params![kind as u32, after, limit], |row| row.get(0))?;
        self.in_order(u64::from(after) + 1, wholes.iter().map(|whole| u64::from(*whole)))?;
        Ok(wholes)
    }

    fn new_whole(&mut self, kind: WholeKind) -> Result<u32, Error> {
        self.change("INSERT INTO whole (kind, parts) VALUES (?1, 0)", [kind as u32])?;
        Ok(u32::try_from(self.connection.last_insert_rowid()).unwrap_or(u32::MAX))
    }

    fn size(&self, whole: u32) -> Result<u32, Error> {
        let size = self.one("SELECT parts FROM whole WHERE id = ?1", [whole], |row| row.get(0))?;
        Ok(size.unwrap_or(0))
    }

    fn put_part(&mut self, kind: WholeKind, at: Spot, whole: u32) -> Result<(), Error> {
        let values = params![kind as u32, at.document.0, at.item, whole];
        self.change("INSERT INTO part VALUES (?1, ?2, ?3, ?4)", values)?;
        self.change("UPDATE whole SET parts = parts + 1 WHERE id = ?1", [whole]).map(drop)
    }

    fn drop_part(&mut self, kind: WholeKind, at: Spot) -> Result<(), Error> {
        let Some(whole) = self.whole(kind, at)? else { return Ok(()) };
        let sql = "DELETE FROM part WHERE kind = ?1 AND document = ?2 AND item = ?3";
        self.change(sql, params![kind as u32, at.document.0, at.item])?;
        self.change("UPDATE whole SET parts = parts - 1 WHERE id = ?1", [whole])?;
        self.change("DELETE FROM whole WHERE id = ?1 AND parts = 0", [whole]).map(drop)
    }

    fn pour(&mut self, from: u32, into: u32) -> Result<(), Error> {
        let moved = self.change("UPDATE part SET whole = ?2 WHERE whole = ?1", [from, into])?;
        let sql = "UPDATE whole SET parts = parts + ?2 WHERE id = ?1";
        self.change(sql, params![into, i64::try_from(moved).unwrap_or(0)])?;
        self.change("DELETE FROM whole WHERE id = ?1", [from]).map(drop)
    }

    fn ties(&self, kind: WholeKind, at: Spot) -> Result<Vec<Spot>, Error> {
        let sql = "SELECT other_document, other_item FROM tie \
                   WHERE kind = ?1 AND document = ?2 AND item = ?3 ORDER BY 1, 2";
        self.all(sql, params![kind as u32, at.document.0, at.item], |row| spot(row, 0))
    }

    fn tie(&mut self, kind: WholeKind, one: Spot, other: Spot) -> Result<(), Error> {
        for (a, b) in [(one, other), (other, one)] {
            let values = params![kind as u32, a.document.0, a.item, b.document.0, b.item];
            self.change("INSERT OR IGNORE INTO tie VALUES (?1, ?2, ?3, ?4, ?5)", values)?;
        }
        Ok(())
    }

    fn untie(&mut self, kind: WholeKind, at: Spot) -> Result<(), Error> {
        for other in self.ties(kind, at)? {
            for (a, b) in [(at, other), (other, at)] {
                let values = params![kind as u32, a.document.0, a.item, b.document.0, b.item];
                let sql = "DELETE FROM tie WHERE kind = ?1 AND document = ?2 AND item = ?3 \
                           AND other_document = ?4 AND other_item = ?5";
                self.change(sql, values)?;
            }
        }
        Ok(())
    }

    fn put_sketch(&mut self, document: DocumentId, sketch: &Sketch) -> Result<(), Error> {
        let (bands, least) = (packed(&sketch.bands), packed(&sketch.least));
        let marks = packed(&sketch.marks);
        let sql = "INSERT INTO sketch VALUES (?1, ?2, ?3, ?4, ?5)";
        self.change(sql, params![document.0, bands, least, marks, sketch.shingles])?;
        for band in &sketch.bands {
            self.change("INSERT OR IGNORE INTO band VALUES (?1, ?2)", [*band, document.0])?;
        }
        Ok(())
    }

    fn sketch(&self, document: DocumentId) -> Result<Option<Sketch>, Error> {
        let sql = "SELECT bands, least, marks, shingles FROM sketch WHERE document = ?1";
        self.one(sql, [document.0], |row| {
            let (bands, least) = (unpacked(row, 0)?, unpacked(row, 1)?);
            Ok(Sketch { bands, least, marks: unpacked(row, 2)?, shingles: row.get(3)? })
        })
    }

    fn remove_sketch(&mut self, document: DocumentId) -> Result<(), Error> {
        let Some(sketch) = self.sketch(document)? else { return Ok(()) };
        for band in &sketch.bands {
            let sql = "DELETE FROM band WHERE band = ?1 AND document = ?2";
            self.change(sql, [*band, document.0])?;
        }
        self.change("DELETE FROM sketch WHERE document = ?1", [document.0]).map(drop)
    }

    fn meeting(&self, bands: &[u32], a_band: u32) -> Result<Vec<(DocumentId, u32)>, Error> {
        let sql = "SELECT document FROM band WHERE band = ?1 ORDER BY document DESC LIMIT ?2";
        let mut met: BTreeMap<u32, u32> = BTreeMap::new();
        for band in bands {
            for document in self.all(sql, [*band, a_band], |row| row.get(0))? {
                *met.entry(document).or_default() += 1;
            }
        }
        Ok(met.into_iter().map(|(document, bands)| (DocumentId(document), bands)).collect())
    }
}
