//! Acts.

use onrecord_ledger::Salt;
use rusqlite::{OptionalExtension, Row, params};

use super::Sqlite;
use crate::error::Error;
use crate::store::{Entries, Entry};

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry { index: row.get(0)?, salt: Salt(row.get(1)?), bytes: row.get(2)? })
}

impl Entries for Sqlite {
    fn entry_count(&self) -> Result<u64, Error> {
        let sql = "SELECT coalesce(max(id) + 1, 0) FROM entry";
        self.connection.query_row(sql, [], |row| row.get(0)).map_err(self.refuse())
    }

    fn put_entry(&mut self, entry: &Entry) -> Result<(), Error> {
        let sql = "INSERT INTO entry (id, salt, bytes) VALUES (?1, ?2, ?3)";
        let mut statement = self.connection.prepare_cached(sql).map_err(self.refuse())?;
        let Entry { index, salt, bytes } = entry;
        statement.execute(params![index, salt.0, bytes]).map(drop).map_err(self.refuse())
    }

    fn entry(&self, index: u64) -> Result<Option<Entry>, Error> {
        let sql = "SELECT id, salt, bytes FROM entry WHERE id = ?1";
        let mut statement = self.connection.prepare_cached(sql).map_err(self.refuse())?;
        statement.query_row([index], entry).optional().map_err(self.refuse())
    }

    fn entries_from(&self, index: u64, limit: u32) -> Result<Vec<Entry>, Error> {
        let sql = "SELECT id, salt, bytes FROM entry WHERE id >= ?1 ORDER BY id LIMIT ?2";
        let mut statement = self.connection.prepare_cached(sql).map_err(self.refuse())?;
        let rows = statement.query_map(params![index, limit], entry).map_err(self.refuse())?;
        let entries: Vec<Entry> = rows.collect::<Result<_, _>>().map_err(self.refuse())?;
        self.in_order(index, entries.iter().map(|entry| entry.index))?;
        Ok(entries)
    }
}
