//! A small log that is signed, cosigned and opened, for tests.
#![allow(dead_code, reason = "each test program uses a part")]
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

use std::collections::BTreeMap;

use onrecord_ledger::{
    Checkpoint, Commitment, Cosignature, Log, PrivateKey, Salt, Scheme, Seen, SignedNote, Tile,
    Trust,
};

/// The log's name.
pub(crate) const ORIGIN: &str = "example.org/case/1";
/// When the witness cosigned, in seconds since 1970.
pub(crate) const COSIGNED: u64 = 1_764_000_000;

/// A log with all that a verifier needs.
pub(crate) struct Small {
    pub(crate) files: BTreeMap<Tile, Vec<u8>>,
    pub(crate) openings: BTreeMap<u64, (Salt, Vec<u8>)>,
    pub(crate) note: SignedNote,
    pub(crate) trust: Trust,
    pub(crate) log: Log,
}

/// The log's key.
pub(crate) fn key() -> PrivateKey {
    PrivateKey::from_seed(ORIGIN, Scheme::Note, &[1; 32]).unwrap()
}

/// The witness's key.
pub(crate) fn witness() -> PrivateKey {
    PrivateKey::from_seed("witness.example.org/w1", Scheme::Cosignature, &[2; 32]).unwrap()
}

/// Salt and bytes that an entry commits to.
pub(crate) fn opening(index: u64) -> (Salt, Vec<u8>) {
    let mut salt = [0x5a; 32];
    salt[..8].copy_from_slice(&index.to_be_bytes());
    (Salt(salt), format!("{{\"act\":{index}}}").into_bytes())
}

/// An entry.
pub(crate) fn commitment(index: u64) -> Commitment {
    let (salt, bytes) = opening(index);
    Commitment::new(&salt, &bytes)
}

impl Small {
    /// The log of `size` entries, appended in one go.
    pub(crate) fn of(size: u64) -> Small {
        Small::grown(&[size])
    }

    /// The log that grew through these sizes, and keeps every file it ever wrote.
    pub(crate) fn grown(sizes: &[u64]) -> Small {
        let mut log = Log::new();
        let mut files = BTreeMap::new();
        for &size in sizes {
            let entries: Vec<Commitment> = (log.size()..size).map(commitment).collect();
            files.extend(log.append(&entries));
        }
        let openings = (0..log.size()).map(|index| (index, opening(index))).collect();
        let trust = Trust {
            origin: ORIGIN.into(),
            log: key().public().clone(),
            witnesses: vec![witness().public().clone()],
        };
        Small { files, openings, note: note(&log), trust, log }
    }

    /// What its signatures tell.
    pub(crate) fn seen(&self) -> Seen {
        Seen::verify(self.note.to_string().as_bytes(), &self.trust).unwrap()
    }
}

/// The signed and cosigned checkpoint of a log.
pub(crate) fn note(log: &Log) -> SignedNote {
    let (size, root) = (log.size(), log.root());
    let checkpoint = Checkpoint { origin: ORIGIN.into(), size, root, extensions: vec![] };
    let mut note = checkpoint.sign(&key()).unwrap();
    Cosignature::make(&mut note, &witness(), COSIGNED).unwrap();
    note
}
