//! An append-only Merkle log of commitments: what proves that nothing in a case was changed.
//!
//! Whoever appends gives [`Commitment`]s to bytes; the log holds these and nothing else, so that it
//! can be shown to anybody. [`Log`] turns them into the files of C2SP tlog-tiles, a [`Checkpoint`]
//! with the log's signature says how far it got, witnesses add [`Cosignature`]s and
//! authorities [`Stamp`]s, and [`Audit`] tells what of it all holds and, when not, which entry, tile
//! and bytes do not.
//!
//! This crate knows nothing of records and does no I/O: it takes bytes and gives bytes, keys come
//! from seeds and salts from the caller, and the time is told to it. `docs/spec/ledger.md` says how
//! a stranger writes a second verifier.
//!
//! ```
//! use std::collections::BTreeMap;
//! use onrecord_ledger::{Audit, Checkpoint, Commitment, Log, PrivateKey, Salt, Scheme, Seen, Trust};
//!
//! let key = PrivateKey::from_seed("example.org/case", Scheme::Note, &[7; 32])?;
//! let mut log = Log::new();
//! let act = Commitment::new(&Salt([1; 32]), b"an act");
//! let files: BTreeMap<_, _> = log.append(&[act]).into_iter().collect();
//! let origin = key.public().name().to_owned();
//! let (size, root) = (log.size(), log.root());
//! let checkpoint = Checkpoint { origin: origin.clone(), size, root, extensions: vec![] };
//! let note = checkpoint.sign(&key)?.to_string();
//!
//! let trust = Trust { origin, log: key.public().clone(), witnesses: vec![] };
//! let seen = Seen::verify(note.as_bytes(), &trust)?;
//! let audit = Audit::of(&seen.checkpoint, &files, &());
//! assert!(audit.holds() && audit.proven == 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod audit;
mod checkpoint;
mod commitment;
mod cosignature;
mod error;
mod fault;
mod hash;
mod key;
mod log;
mod note;
mod proof;
mod proof_file;
mod seen;
mod stamp;
mod tile;

pub use audit::{Audit, Openings, verify_superseded};
pub use checkpoint::Checkpoint;
pub use commitment::{Commitment, Salt};
pub use cosignature::{Cosignature, witness_request};
pub use error::{Error, NoteCause, StampCause};
pub use fault::{Cause, Fault, Place};
pub use hash::{Hash, root_over};
pub use key::{KeyId, PrivateKey, PublicKey, Scheme};
pub use log::Log;
pub use note::{NOTE_BYTES_AT_MOST, NoteSignature, SIGNATURES_AT_MOST, SignedNote};
pub use proof::{Consistency, Inclusion, Nodes, root};
pub use proof_file::ProofFile;
pub use seen::{Seen, Trust};
pub use stamp::Stamp;
pub use tile::{Kind, TILE_WIDTH, Tile, TileNodes, Tiles, Unread};
