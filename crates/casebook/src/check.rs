//! Fixity: every original against its hash, the store against itself.

use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;

use onrecord_record::Sha256;

use crate::case::Case;
use crate::error::Error;
use crate::files;
use crate::key::DocumentId;
use crate::originals::Fixity;

/// What does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// An original is not as it was taken in.
    Original {
        /// A document in it.
        document: DocumentId,
        /// Its file.
        path: PathBuf,
        /// What is wrong.
        fixity: Fixity,
    },
    /// A file among the originals that no document knows.
    Stray {
        /// The file.
        path: PathBuf,
    },
    /// What the store finds wrong with itself.
    Store {
        /// A line of it.
        says: String,
    },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Original { document, path, fixity } => {
                write!(f, "{}: the original of {document} ", path.display())?;
                match fixity {
                    Fixity::Holds => f.write_str("holds"),
                    Fixity::Missing => f.write_str("is missing"),
                    Fixity::Changed { bytes, found } => {
                        write!(f, "was changed: its {bytes} bytes hash to {found}")
                    }
                    Fixity::Unreadable { says } => write!(f, "cannot be read: {says}"),
                }
            }
            Self::Stray { path } => {
                write!(f, "{}: no document of the case lies in this file", path.display())
            }
            Self::Store { says } => write!(f, "the store: {says}"),
        }
    }
}

impl Case {
    /// Holds originals against their hashes, all of them or `sample` drawn at random, and the store
    /// against itself. Tells each finding as it comes, and gives how many originals were checked.
    ///
    /// # Errors
    /// Where the store cannot be asked.
    pub fn check(&self, sample: Option<u64>, mut tell: impl FnMut(&Finding)) -> Result<u64, Error> {
        for damage in self.store.damage()? {
            tell(&Finding::Store { says: damage.to_string() });
        }
        for says in self.store.integrity()? {
            tell(&Finding::Store { says });
        }
        let originals = self.originals();
        let mut checked = 0;
        let mut check = |document: DocumentId, original: Sha256, tell: &mut dyn FnMut(&Finding)| {
            checked += 1;
            let fixity = originals.fixity(original);
            if fixity != Fixity::Holds {
                let path = originals.path(original);
                tell(&Finding::Original { document, path, fixity });
            }
        };
        let mut known: BTreeSet<Sha256> = BTreeSet::new();
        let mut first: Vec<(DocumentId, Sha256)> = Vec::new();
        for row in self.documents() {
            let row = row?;
            if row.removed.is_none() && known.insert(row.document.original) {
                first.push((row.id, row.document.original));
            }
        }
        match sample {
            None => {
                for (document, original) in first {
                    check(document, original, &mut tell);
                }
                for path in strays(self, &known)? {
                    tell(&Finding::Stray { path });
                }
            }
            Some(sample) => {
                for _ in 0..sample.min(first.len() as u64) {
                    let secret = self.system.secret().map_err(|cause| Error::NoChance { cause })?;
                    let drawn = u64::from_le_bytes(*secret.first_chunk().unwrap_or(&[0; 8]));
                    let place = usize::try_from(drawn % first.len() as u64).unwrap_or_default();
                    let (document, original) = first.swap_remove(place);
                    check(document, original, &mut tell);
                }
            }
        }
        Ok(checked)
    }
}

/// Files among the originals that no document knows, sorted.
fn strays(case: &Case, known: &BTreeSet<Sha256>) -> Result<Vec<PathBuf>, Error> {
    let known: BTreeSet<PathBuf> =
        known.iter().map(|original| case.originals().path(*original)).collect();
    let mut strays = files::all_in(case.originals().folder())?;
    strays.retain(|path| !known.contains(path));
    Ok(strays)
}
