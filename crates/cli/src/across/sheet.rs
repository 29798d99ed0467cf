//! Views as sheets: CSV, JSON Lines, Parquet.

use std::io::Write;
use std::path::Path;

use onrecord_casebook::export::{Cell, Column, Sheet, csv_line, event_days, json_line};
use onrecord_casebook::{Case, Filter};

use super::Ended;
use super::arguments::ViewFormat;
use crate::output::{Output, Stop};

/// For a program that was built without Parquet.
pub(super) const NO_PARQUET: &str = "--format parquet: this program was built without it: build it with \
     `cargo install --path crates/cli --features parquet`, or take csv or jsonl";

/// What is asked for of a view.
pub(super) struct Asked<'f> {
    pub(super) filter: &'f Filter,
    /// No more rows than this, once they are sorted.
    pub(super) limit: Option<usize>,
    pub(super) format: ViewFormat,
}

/// Writes one view.
pub(super) fn view(
    name: &str,
    case: &Case,
    asked: &Asked<'_>,
    path: Option<&Path>,
) -> Result<(), Ended> {
    let &Asked { filter, limit, format } = asked;
    let Some(sheet) = Sheet::named(name) else { return Ok(()) };
    if format == ViewFormat::Parquet && !cfg!(feature = "parquet") {
        return Err(Ended::Misused(NO_PARQUET.to_owned()));
    }
    let mut output = Output::open(path).map_err(Stop::Failed)?;
    let columns = sheet.columns();
    let mut kept = Vec::new();
    // Rows that are sorted or come in columns have to be known all.
    let streams = name != "timeline" && format != ViewFormat::Parquet;
    let mut out = Rows { columns: &columns, format, output: &mut output };
    out.head()?;
    case.select(filter, sheet.kinds, |selected| {
        let mut rows = sheet.rows(&selected);
        if streams {
            return rows.iter().try_for_each(|row| out.row(row));
        }
        kept.append(&mut rows);
        Ok::<(), Ended>(())
    })?;
    if name == "timeline" {
        kept.sort_by_key(|row| event_days(row));
        kept.truncate(limit.unwrap_or(usize::MAX));
    }
    if format == ViewFormat::Parquet {
        parquet(&columns, &kept, &mut output)?;
    } else {
        kept.iter().try_for_each(|row| out.row(row))?;
    }
    Ok(output.finish()?)
}

/// A sheet that is being written.
struct Rows<'o> {
    columns: &'o [Column],
    format: ViewFormat,
    output: &'o mut Output,
}

impl Rows<'_> {
    fn head(&mut self) -> Result<(), Ended> {
        if self.format != ViewFormat::Csv {
            return Ok(());
        }
        let names = self.columns.iter().map(|column| column.name.to_owned());
        self.put(&csv_line(names))
    }

    fn row(&mut self, row: &[Cell]) -> Result<(), Ended> {
        let line = match self.format {
            ViewFormat::Csv => csv_line(row.iter().map(ToString::to_string)),
            _ => json_line(&[], self.columns, row),
        };
        self.put(&line)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Ended> {
        self.output.write_all(bytes).map_err(|error| self.output.stop(&error).into())
    }
}

#[cfg(feature = "parquet")]
fn parquet(columns: &[Column], rows: &[Vec<Cell>], output: &mut Output) -> Result<(), Ended> {
    let mut bytes = Vec::new();
    onrecord_casebook::export::parquet(columns, rows, &mut bytes)
        .map_err(|error| Ended::Misused(format!("--format parquet: {error}")))?;
    output.write_all(&bytes).map_err(|error| output.stop(&error).into())
}

#[cfg(not(feature = "parquet"))]
fn parquet(_: &[Column], _: &[Vec<Cell>], _: &mut Output) -> Result<(), Ended> {
    Ok(())
}
