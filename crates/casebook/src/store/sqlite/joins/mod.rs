//! What belongs together across documents.

mod compared;
mod entities;
mod wholes;

use rusqlite::{OptionalExtension, Params, Row};

use super::Sqlite;
use crate::error::Error;
use crate::joins::Spot;
use crate::key::DocumentId;

impl Sqlite {
    /// All rows of a query.
    fn all<T>(
        &self,
        sql: &str,
        values: impl Params,
        take: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let mut statement = self.connection.prepare_cached(sql).map_err(self.refuse())?;
        let rows = statement.query_map(values, take).map_err(self.refuse())?;
        rows.collect::<Result<_, _>>().map_err(self.refuse())
    }

    /// The first row of a query.
    fn one<T>(
        &self,
        sql: &str,
        values: impl Params,
        take: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, Error> {
        let mut statement = self.connection.prepare_cached(sql).map_err(self.refuse())?;
        statement.query_row(values, take).optional().map_err(self.refuse())
    }

    /// Runs a statement and gives how many rows it changed.
    fn change(&self, sql: &str, values: impl Params) -> Result<usize, Error> {
        let mut statement = self.connection.prepare_cached(sql).map_err(self.refuse())?;
        statement.execute(values).map_err(self.refuse())
    }
}

/// A place in two columns from one on.
fn spot(row: &Row<'_>, column: usize) -> rusqlite::Result<Spot> {
    Ok(Spot { document: DocumentId(row.get(column)?), item: row.get(column + 1)? })
}

/// Numbers as bytes, each in four, the lowest first.
fn packed(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn unpacked(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<u32>> {
    let bytes: Vec<u8> = row.get(column)?;
    let (numbers, _) = bytes.as_chunks::<4>();
    Ok(numbers.iter().map(|number| u32::from_le_bytes(*number)).collect())
}
