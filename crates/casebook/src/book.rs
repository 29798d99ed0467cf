//! The ledger on disk: the files of `ledger/`, as `docs/spec/ledger.md` has them.
//!
//! Durable steps of an append: the store has committed the acts with their salts; the bundles and
//! tiles are written, synced and renamed; the checkpoint is renamed into its place. A crash between
//! leaves the checkpoint behind the store, and opening the case appends what is missing, which gives
//! the same bytes. A checkpoint that is ahead of the store tells that the store lost something.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use onrecord_ledger::{Checkpoint, Commitment, Log, PrivateKey, Seen, Tile, Tiles, Trust, Unread};

use crate::error::Error;
use crate::files;
use crate::system::System;

/// The folder of a ledger.
#[derive(Debug, Clone)]
pub struct LedgerFolder {
    path: PathBuf,
}

impl LedgerFolder {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The newest checkpoint's file.
    #[must_use]
    pub fn checkpoint(&self) -> PathBuf {
        self.path.join("checkpoint")
    }

    /// Where checkpoints of earlier days are kept, each by its size.
    #[must_use]
    pub fn earlier(&self) -> PathBuf {
        self.path.join("earlier")
    }

    /// The name of the file that keeps the checkpoint of a size.
    pub(crate) fn earlier_name(size: u64) -> String {
        format!("{size:012}")
    }

    /// Where time stamps are kept, each by the size of the checkpoint that it is over.
    #[must_use]
    pub fn stamps(&self) -> PathBuf {
        self.path.join("stamps")
    }

    /// The file of a tile.
    #[must_use]
    pub fn tile(&self, tile: Tile) -> PathBuf {
        self.path.join(tile.to_string())
    }

    /// The newest checkpoint as it stands, its signature verified; `None` where there is none.
    ///
    /// # Errors
    /// [`Error::Damaged`] where it does not hold, [`Error::File`] where it cannot be read.
    pub fn seen(&self, trust: &Trust) -> Result<Option<Seen>, Error> {
        let path = self.checkpoint();
        let Some(note) = files::read(&path)? else { return Ok(None) };
        Seen::verify(&note, trust)
            .map(Some)
            .map_err(|fault| Error::damaged(&path, fault.to_string()))
    }
}

impl Tiles for LedgerFolder {
    fn read(&self, tile: Tile) -> Result<Vec<u8>, Unread> {
        std::fs::read(self.tile(tile)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Unread::Missing,
            _ => Unread::Failed { says: error.to_string() },
        })
    }
}

/// A ledger that is written to.
#[derive(Debug)]
pub(crate) struct Book {
    folder: LedgerFolder,
    key: PrivateKey,
    log: Log,
    /// The size at which the checkpoint last came to the disk.
    signed: Option<u64>,
}

impl Book {
    /// Takes up the ledger where its checkpoint left it.
    pub(crate) fn open(
        folder: LedgerFolder,
        key: PrivateKey,
        trust: &Trust,
    ) -> Result<Self, Error> {
        let seen = folder.seen(trust)?;
        let log = match &seen {
            None => Log::new(),
            Some(seen) => Log::resume(seen.checkpoint.size, seen.checkpoint.root, &folder)
                .map_err(|cause| Error::Ledger { path: folder.path.clone(), cause })?,
        };
        Ok(Self { folder, key, log, signed: seen.map(|seen| seen.checkpoint.size) })
    }

    /// How many entries it has.
    pub(crate) fn size(&self) -> u64 {
        self.log.size()
    }

    /// Appends entries: when this returns, the signed checkpoint that holds them is on the disk.
    pub(crate) fn append(&mut self, system: &System, entries: &[Commitment]) -> Result<(), Error> {
        let mut log = self.log.clone();
        let files = log.append(entries);
        let mut folders = BTreeSet::new();
        for (tile, bytes) in &files {
            let path = self.folder.tile(*tile);
            let folder = files::folder_of(&path).to_owned();
            files::folder(&folder)?;
            let beside = path.with_extension("part");
            files::unsynced(system, &beside, bytes)?;
            files::sync(system, &beside)?;
            files::rename(system, &beside, &path)?;
            // Folders that were just made have to last too.
            let above = folder.ancestors().take_while(|above| above.starts_with(&self.folder.path));
            folders.extend(above.map(Path::to_owned));
        }
        for folder in &folders {
            files::sync_folder(system, folder)?;
        }
        self.sign(system, &log)?;
        for (tile, _) in files.iter().filter(|(tile, _)| !tile.is_partial()) {
            let mut partials = self.folder.tile(*tile).into_os_string();
            partials.push(".p");
            // The full tile took their place: what cannot be swept now is no loss.
            let _ = std::fs::remove_dir_all(partials);
        }
        self.log = log;
        Ok(())
    }

    fn sign(&mut self, system: &System, log: &Log) -> Result<(), Error> {
        let refuse = |cause| Error::Ledger { path: self.folder.path.clone(), cause };
        let origin = self.key.public().name().to_owned();
        let checkpoint =
            Checkpoint { origin, size: log.size(), root: log.root(), extensions: Vec::new() };
        let note = checkpoint.sign(&self.key).map_err(refuse)?.to_string();
        files::put(system, &self.folder.checkpoint(), note.as_bytes())?;
        self.signed = Some(log.size());
        Ok(())
    }

    /// Puts a checkpoint with more signatures among the earlier ones, in the place of what is there.
    pub(crate) fn keep_earlier(&self, system: &System, size: u64, note: &str) -> Result<(), Error> {
        files::folder(&self.folder.earlier())?;
        let kept = self.folder.earlier().join(LedgerFolder::earlier_name(size));
        files::put(system, &kept, note.as_bytes())
    }

    /// Keeps the newest checkpoint among the earlier ones, so that a verifier can hold later ones
    /// against it.
    pub(crate) fn remember(&self, system: &System) -> Result<(), Error> {
        let Some(size) = self.signed else { return Ok(()) };
        let kept = self.folder.earlier().join(LedgerFolder::earlier_name(size));
        if kept.exists() {
            return Ok(());
        }
        let Some(note) = files::read(&self.folder.checkpoint())? else { return Ok(()) };
        files::folder(&self.folder.earlier())?;
        files::put(system, &kept, &note)
    }
}
