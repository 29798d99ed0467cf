//! Dossiers: a part of a case that can be shown and verified elsewhere.
//!
//! A dossier is a ZIP archive. `dossier.html` shows what was asked for, `originals/` and `records/`
//! hold the documents behind it, `acts/` the acts that took them in and read them, each with the
//! proof that the ledger committed to it, `ledger/` the checkpoint and the public key. `files.txt`
//! lists the hashes of page, guide, originals and records; the act of the export commits to that
//! list, so that every byte of the archive is either proven or proves.

mod passage;
mod write;

pub use passage::{Passages, escaped, passage};
pub use write::Plan;

/// The files of a dossier that are there once.
pub(crate) const PAGE: &str = "dossier.html";
pub(crate) const GUIDE: &str = "README.md";
pub(crate) const LIST: &str = "files.txt";
pub(crate) const KEY: &str = "ledger/key";
pub(crate) const CHECKPOINT: &str = "ledger/checkpoint";
/// The folders, and what files in them are called.
pub(crate) const ORIGINALS: &str = "originals/";
pub(crate) const RECORDS: &str = "records/";
pub(crate) const ACTS: &str = "acts/";
/// Earlier checkpoints that others saw, what they say of them, and how the newest continues them.
pub(crate) const EARLIER: &str = "ledger/earlier/";
pub(crate) const STAMPS: &str = "ledger/stamps/";
pub(crate) const CONTINUED: &str = ".continued";
pub(crate) const JSON: &str = ".json";
pub(crate) const PROOF: &str = ".tlog-proof";

/// The format that the act of a dossier's export names.
pub(crate) const FORMAT: &str = "dossier";
