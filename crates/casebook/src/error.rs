//! What goes wrong with a case, by cause, each with its place and the way out.

use std::io;
use std::path::{Path, PathBuf};

/// Why something about a case could not be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The folder holds no case.
    #[error("{}: is no case: make one with `onrecord case new`, or name the folder that holds case.toml", .path.display())]
    NoCase {
        /// The folder.
        path: PathBuf,
    },
    /// A case is to be made where something is already.
    #[error("{}: is not empty: name a new folder for the case", .path.display())]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// Another program writes to the case.
    #[error("{}: another program is writing to this case: wait until it has ended", .path.display())]
    Busy {
        /// The case.
        path: PathBuf,
    },
    /// The case was made, or is kept, by a newer version.
    #[error("{}: has format {found}, and this version knows {known}: install a newer onrecord", .path.display())]
    Newer {
        /// The file that says so.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The newest that this version knows.
        known: i64,
    },
    /// The case is kept in an older format, which a program that may write brings to the newest.
    #[error("{}: has format {found}, and this version keeps {known}: let someone who may write to it open it once", .path.display())]
    Older {
        /// The file that says so.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The format that this version keeps.
        known: i64,
    },
    /// Something of the case is not as it was written.
    #[error("{}: is damaged ({what}): run `onrecord verify` on the case, and restore this file from a copy", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// Nothing in the case has this name.
    #[error("{name}: no {what} of this case is called so: `onrecord case list` shows them")]
    Unknown {
        /// What was looked for.
        name: String,
        /// The kind of thing.
        what: &'static str,
    },
    /// What was asked for fits several things.
    #[error("{name}: fits several documents ({candidates}): give more of it")]
    Ambiguous {
        /// What was looked for.
        name: String,
        /// Some that it fits.
        candidates: String,
    },
    /// No entity has this number, or it is no part of the entity.
    #[error(
        "{name}: no entity of this case, or no part of the one named: `onrecord actors` lists them with their numbers"
    )]
    NoEntity {
        /// What was looked for.
        name: String,
    },
    /// Two entities are to be merged that are one.
    #[error("{name}: both are this entity already: there is nothing to merge")]
    AlreadyOne {
        /// The entity.
        name: String,
    },
    /// All of an entity is to be split off.
    #[error(
        "{name}: nothing of this entity would stay: name only the actors that are somebody else"
    )]
    NothingStays {
        /// The entity.
        name: String,
    },
    /// The document was removed.
    #[error("{name}: was removed ({reason}): its entry in the ledger stays, the original went")]
    Removed {
        /// The document.
        name: String,
        /// Why.
        reason: String,
    },
    /// A file is no dossier.
    #[error("{}: is no dossier ({what}): name a folder of a case, or a ZIP that `onrecord dossier` made; a page or an export is held against its case by `onrecord verify CASE --exported FILE`", .path.display())]
    NoDossier {
        /// The file.
        path: PathBuf,
        /// Why not.
        what: String,
    },
    /// A time stamp or a cosignature does not prove anything about the case.
    #[error("{what}: {cause}: {way_out}")]
    Unproven {
        /// What was given.
        what: &'static str,
        /// Why it proves nothing.
        cause: onrecord_ledger::Error,
        /// What to do.
        way_out: &'static str,
    },
    /// A correction cannot be made.
    #[error("{0}")]
    Correction(#[from] crate::review::BadCorrection),
    /// A query cannot be followed.
    #[error("{0}")]
    Query(#[from] crate::search::BadQuery),
    /// A file could not be read or written.
    #[error("{}: {what} ({cause}): {}", .path.display(), way_out(.cause))]
    File {
        /// The file.
        path: PathBuf,
        /// What was being done.
        what: &'static str,
        /// What the system says.
        cause: io::Error,
    },
    /// The store refuses.
    #[error("{}: the store cannot be used ({cause})", .path.display())]
    Store {
        /// Its file.
        path: PathBuf,
        /// What it says.
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The ledger refuses.
    #[error("{}: the ledger cannot be used ({cause}): run `onrecord verify` on the case", .path.display())]
    Ledger {
        /// Its folder.
        path: PathBuf,
        /// What it says.
        cause: onrecord_ledger::Error,
    },
    /// The clock or the source of chance refuses.
    #[error("the system gives no random numbers ({cause}): check the machine")]
    NoChance {
        /// What it says.
        cause: io::Error,
    },
}

/// What to do about a failure of a file.
fn way_out(cause: &io::Error) -> &'static str {
    match cause.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "free some space and try again; nothing that was told as kept is lost"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "this user may not write there: change the permissions, or work on a copy"
        }
        io::ErrorKind::NotFound => "it is gone: restore it from a copy",
        _ => "check the file and its disk",
    }
}

impl Error {
    /// The failure to do something with a file.
    pub(crate) fn file(path: &Path, what: &'static str) -> impl FnOnce(io::Error) -> Error {
        let path = path.to_owned();
        move |cause| Error::File { path, what, cause }
    }

    pub(crate) fn damaged(path: &Path, what: impl Into<String>) -> Error {
        Error::Damaged { path: path.to_owned(), what: what.into() }
    }
}
