//! The output: each document makes a piece, the pieces in order make the output.

mod folder;
mod joined;
mod piece;
mod tables;

use std::path::Path;

use crate::End;
use crate::console::Console;
use crate::failure::Failure;
use crate::output::Stop;

use folder::Folder;
use joined::Joined;
pub(crate) use piece::{Layout, Piece};
use tables::Tables;

/// Writes pieces as they come, and says what became of each.
pub(crate) struct Writer {
    place: Place,
    all_read: bool,
}

enum Place {
    Joined(Joined),
    Folder(Folder),
    Tables(Tables),
}

const NO_FOLDER: &str =
    "is several files, and standard output is one: name a folder for them with --output FOLDER";

impl Writer {
    /// A writer to the file at `path`, or to standard output for `None`. For tables the path names
    /// a folder, for documents apart it may.
    ///
    /// # Errors
    /// Where it cannot be written there.
    pub(crate) fn open(layout: Layout, path: Option<&Path>) -> Result<Self, Stop> {
        let place = match (layout, path) {
            (Layout::Apart { ending } | Layout::LinesOrApart { ending }, Some(path))
                if Folder::is_named_by(path) =>
            {
                Place::Folder(Folder::open(path, ending).map_err(Stop::Failed)?)
            }
            (Layout::Tables, None) => {
                return Err(Stop::Usage(Failure::new("csv", "no-folder", NO_FOLDER)));
            }
            (Layout::Tables, Some(path)) => Place::Tables(Tables::open(path)?),
            _ => Place::Joined(Joined::open(layout, path).map_err(Stop::Failed)?),
        };
        Ok(Self { place, all_read: true })
    }

    /// Writes the next piece.
    ///
    /// # Errors
    /// Where nothing more can be written.
    pub(crate) fn piece(&mut self, piece: Piece, console: &Console) -> Result<(), Stop> {
        if let Some(failure) = &piece.failure {
            self.all_read = false;
            console.say(&failure.to_string());
        }
        if let Some(remark) = &piece.remark {
            console.say(&format!("{}: {remark}", piece.entry.name()));
        }
        match &mut self.place {
            Place::Joined(joined) => joined.piece(piece),
            Place::Folder(folder) => folder.piece(&piece),
            Place::Tables(tables) => tables.piece(&piece),
        }
    }

    /// Ends a run: makes what was written stand, a file only where at least one document was read,
    /// and says what failed.
    pub(crate) fn end(self, written: Result<(), Stop>, console: &Console) -> End {
        let finish = |()| match self.place {
            Place::Joined(joined) => joined.finish(),
            Place::Folder(_) => Ok(()),
            Place::Tables(tables) => tables.finish(),
        };
        match written.and_then(finish) {
            Ok(()) | Err(Stop::Closed) if self.all_read => End::Done,
            Ok(()) | Err(Stop::Closed) => End::Short,
            Err(stop) => stop.said(console),
        }
    }
}
