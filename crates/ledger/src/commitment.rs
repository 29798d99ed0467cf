//! Entries: commitments that say nothing of what they commit to.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::error::Error;

/// What a commitment's hash begins with, so that it is no other hash.
const LABEL: &[u8] = b"onrecord-commitment/v1\n";
/// The kind of entry that a commitment is.
const VERSION: u8 = 1;

/// 32 bytes that nobody can guess, drawn anew for every entry. Without them a commitment cannot be
/// held against guesses of what it commits to; once they are destroyed it says nothing for good.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Salt(pub [u8; 32]);

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(secret)")
    }
}

/// An entry of the log: the salted hash of some bytes. Whoever has salt and bytes can show that
/// they are the ones; nobody can find others that fit, nor learn them from the entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commitment([u8; 32]);

impl Commitment {
    /// The length of an entry in bytes.
    pub const ENTRY_BYTES: usize = 33;
    /// The length of an entry in a bundle, behind its two bytes of length.
    pub(crate) const FRAMED_BYTES: usize = 2 + Commitment::ENTRY_BYTES;
    /// What stands before each entry in a bundle: its length, high byte first.
    pub(crate) const FRAME: [u8; 2] = [0, 33];

    /// Commits to bytes. They are taken as they are: whoever commits to a value keeps the bytes
    /// that it was written as.
    #[must_use]
    pub fn new(salt: &Salt, bytes: &[u8]) -> Commitment {
        let hash = Sha256::new().chain_update(LABEL).chain_update(salt.0).chain_update(bytes);
        Commitment(hash.finalize().into())
    }

    /// Whether it commits to these bytes under this salt.
    #[must_use]
    pub fn opens(&self, salt: &Salt, bytes: &[u8]) -> bool {
        *self == Commitment::new(salt, bytes)
    }

    /// The entry as it stands in the log.
    #[must_use]
    pub fn entry(&self) -> [u8; Commitment::ENTRY_BYTES] {
        let mut entry = [VERSION; Commitment::ENTRY_BYTES];
        entry[1..].copy_from_slice(&self.0);
        entry
    }

    /// Reads an entry.
    ///
    /// # Errors
    ///
    /// [`Error::NoCommitment`] for any other length or first byte.
    pub fn from_entry(entry: &[u8]) -> Result<Commitment, Error> {
        match entry.split_first() {
            Some((&VERSION, hash)) => {
                hash.try_into().map(Commitment).map_err(|_| Error::NoCommitment)
            }
            _ => Err(Error::NoCommitment),
        }
    }
}
