//! Checkpoints: the size and root of a log, signed (C2SP tlog-checkpoint).

use std::fmt;
use std::str::FromStr;

use crate::error::Error;
use crate::hash::Hash;
use crate::key::{PrivateKey, PublicKey};
use crate::note::SignedNote;

/// What a log says of itself at one size. Its `Display` is the text that is signed, and `FromStr`
/// takes that text and no other spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name, never empty.
    pub origin: String,
    /// How many entries it has.
    pub size: u64,
    /// The root of its tree.
    pub root: Hash,
    /// Further lines, none of them empty. We write none.
    pub extensions: Vec<String>,
}

impl Checkpoint {
    /// The checkpoint as a note with the log's signature.
    ///
    /// # Errors
    ///
    /// [`Error::WrongKind`] for a witness's key, [`Error::NoCheckpoint`] for an origin or extension
    /// that cannot be a line.
    pub fn sign(&self, key: &PrivateKey) -> Result<SignedNote, Error> {
        let text = self.to_string();
        if text.parse::<Checkpoint>().as_ref() != Ok(self) {
            return Err(Error::NoCheckpoint);
        }
        let mut note = SignedNote::new(&text)?;
        note.sign(key)?;
        Ok(note)
    }

    /// Reads the checkpoint of a note that the log signed.
    ///
    /// # Errors
    ///
    /// What [`SignedNote::verify`] gives; [`Error::NoCheckpoint`], [`Error::OtherLog`].
    pub fn open(note: &SignedNote, origin: &str, log: &PublicKey) -> Result<Checkpoint, Error> {
        note.verify(log)?;
        let checkpoint: Checkpoint = note.text().parse()?;
        if checkpoint.origin == origin {
            Ok(checkpoint)
        } else {
            Err(Error::OtherLog { expected: origin.into(), found: checkpoint.origin })
        }
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, self.root)?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

impl FromStr for Checkpoint {
    type Err = Error;

    fn from_str(text: &str) -> Result<Checkpoint, Error> {
        let read = || {
            let mut lines = text.strip_suffix('\n')?.split('\n');
            let checkpoint = Checkpoint {
                origin: lines.next()?.into(),
                size: decimal(lines.next()?)?,
                root: Hash::from_base64(lines.next()?)?,
                extensions: lines.map(Into::into).collect(),
            };
            let mut own = std::iter::once(&checkpoint.origin).chain(&checkpoint.extensions);
            own.all(|line| !line.is_empty()).then_some(checkpoint)
        };
        read().ok_or(Error::NoCheckpoint)
    }
}

/// A number as checkpoints and proofs write it: digits, no zero before others.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number: &u64| number.to_string() == text)
}
