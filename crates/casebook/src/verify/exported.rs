//! What left a case, against the acts of its exports.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;

use onrecord_record::Sha256;
use serde::Serialize;
use serde_json::Value;

use super::{Asked, Flaw, Verified, WINDOW};
use crate::error::Error;
use crate::exporting::{Hashing, hash_of_several};
use crate::files;
use crate::store::{Entry, Store};

/// A file or folder that an export of the case wrote, as its act tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exported {
    /// The file or folder.
    pub file: String,
    /// The act's entry.
    pub entry: u64,
    /// When it was written, by the machine's clock.
    pub at: String,
    /// By whom.
    pub by: String,
    /// What was asked for; empty for all.
    pub asked: String,
}

/// Finds the act that wrote each file that is asked for: the newest with its hash.
pub(super) fn verify(
    store: &dyn Store,
    asked: &Asked,
    verified: &mut Verified,
) -> Result<(), Error> {
    if asked.exported.is_empty() {
        return Ok(());
    }
    let acts = acts(store)?;
    for path in &asked.exported {
        let file = path.display().to_string();
        let act = match hash(path) {
            Ok(hash) => acts.get(&hash.to_string()),
            Err(error) => {
                verified.flaw(file, error.to_string());
                continue;
            }
        };
        let Some((entry, act)) = act else {
            let what = "no export of the case wrote these bytes; a dossier's archive is verified by itself";
            verified.flaw(file, what);
            continue;
        };
        if verified.signed.is_none_or(|signed| *entry >= signed) {
            let what = "the act that wrote it is not signed";
            verified.flaws.push(Flaw { entries: Some(*entry..entry + 1), ..Flaw::of(file, what) });
            continue;
        }
        let text = |key: &str| act[key].as_str().unwrap_or_default().to_owned();
        let (at, by, asked) = (text("at"), text("by"), text("asked"));
        verified.exported.push(Exported { file, entry: *entry, at, by, asked });
    }
    Ok(())
}

/// The acts of exports by the hashes of what they wrote.
fn acts(store: &dyn Store) -> Result<BTreeMap<String, (u64, Value)>, Error> {
    let mut acts = BTreeMap::new();
    let mut first = 0;
    loop {
        let entries = store.entries_from(first, WINDOW)?;
        let Some(last) = entries.last() else { return Ok(acts) };
        first = last.index + 1;
        for Entry { index, bytes, .. } in entries {
            let act: Value = serde_json::from_slice(&bytes).unwrap_or_default();
            if act["act"] == "export"
                && let Some(hash) = act["sha256"].as_str()
            {
                acts.insert(hash.to_owned(), (index, act));
            }
        }
    }
}

/// The hash of a file, or of the list of a folder's files, as an act has it.
fn hash(path: &Path) -> Result<Sha256, Error> {
    let refuse = || Error::file(path, "cannot be read");
    let of_file = |path: &Path| {
        let mut hashing = Hashing::of(io::sink());
        File::open(path).and_then(|mut file| io::copy(&mut file, &mut hashing))?;
        Ok(hashing.hash())
    };
    if !path.is_dir() {
        return of_file(path).map_err(refuse());
    }
    let mut several = Vec::new();
    for file in files::all_in(path)? {
        let name = file.strip_prefix(path).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        several.push((name, of_file(&file).map_err(refuse())?));
    }
    Ok(hash_of_several(&several))
}
