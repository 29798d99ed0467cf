//! The output: each document makes a piece, the pieces in order make the output.

mod folder;
mod joined;
mod piece;

use std::path::Path;

use crate::End;
use crate::console::Console;
use crate::failure::Failure;
use crate::output::Stop;

use folder::Folder;
use joined::Joined;
pub(crate) use piece::{Layout, Piece};

/// Writes pieces as they come, and says what became of each.
pub(crate) struct Writer {
    place: Place,
    all_read: bool,
}

enum Place {
    Joined(Joined),
    Folder(Folder),
}

impl Writer {
    /// A writer to the file at `path`, or to standard output for `None`. For documents apart, the
    /// path may name a folder.
    ///
    /// # Errors
    /// Where it cannot be written there.
    pub(crate) fn open(layout: Layout, path: Option<&Path>) -> Result<Self, Failure> {
        let place = match (layout, path) {
            (Layout::Apart { ending }, Some(path)) if Folder::is_named_by(path) => {
                Place::Folder(Folder::open(path, ending)?)
            }
            _ => Place::Joined(Joined::open(layout, path)?),
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
        }
    }

    /// Ends a run: makes what was written stand, a file only where at least one document was read,
    /// and says what failed.
    pub(crate) fn end(self, written: Result<(), Stop>, console: &Console) -> End {
        let finish = |()| match self.place {
            Place::Joined(joined) => joined.finish(),
            Place::Folder(_) => Ok(()),
        };
        match written.and_then(finish) {
            Ok(()) | Err(Stop::Closed) if self.all_read => End::Done,
            Ok(()) | Err(Stop::Closed) => End::Short,
            Err(Stop::Failed(failure)) => {
                console.say(&failure.to_string());
                End::Short
            }
            Err(Stop::Usage(failure)) => {
                console.say(&failure.to_string());
                End::Usage
            }
        }
    }
}
