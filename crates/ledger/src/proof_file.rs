//! Proof files: an inclusion proof with the checkpoint it leads to (C2SP tlog-proof).

use std::fmt;
use std::str::FromStr;

use base64ct::{Base64, Encoding};

use crate::checkpoint::decimal;
use crate::commitment::Commitment;
use crate::error::Error;
use crate::fault::{Cause, Fault, Place};
use crate::hash::Hash;
use crate::note::SignedNote;
use crate::proof::Inclusion;
use crate::seen::{Seen, Trust};

const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1";
/// A tree has no more levels than this, so no proof more hashes.
const PATH_AT_MOST: usize = 64;

/// A file that proves offline that an entry is in a log: `Display` writes it, `FromStr` reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofFile {
    /// Bytes that the proof does not cover, such as a salt; empty for none.
    pub extra: Vec<u8>,
    /// The entry's place in the log.
    pub index: u64,
    /// The hashes beside the entry's way to the root, lowest first.
    pub path: Vec<Hash>,
    /// The checkpoint, with all its signatures.
    pub checkpoint: SignedNote,
}

impl ProofFile {
    /// Verifies that an entry is in the log: the checkpoint's signatures, then the way to its root.
    ///
    /// # Errors
    ///
    /// As [`Seen::verify`], with places in the checkpoint's own bytes; [`Error::NotIncluded`] and
    /// [`Error::OutOfTree`] where the proof is of another entry, place or log.
    pub fn verify(&self, entry: &Commitment, trust: &Trust) -> Result<Seen, Fault> {
        let seen = Seen::verify(self.checkpoint.to_string().as_bytes(), trust)?;
        let &ProofFile { index, ref path, .. } = self;
        let proof = Inclusion { index, size: seen.checkpoint.size, path: path.clone() };
        let verified = proof.verify(Hash::of_entry(&entry.entry()), seen.checkpoint.root);
        verified.map_err(|error| Fault {
            place: Place::Proof,
            bytes: 0..(self.to_string().len() - self.checkpoint.to_string().len()) as u64,
            entries: index..index.saturating_add(1),
            cause: Cause::Refused(error),
        })?;
        Ok(seen)
    }
}

impl fmt::Display for ProofFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{FIRST_LINE}")?;
        if !self.extra.is_empty() {
            writeln!(f, "extra {}", Base64::encode_string(&self.extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for ProofFile {
    type Err = Error;

    fn from_str(text: &str) -> Result<ProofFile, Error> {
        let (head, note) = text.split_once("\n\n").ok_or(Error::NoProof { line: 1 })?;
        let mut lines = head.split('\n').zip(1..).peekable();
        let mut line = 1;
        let read = || {
            lines.next().filter(|(first, _)| *first == FIRST_LINE)?;
            line = 2;
            let extra = lines.next_if(|(line, _)| line.starts_with("extra "));
            let extra = extra.map_or(Some(Vec::new()), |(extra, _)| {
                let extra = Base64::decode_vec(extra.strip_prefix("extra ")?).ok()?;
                (!extra.is_empty()).then_some(extra)
            })?;
            let (index, at) = lines.next()?;
            line = at;
            let index = decimal(index.strip_prefix("index ")?)?;
            let mut path = Vec::new();
            for (hash, at) in lines {
                line = at;
                path.push(Hash::from_base64(hash).filter(|_| path.len() < PATH_AT_MOST)?);
            }
            Some((extra, index, path))
        };
        let parts = read();
        let (extra, index, path) = parts.ok_or(Error::NoProof { line })?;
        Ok(ProofFile { extra, index, path, checkpoint: SignedNote::parse(note.as_bytes())? })
    }
}
