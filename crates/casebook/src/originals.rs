//! Originals, kept for good as they came: a file each, named by its SHA-256.
//!
//! `originals/ab/cdef…` holds the bytes whose hash begins with `ab`. Durable steps of a batch: every
//! file is written beside its place, then each is synced, then each is renamed into its place, then
//! the folders are synced. Only then may the store tell of them. A file that a crash left beside its
//! place is overwritten or swept; one in its place that no document knows is what a crash left
//! before the store was told, and the next run that takes the same bytes uses it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use onrecord_record::Sha256;

use crate::error::Error;
use crate::files;
use crate::system::System;

/// The folder of originals.
#[derive(Debug, Clone)]
pub struct Originals {
    folder: PathBuf,
}

/// Whether an original is what was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fixity {
    /// Every byte.
    Holds,
    /// The file is gone.
    Missing,
    /// Other bytes are there.
    Changed {
        /// How many.
        bytes: u64,
        /// Their hash.
        found: Sha256,
    },
    /// The file cannot be read.
    Unreadable {
        /// What the system says.
        says: String,
    },
}

impl Originals {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Where they all lie.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the original with this hash lies.
    #[must_use]
    pub fn path(&self, sha256: Sha256) -> PathBuf {
        let hex = sha256.hex();
        let (first, rest) = hex.split_at(2);
        self.folder.join(first).join(rest)
    }

    /// The hash that a file among the originals has in its name.
    pub(crate) fn hash_of(&self, path: &Path) -> Option<Sha256> {
        let inside = path.strip_prefix(&self.folder).ok()?.to_str()?;
        let hex: String = inside.split(['/', '\\']).collect();
        let digits = hex.as_bytes().as_chunks::<2>().0;
        let bytes: Vec<u8> = digits
            .iter()
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect::<Option<_>>()?;
        let hash = Sha256::from(<[u8; 32]>::try_from(bytes).ok()?);
        (self.path(hash) == path).then_some(hash)
    }

    /// The bytes of an original, held against its hash.
    ///
    /// # Errors
    /// [`Error::Damaged`] where it is not as it was taken, [`Error::File`] where it cannot be read.
    pub fn read(&self, sha256: Sha256) -> Result<Vec<u8>, Error> {
        let path = self.path(sha256);
        let bytes = files::read(&path)?.ok_or_else(|| Error::damaged(&path, "it is missing"))?;
        if Sha256::of(&bytes) == sha256 {
            Ok(bytes)
        } else {
            Err(Error::damaged(&path, "its bytes do not have the hash that is its name"))
        }
    }

    /// Holds an original against its hash.
    #[must_use]
    pub fn fixity(&self, sha256: Sha256) -> Fixity {
        match files::read(&self.path(sha256)) {
            Ok(None) => Fixity::Missing,
            Ok(Some(bytes)) => match Sha256::of(&bytes) {
                found if found == sha256 => Fixity::Holds,
                found => Fixity::Changed { bytes: bytes.len() as u64, found },
            },
            Err(error) => Fixity::Unreadable { says: error.to_string() },
        }
    }

    /// Keeps originals: when this returns, all of them are on the disk for good.
    pub(crate) fn keep(&self, system: &System, batch: &[(Sha256, &[u8])]) -> Result<(), Error> {
        let mut places = Vec::new();
        for (sha256, bytes) in batch {
            let path = self.path(*sha256);
            if self.fixity(*sha256) == Fixity::Holds {
                continue;
            }
            files::folder(files::folder_of(&path))?;
            let beside = path.with_extension("part");
            files::unsynced(system, &beside, bytes)?;
            places.push((beside, path));
        }
        for (beside, _) in &places {
            files::sync(system, beside)?;
        }
        let mut folders = BTreeSet::new();
        for (beside, path) in &places {
            files::rename(system, beside, path)?;
            folders.insert(files::folder_of(path));
        }
        for folder in folders {
            files::sync_folder(system, folder)?;
        }
        if places.is_empty() { Ok(()) } else { files::sync_folder(system, &self.folder) }
    }

    /// Removes an original for good.
    pub(crate) fn remove(&self, system: &System, sha256: Sha256) -> Result<(), Error> {
        let path = self.path(sha256);
        files::remove(system, &path)?;
        let folder = files::folder_of(&path);
        if folder.exists() { files::sync_folder(system, folder) } else { Ok(()) }
    }
}
