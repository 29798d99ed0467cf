//! What of a case or a dossier holds and, when not, exactly which entry, file and bytes do not.

mod acts;
mod case;
mod dossier;
mod exported;
mod originals;

use std::fmt;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::path::PathBuf;

use onrecord_ledger::{Fault, Place, PublicKey, Seen, Stamp, Trust};
use serde::Serialize;

use crate::error::Error;

pub use case::verify_case;
pub use dossier::verify_dossier;
pub use exported::Exported;

/// Acts taken from the store at once.
const WINDOW: u32 = 4096;

/// How to verify, and whom to trust.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The ledger's key, as its keeper gave it; `None` takes the one that lies beside what is
    /// verified, which shows that it agrees with itself and not whose it is.
    pub key: Option<PublicKey>,
    /// Keys of witnesses whose cosignatures count.
    pub witnesses: Vec<PublicKey>,
    /// Certificates, DER, that time stamps have to lead to. Without any, stamps are told and not
    /// verified.
    pub roots: Vec<Vec<u8>>,
    /// How much of a case is verified; a dossier always is as a whole.
    pub depth: Depth,
    /// Files and folders that exports of a case wrote: each is held against the act that did.
    pub exported: Vec<PathBuf>,
    /// How many threads hash originals.
    pub jobs: NonZeroUsize,
}

impl Default for Asked {
    /// All of a case but its tables of items, on one thread, by the key beside it.
    fn default() -> Self {
        Self {
            key: None,
            witnesses: Vec::new(),
            roots: Vec::new(),
            depth: Depth::default(),
            exported: Vec::new(),
            jobs: NonZeroUsize::MIN,
        }
    }
}

/// How much of a case is verified.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// The ledger: checkpoints, tiles, every entry against its act, time stamps.
    Ledger,
    /// Also the store against the ledger, and every original.
    #[default]
    Whole,
    /// Also the tables of items against the records they were made of.
    Deep,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// The ledger's name.
    pub origin: String,
    /// Whether the key came from elsewhere than from what was verified.
    pub key_given: bool,
    /// How many entries the checkpoint signs; `None` where it does not hold.
    pub signed: Option<u64>,
    /// How many of them are proven.
    pub proven: u64,
    /// How many of these were opened: the acts at hand are those committed to.
    pub opened: u64,
    /// Acts that wait for the next run that writes to sign them.
    pub unsigned: u64,
    /// Earlier checkpoints that the newest continues.
    pub earlier: u64,
    /// Originals that are what was taken in; `None` where they were not looked at.
    pub originals: Option<u64>,
    /// Records that are what their acts say; `None` where they were not looked at.
    pub records: Option<u64>,
    /// Documents whose tables of items are those of their record; `None` where they were not
    /// looked at.
    pub items: Option<u64>,
    /// Files of a dossier that are those that its export committed to.
    pub files: Option<u64>,
    /// The latest times at which what was signed can have come to be, as others tell, each with how
    /// many entries were signed then: `witness NAME` or `authority NAME`.
    pub seen_by: Vec<SeenBy>,
    /// What exports of a case wrote, of what was asked for.
    pub exported: Vec<Exported>,
    /// What is there and could not be verified, a line each.
    pub unverified: Vec<String>,
    /// What does not hold.
    pub flaws: Vec<Flaw>,
}

/// That somebody else saw a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeenBy {
    /// Who.
    pub name: String,
    /// Whether by a time stamp; else by a cosignature.
    pub stamp: bool,
    /// By when, in seconds since 1970-01-01T00:00:00Z.
    pub time: u64,
    /// How many entries the checkpoint signs.
    pub entries: u64,
}

/// One place that does not hold. Its `Display` is a line: the file, its bytes, the entries that it
/// bears on, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flaw {
    /// The file, from the folder or archive that was verified.
    pub file: String,
    /// The bytes of it that do not hold, where they can be told.
    pub bytes: Option<Range<u64>>,
    /// The entries of the ledger that bear on it.
    pub entries: Option<Range<u64>>,
    /// What is wrong.
    pub what: String,
}

impl Verified {
    /// Whether nothing was found wrong.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.flaws.is_empty()
    }

    pub(crate) fn flaw(&mut self, file: impl Into<String>, what: impl Into<String>) {
        self.flaws.push(Flaw::of(file, what));
    }

    /// What could not be read: the file that the error names, else this one.
    pub(crate) fn refused(&mut self, file: &str, error: &Error) {
        match error {
            Error::Damaged { path, what } => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                self.flaw(name, what.clone());
            }
            error => self.flaw(file, error.to_string()),
        }
    }

    /// Notes who else saw a checkpoint.
    pub(crate) fn witnessed(&mut self, seen: &Seen) {
        let entries = seen.checkpoint.size;
        self.seen_by.extend(seen.cosignatures.iter().map(|cosignature| SeenBy {
            name: cosignature.witness.clone(),
            stamp: false,
            time: cosignature.time,
            entries,
        }));
    }

    /// Verifies a time stamp over a checkpoint's text.
    pub(crate) fn stamped(
        &mut self,
        file: &str,
        token: &[u8],
        text: &str,
        entries: u64,
        asked: &Asked,
    ) {
        if asked.roots.is_empty() {
            self.unverified.push(format!(
                "{file}: give the authority's certificate with --root to verify the time stamp"
            ));
            return;
        }
        match Stamp::verify(token, text.as_bytes(), &asked.roots) {
            Ok(Stamp { time, authority }) => {
                self.seen_by.push(SeenBy { name: authority, stamp: true, time, entries });
            }
            Err(error) => self.flaw(file, error.to_string()),
        }
    }
}

impl Flaw {
    pub(crate) fn of(file: impl Into<String>, what: impl Into<String>) -> Self {
        Self { file: file.into(), bytes: None, entries: None, what: what.into() }
    }

    /// A flaw of the ledger, whose files lie in a folder, the acts in another file.
    pub(crate) fn of_ledger(fault: &Fault, checkpoint: &str, folder: &str, acts: &str) -> Self {
        let file = match fault.place {
            Place::Checkpoint | Place::Proof => checkpoint.to_owned(),
            Place::Tile(tile) => format!("{folder}{tile}"),
            Place::Opening => acts.to_owned(),
        };
        let some = |range: &Range<u64>| Some(range.clone()).filter(|range| !range.is_empty());
        // The bytes of an act are the act's own, not the file's.
        let bytes = some(&fault.bytes).filter(|_| fault.place != Place::Opening);
        Self { file, bytes, entries: some(&fault.entries), what: fault.cause.to_string() }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        let parts = [("byte", "bytes", &self.bytes), ("entry", "entries", &self.entries)];
        for (one, many, range) in parts {
            match range {
                None => {}
                Some(range) if range.end - range.start == 1 => {
                    write!(f, ", {one} {}", range.start)?;
                }
                Some(range) => write!(f, ", {many} {} to {}", range.start, range.end - 1)?,
            }
        }
        write!(f, ": {}", self.what)
    }
}

/// Whom to trust: the key that was given, else the one beside what is verified.
pub(crate) fn trust(asked: &Asked, own: Option<PublicKey>) -> Option<Trust> {
    let log = asked.key.clone().or(own)?;
    Some(Trust { origin: log.name().to_owned(), log, witnesses: asked.witnesses.clone() })
}
