//! The output: each document makes a piece, the pieces in order make the output.

mod joined;
mod piece;

use std::path::Path;

use crate::End;
use crate::console::Console;
use crate::failure::Failure;
use crate::output::Stop;

use joined::Joined;
pub(crate) use piece::{Layout, Piece};

/// Writes pieces as they come, and says what became of each.
pub(crate) struct Writer {
    joined: Joined,
    all_read: bool,
}

impl Writer {
    /// A writer to the file at `path`, or to standard output for `None`.
    ///
    /// # Errors
    /// Where it cannot be written there.
    pub(crate) fn open(layout: Layout, path: Option<&Path>) -> Result<Self, Failure> {
        Ok(Self { joined: Joined::open(layout, path)?, all_read: true })
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
        self.joined.piece(piece)
    }

    /// Ends a run: makes what was written stand, a file only where at least one document was read,
    /// and says what failed.
    pub(crate) fn end(self, written: Result<(), Stop>, console: &Console) -> End {
        let joined = self.joined;
        match written.and_then(|()| joined.finish()) {
            Ok(()) | Err(Stop::Closed) if self.all_read => End::Done,
            Ok(()) | Err(Stop::Closed) => End::Short,
            Err(Stop::Failed(failure)) => {
                console.say(&failure.to_string());
                End::Short
            }
        }
    }
}
