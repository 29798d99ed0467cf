//! What does not hold, and exactly where.

use std::fmt;
use std::ops::Range;

use crate::error::Error;
use crate::hash::Hash;
use crate::tile::{Tile, Unread};

/// One place of a log that does not hold. Its `Display` is one line: the file, the bytes, the
/// entries that it bears on, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub place: Place,
    /// The bytes of the file that do not hold; none where only files together do not, as with
    /// [`Cause::Root`].
    pub bytes: Range<u64>,
    /// The entries that stand on these bytes.
    pub entries: Range<u64>,
    /// What is wrong.
    pub cause: Cause,
}

/// A file of a log, or what is kept beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A signed checkpoint.
    Checkpoint,
    /// A proof file, but for the checkpoint in it.
    Proof,
    /// A tile or an entry bundle.
    Tile(Tile),
    /// The bytes that an entry commits to, which are kept outside the log.
    Opening,
}

/// Why a place does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Cause {
    /// A checkpoint or a proof that proves nothing.
    #[error("{0}")]
    Refused(Error),
    /// The tiles do not make the checkpoint's root, whichever of them are taken as right.
    #[error(
        "the root is {signed} by the checkpoint and {found} by the tiles: the log was rewritten, or the checkpoint is of another"
    )]
    Root {
        /// The root that was signed.
        signed: Hash,
        /// The root that the tiles as they are hash to.
        found: Hash,
    },
    /// A file that is not there or cannot be read.
    #[error("{0}")]
    Unread(Unread),
    /// A file that is too short or too long.
    #[error("{found} bytes long, it should be {expected}")]
    Length {
        /// The length it should have.
        expected: u64,
        /// The length it has.
        found: u64,
    },
    /// Not what the signed root commits to; what belongs there is proven.
    #[error("not what the signed root commits to")]
    Changed,
    /// Does not agree with the hashes above and below it, and nothing proves which of them is
    /// right.
    #[error("does not agree with the hashes around it, and nothing proves which is right")]
    Unproven,
    /// An entry that the root commits to and that is no commitment of this version.
    #[error("proven, and no commitment that this version knows")]
    NoCommitment,
    /// Not the bytes, or not the salt, that the entry commits to.
    #[error("not the bytes and salt that the entry commits to")]
    NotCommittedTo,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Checkpoint => f.write_str("checkpoint"),
            Place::Proof => f.write_str("proof"),
            Place::Tile(tile) => write!(f, "{tile}"),
            Place::Opening => f.write_str("committed bytes"),
        }
    }
}

impl std::error::Error for Fault {}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fault { place, bytes, entries, cause } = self;
        write!(f, "{place}, ")?;
        ranged(f, ["byte", "bytes"], bytes)?;
        if !entries.is_empty() {
            f.write_str(", ")?;
            ranged(f, ["entry", "entries"], entries)?;
        }
        write!(f, ": {cause}")
    }
}

fn ranged(f: &mut fmt::Formatter<'_>, [one, many]: [&str; 2], range: &Range<u64>) -> fmt::Result {
    match range.end.saturating_sub(range.start) {
        0 => write!(f, "no {many}"),
        1 => write!(f, "{one} {}", range.start),
        _ => write!(f, "{many} {} to {}", range.start, range.end - 1),
    }
}
