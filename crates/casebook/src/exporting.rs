//! Telling the ledger of exports.

use std::io::{self, Write};

use onrecord_record::Sha256;
use sha2::Digest;

use crate::act::Act;
use crate::case::Case;
use crate::error::Error;

impl Case {
    /// Tells that something was exported: in which form, what was asked for, how many items, and
    /// the hash of each file by its name, in the order of names, of one file without a name.
    ///
    /// # Errors
    /// Where the case is open to read, or the disk refuses.
    pub fn tell_export(
        &mut self,
        format: &str,
        asked: &str,
        items: u64,
        files: &[(String, Sha256)],
    ) -> Result<(), Error> {
        let sha256 = match files {
            [(name, hash)] if name.is_empty() => *hash,
            several => hash_of_several(several),
        };
        self.write(|case| case.act(&Act::Export { format, asked, items, sha256 }).map(drop))
    }
}

/// The hash of several files by their names, as an act has it: of a line `HASH  NAME` for each.
pub(crate) fn hash_of_several(files: &[(String, Sha256)]) -> Sha256 {
    let line = |(name, hash): &(String, Sha256)| format!("{}  {name}\n", hash.hex());
    Sha256::of(files.iter().map(line).collect::<String>().as_bytes())
}

/// Writes on, and hashes what it writes.
#[derive(Debug)]
pub struct Hashing<W> {
    to: W,
    hash: sha2::Sha256,
}

impl<W> Hashing<W> {
    /// Of a place to write to.
    pub fn of(to: W) -> Self {
        Self { to, hash: sha2::Sha256::new() }
    }

    /// The hash of what was written.
    #[must_use]
    pub fn hash(&self) -> Sha256 {
        <[u8; 32]>::from(self.hash.clone().finalize()).into()
    }

    /// The place that it writes to.
    pub fn inner(&self) -> &W {
        &self.to
    }

    /// The place that it wrote to.
    pub fn into_inner(self) -> W {
        self.to
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
