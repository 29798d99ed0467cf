//! SHA-256 as RFC 6962 uses it, with entries and nodes hashed apart.

use std::fmt;

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

/// A SHA-256 hash of the log: of an entry, of a node, or the root of a tree.
///
/// Its `Display` is base64 as checkpoints write it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hash(pub [u8; Hash::BYTES]);

impl Hash {
    /// The length of a hash in bytes.
    pub const BYTES: usize = 32;

    /// The hash of an entry: SHA-256 of a zero byte and the entry (RFC 6962, section 2.1).
    #[must_use]
    pub fn of_entry(entry: &[u8]) -> Hash {
        Hash(Sha256::new().chain_update([0]).chain_update(entry).finalize().into())
    }

    /// The hash of a node: SHA-256 of a one byte and the hashes below (RFC 6962, section 2.1).
    #[must_use]
    pub fn of_node(left: Hash, right: Hash) -> Hash {
        let mut bytes = [1; 1 + 2 * Hash::BYTES];
        bytes[1..=Hash::BYTES].copy_from_slice(&left.0);
        bytes[1 + Hash::BYTES..].copy_from_slice(&right.0);
        Hash(Sha256::digest(bytes).into())
    }

    /// The root of the tree without entries: SHA-256 of nothing.
    #[must_use]
    pub fn of_nothing() -> Hash {
        Hash(Sha256::digest([]).into())
    }

    /// Reads a hash from base64 with padding, 44 characters and no other spelling.
    pub(crate) fn from_base64(text: &str) -> Option<Hash> {
        let mut bytes = [0; Hash::BYTES];
        let read = Base64::decode(text, &mut bytes).ok()?.len();
        (read == Hash::BYTES).then_some(Hash(bytes))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Base64::encode_string(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The root of the tree over neighbouring hashes of one height: entries, or subtrees as wide as
/// each other. Of nothing, the root of the tree without entries.
#[must_use]
pub fn root_over(hashes: &[Hash]) -> Hash {
    let mut peaks = Peaks::default();
    for &hash in hashes {
        peaks.push(hash);
    }
    peaks.root()
}

/// The complete subtrees that a tree falls into, widest first: all that appending needs to know.
#[derive(Debug, Clone, Default)]
pub(crate) struct Peaks {
    count: u64,
    hashes: Vec<Hash>,
}

impl Peaks {
    pub(crate) fn push(&mut self, mut hash: Hash) {
        for _ in 0..self.count.trailing_ones() {
            if let Some(left) = self.hashes.pop() {
                hash = Hash::of_node(left, hash);
            }
        }
        self.hashes.push(hash);
        self.count += 1;
    }

    pub(crate) fn root(&self) -> Hash {
        let folded =
            self.hashes.iter().rev().copied().reduce(|right, left| Hash::of_node(left, right));
        folded.unwrap_or_else(Hash::of_nothing)
    }
}
