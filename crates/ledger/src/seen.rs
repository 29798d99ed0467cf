//! Whom a verifier trusts, and what a checkpoint's signatures tell it.

use std::ops::Range;

use crate::checkpoint::Checkpoint;
use crate::cosignature::Cosignature;
use crate::error::Error;
use crate::fault::{Cause, Fault, Place};
use crate::key::{KeyId, PublicKey};
use crate::note::{NoteSignature, SignedNote};
use crate::proof::Consistency;
use crate::tile::{TileNodes, Tiles};

/// Whom a verifier trusts. It has to come from elsewhere than from the log that is verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trust {
    /// The log's name, the first line of its checkpoints.
    pub origin: String,
    /// The log's key.
    pub log: PublicKey,
    /// The keys of witnesses.
    pub witnesses: Vec<PublicKey>,
}

/// What the signatures of a checkpoint tell, all of them verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// What the log signed.
    pub checkpoint: Checkpoint,
    /// The witnesses that cosigned it, in the order they are trusted in.
    pub cosignatures: Vec<Cosignature>,
    /// The names of the trusted witnesses that did not.
    pub silent: Vec<String>,
    /// Signatures by keys that nobody named. They count for nothing, as signed-note has it; among
    /// them is a signature whose name or id was damaged.
    pub strangers: Vec<(String, KeyId)>,
}

impl Seen {
    /// Verifies a checkpoint's signatures.
    ///
    /// # Errors
    ///
    /// The place in the note that does not hold: the text where the log's signature does not fit,
    /// or the line of the witness whose signature does not.
    pub fn verify(note: &[u8], trust: &Trust) -> Result<Seen, Fault> {
        let fault = |bytes: Range<usize>, error| Fault {
            place: Place::Checkpoint,
            bytes: bytes.start as u64..bytes.end as u64,
            entries: 0..0,
            cause: Cause::Refused(error),
        };
        let whole = 0..note.len();
        let note = SignedNote::parse(note).map_err(|error| match error {
            Error::NoNote { at, .. } if at < note.len() => fault(at..note.len(), error),
            _ => fault(whole.clone(), error),
        })?;
        let opened = Checkpoint::open(&note, &trust.origin, &trust.log);
        let checkpoint = opened.map_err(|error| match error {
            Error::NoCheckpoint | Error::OtherLog { .. } => fault(0..note.text().len(), error),
            _ => fault(whole, error),
        })?;
        let mut seen = Seen {
            checkpoint,
            cosignatures: Vec::new(),
            silent: Vec::new(),
            strangers: Vec::new(),
        };
        for witness in &trust.witnesses {
            match Cosignature::verify(&note, witness) {
                Ok(cosignature) => seen.cosignatures.push(cosignature),
                Err(Error::Unsigned { name }) => seen.silent.push(name),
                Err(error) => {
                    let mut lines = note.signatures().iter();
                    let place = lines.position(|line| line.is_by(witness));
                    return Err(fault(note.line(place.unwrap_or_default()), error));
                }
            }
        }
        let known = |line: &&NoteSignature| {
            !line.is_by(&trust.log) && !trust.witnesses.iter().any(|witness| line.is_by(witness))
        };
        let strangers = note.signatures().iter().filter(known);
        seen.strangers = strangers.map(|line| (line.name.clone(), line.id)).collect();
        Ok(seen)
    }

    /// Verifies an earlier checkpoint of a log: its signatures, and that the later one continues
    /// it. That holds what an audit of the later one found against rewritten history.
    ///
    /// # Errors
    ///
    /// As [`Seen::verify`]; [`Error::Shrunk`] and [`Error::NotConsistent`] where the later tree
    /// does not begin with the earlier one, what reading the tiles gives.
    pub fn verify_earlier(
        note: &[u8],
        trust: &Trust,
        later: &Checkpoint,
        tiles: &impl Tiles,
    ) -> Result<Seen, Fault> {
        let seen = Seen::verify(note, trust)?;
        let Checkpoint { size, root, .. } = seen.checkpoint;
        let nodes = TileNodes::new(tiles, later.size);
        let proof = Consistency::make(size, later.size, &nodes);
        proof.and_then(|proof| proof.verify(root, later.root)).map_err(|error| Fault {
            place: Place::Checkpoint,
            bytes: 0..note.len() as u64,
            entries: 0..size,
            cause: Cause::Refused(error),
        })?;
        Ok(seen)
    }
}
