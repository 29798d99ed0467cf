//! The world outside a case: the clock, chance, and the steps that make something last.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

/// What is about to be made to last. Each is announced before it is done, so that a test can stop
/// the world there: by a kill, or by the error of a full disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Bytes of a file are written beside its place.
    Write,
    /// They are synced to the disk.
    Sync,
    /// The file is renamed into its place.
    Rename,
    /// Its folder is synced, which makes the rename last.
    SyncFolder,
    /// A transaction of the store is committed.
    Commit,
    /// A file is removed.
    Remove,
}

type Watch = dyn Fn(Step, &Path) -> io::Result<()> + Send + Sync;

/// The world outside. [`System::real`] is what programs use; tests replace parts of it.
#[derive(Clone)]
pub struct System {
    /// Tells the time.
    pub now: fn() -> Timestamp,
    /// Fills bytes with what nobody can guess.
    pub chance: fn(&mut [u8]) -> io::Result<()>,
    /// Called before every [`Step`] with the file or folder that it is about, of a rename the place
    /// that it goes to; its error is the step's.
    pub watch: Option<Arc<Watch>>,
}

impl System {
    /// The machine's clock and its source of chance.
    #[must_use]
    pub fn real() -> Self {
        let chance = |bytes: &mut [u8]| getrandom::fill(bytes).map_err(io::Error::other);
        Self { now: Timestamp::now, chance, watch: None }
    }

    pub(crate) fn before(&self, step: Step, path: &Path) -> io::Result<()> {
        self.watch.as_ref().map_or(Ok(()), |watch| watch(step, path))
    }

    /// 32 bytes of chance.
    pub(crate) fn secret(&self) -> io::Result<[u8; 32]> {
        let mut bytes = [0; 32];
        (self.chance)(&mut bytes)?;
        Ok(bytes)
    }
}

impl fmt::Debug for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("System")
    }
}
