//! A folder of tables that get rows from every document.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::Piece;
use crate::csv;
use crate::failure::Failure;
use crate::output::{Output, Stop};

const NO_FOLDER: &str =
    "is a file, and this format is several: name a folder for them with --output FOLDER";

/// The tables of a run, in the order of [`csv::TABLES`].
pub(super) struct Tables {
    outputs: Vec<Output>,
    read: usize,
}

impl Tables {
    /// The tables in the folder at `path`, made where it is not there, each with its head.
    ///
    /// # Errors
    /// Where they cannot be written there.
    pub(super) fn open(path: &Path) -> Result<Self, Stop> {
        let name = || path.display().to_string();
        if path.exists() && !path.is_dir() {
            return Err(Stop::Usage(Failure::new(name(), "no-folder", NO_FOLDER)));
        }
        match fs::create_dir(path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(Stop::Failed(Failure::not_written(&name(), &error)));
            }
            _ => {}
        }
        let open = |table: &csv::Table| {
            let file = path.join(format!("{}.csv", table.name));
            let mut output = Output::open(Some(&file)).map_err(Stop::Failed)?;
            output.write_all(&table.head()).map_err(|error| output.stop(&error))?;
            Ok(output)
        };
        let outputs = csv::TABLES.iter().map(open).collect::<Result<_, Stop>>()?;
        Ok(Self { outputs, read: 0 })
    }

    /// Writes the rows of a document.
    pub(super) fn piece(&mut self, piece: &Piece) -> Result<(), Stop> {
        self.read += usize::from(piece.failure.is_none());
        for (output, rows) in self.outputs.iter_mut().zip(&piece.parts) {
            output.write_all(rows).map_err(|error| output.stop(&error))?;
        }
        Ok(())
    }

    /// Makes the tables stand, where at least one document was read.
    pub(super) fn finish(self) -> Result<(), Stop> {
        if self.read == 0 {
            return Ok(());
        }
        self.outputs.into_iter().try_for_each(Output::finish)
    }
}
