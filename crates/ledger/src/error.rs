//! What can be wrong with what the ledger is given.

use crate::tile::{Tile, Unread};

/// Why a note, key, checkpoint, proof, token or file was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Bytes that are no signed note.
    #[error("no signed note: {cause}")]
    NoNote {
        /// What is wrong.
        cause: NoteCause,
        /// Where, in bytes from the note's start.
        at: usize,
    },
    /// A name that no key may have.
    #[error(
        "{found:?} is no key name: it must not be empty, nor have spaces, `+` or control characters"
    )]
    NoKeyName {
        /// The name.
        found: String,
    },
    /// Text that is no key.
    #[error("no key: expected NAME+ID+BASE64 of an Ed25519 key, with the id that belongs to both")]
    NoKey,
    /// A key of a kind that cannot do what it was asked for.
    #[error(
        "key {name} is of the wrong kind: checkpoints are signed by a log's key, cosigned by a witness's"
    )]
    WrongKind {
        /// The key's name.
        name: String,
    },
    /// A signature by a known key that does not fit the text: the text or the signature was
    /// changed.
    #[error("the signature of {name} does not fit: the text or the signature was changed")]
    BadSignature {
        /// The key's name.
        name: String,
    },
    /// A note that none of the keys signed that it was to be signed by.
    #[error("not signed by {name}: it was never signed, or the signature's name or id was changed")]
    Unsigned {
        /// The name of the key that should have.
        name: String,
    },
    /// A text that is no checkpoint.
    #[error(
        "no checkpoint: expected a line of origin, a size, a root hash in base64, and no empty line"
    )]
    NoCheckpoint,
    /// The checkpoint of another log.
    #[error("the checkpoint is of {found:?}, not of {expected:?}")]
    OtherLog {
        /// The log that was asked about.
        expected: String,
        /// The log that the checkpoint names.
        found: String,
    },
    /// A path that is none of tlog-tiles.
    #[error(
        "{found:?} is no tile's path: expected such as tile/0/x001/234 or tile/entries/000.p/5"
    )]
    NoTilePath {
        /// The path.
        found: String,
    },
    /// Bytes that are no entry of this kind of log.
    #[error("no commitment: expected 33 bytes of which the first is 1")]
    NoCommitment,
    /// A tile that could not be read.
    #[error("{tile}: {cause}")]
    Unread {
        /// The tile.
        tile: Tile,
        /// Why.
        cause: Unread,
    },
    /// A log whose unfinished tiles do not belong to its checkpoint.
    #[error("the unfinished tiles of {size} entries do not hash to the root: verify the log")]
    Edge {
        /// How many entries the checkpoint has.
        size: u64,
    },
    /// A hash that is nowhere to be had: the log is smaller, or a tile too short.
    #[error(
        "no hash of the {height}-high subtree {index}: the log is smaller, or a tile is too short"
    )]
    NoNode {
        /// The power of two of entries that the subtree stands over.
        height: u32,
        /// Its index among those of its height.
        index: u64,
    },
    /// An index outside a tree.
    #[error("entry {index} is not among {size} entries")]
    OutOfTree {
        /// The index.
        index: u64,
        /// The tree's size.
        size: u64,
    },
    /// An inclusion proof that leads elsewhere.
    #[error("the proof does not lead from entry {index} to the root of {size} entries")]
    NotIncluded {
        /// The index.
        index: u64,
        /// The tree's size.
        size: u64,
    },
    /// A tree that got smaller.
    #[error("{new} entries cannot begin with {old}")]
    Shrunk {
        /// The earlier size.
        old: u64,
        /// The later size.
        new: u64,
    },
    /// A consistency proof that leads elsewhere: history was rewritten, or the proof was changed.
    #[error("the first {old} of {new} entries are not proven to be what they were")]
    NotConsistent {
        /// The earlier size.
        old: u64,
        /// The later size.
        new: u64,
    },
    /// A token that does not show that an authority saw the bytes.
    #[error("no time stamp: {cause}")]
    NoStamp {
        /// What is wrong.
        cause: StampCause,
    },
    /// Text that is no proof file.
    #[error("no proof: line {line} is not as c2sp.org/tlog-proof@v1 has it")]
    NoProof {
        /// The line, from 1.
        line: usize,
    },
}

/// What is wrong with a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoteCause {
    /// It is larger than the limit.
    #[error("larger than 1 MiB")]
    TooLarge,
    /// It has more signatures than the limit.
    #[error("more than 64 signatures")]
    TooManySignatures,
    /// It is not UTF-8.
    #[error("not UTF-8")]
    NotUtf8,
    /// A control character other than the line feed.
    #[error("a control character")]
    Control,
    /// No empty line parts text and signatures.
    #[error("no empty line before the signatures")]
    NoEmptyLine,
    /// No line feed at the end.
    #[error("no line feed at the end")]
    NoLineFeed,
    /// A line below the text that is no signature.
    #[error("a line that is no signature")]
    NoSignature,
}

/// What is wrong with a time stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StampCause {
    /// Not a granted token of RFC 3161 in DER, or with a hash or signature of a kind not known
    /// here.
    #[error("no token of RFC 3161 with SHA-2 and RSA or ECDSA on P-256 or P-384")]
    NoToken,
    /// It stamps something else.
    #[error("it is over other bytes")]
    OtherBytes,
    /// The certificate that signed it is neither in the token nor trusted.
    #[error("the authority's certificate is neither in it nor among the trusted ones")]
    NoCertificate,
    /// Its signature does not fit.
    #[error("its signature does not fit: it was changed")]
    Changed,
    /// The certificate is for something else too.
    #[error("its certificate is not for time stamping alone")]
    NotForStamping,
    /// No chain of certificates leads to a trusted one, or one was not valid at the time.
    #[error("no certificates that were valid at its time lead to a trusted one")]
    NotTrusted,
}
