//! A case: its ledger, its store against the ledger, its originals against the store.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use onrecord_ledger::{Audit, Cause, PrivateKey, PublicKey, Seen, Tile, Trust, verify_superseded};

use super::originals::fixities;
use super::{Asked, Depth, Flaw, Verified, acts, exported, trust};
use crate::book::LedgerFolder;
use crate::case::{Folder, Manifest, read_manifest, secret_text};
use crate::error::Error;
use crate::files;
use crate::originals::{Fixity, Originals};
use crate::store::sqlite::{self, Sqlite};
use crate::store::{DamageCause, Entries, Store, all_documents};
use crate::system::System;

const LEDGER: &str = "ledger/";
const CHECKPOINT: &str = "ledger/checkpoint";
const STORE: &str = "case.db";

/// Verifies all of a case. What is damaged is a flaw, and the rest is verified all the same.
///
/// # Errors
/// [`Error::NoCase`] where the folder holds nothing of a case, [`Error::Newer`].
pub fn verify_case(path: &Path, system: &System, asked: &Asked) -> Result<Verified, Error> {
    let folder = Folder::at(path);
    let mut verified = Verified { key_given: asked.key.is_some(), ..Verified::default() };
    let manifest = match read_manifest(&folder) {
        Ok(manifest) => Some(manifest),
        Err(error @ Error::Newer { .. }) => return Err(error),
        Err(error @ Error::NoCase { .. }) if !folder.store().exists() => return Err(error),
        Err(Error::Damaged { what, .. }) => {
            verified.flaw("case.toml", what);
            None
        }
        Err(error) => {
            verified.flaw("case.toml", error.to_string());
            None
        }
    };
    let own = manifest.as_ref().and_then(|manifest| manifest.key.parse::<PublicKey>().ok());
    if manifest.is_some() {
        if asked.key.is_some() && asked.key != own {
            verified.flaw("case.toml", "names another key than the one that was given");
        }
        match &own {
            None => verified.flaw("case.toml", "holds no key"),
            Some(own) => {
                if let Some(at) = Manifest::differs(&folder, own) {
                    let flaw = Flaw { bytes: Some(at), ..Flaw::of("case.toml", "was changed") };
                    verified.flaws.push(flaw);
                }
            }
        }
    }
    let store = match Sqlite::open_to_read(&folder.store(), system) {
        Ok(store) => Some(store),
        Err(error @ Error::Newer { .. }) => return Err(error),
        Err(error) => {
            verified.flaw(STORE, error.to_string());
            None
        }
    };
    if let Some(manifest) = &manifest {
        key(&folder, manifest, &mut verified);
    }
    let is_whole = asked.depth >= Depth::Whole;
    if is_whole {
        store_file(&folder.store(), &mut verified);
    }
    match trust(asked, own) {
        Some(trust) => {
            verified.origin.clone_from(&trust.origin);
            let done = ledger(&folder.ledger(), store.as_ref(), &trust, asked, &mut verified);
            if let Err(error) = done {
                verified.flaw(LEDGER, error.to_string());
            }
        }
        None => verified.flaw(
            CHECKPOINT,
            "cannot be verified without a key: give the one that its keeper gave out with --key",
        ),
    }
    if let Some(store) = &store {
        let refused = exported::verify(store, asked, &mut verified).err();
        if let Some(error) = refused {
            verified.flaw(STORE, error.to_string());
        }
    }
    if !is_whole {
        return Ok(verified);
    }
    if let Some(store) = &store {
        let refused = store_of(store, system, asked, &mut verified).err();
        if let Some(error) = refused {
            verified.flaw(STORE, error.to_string());
        }
    }
    originals(&folder.originals(), store.as_ref(), asked, &mut verified);
    Ok(verified)
}

/// The private key, where the case still has it.
fn key(folder: &Folder, manifest: &Manifest, verified: &mut Verified) {
    const KEY: &str = "keys/ledger";
    let bytes = match files::read(&folder.key()) {
        Ok(Some(bytes)) => bytes,
        // A copy for others has none.
        Ok(None) => return,
        Err(error) => {
            verified.unverified.push(format!("{KEY}: {error}"));
            return;
        }
    };
    let text = String::from_utf8_lossy(&bytes);
    let key = PrivateKey::from_secret_text(text.trim_end());
    let is_right = key.is_ok_and(|key| {
        key.public().to_string() == manifest.key && secret_text(&key).as_bytes() == bytes
    });
    if !is_right {
        verified.flaw(KEY, "is not the key that case.toml names");
    }
}

/// The store's file, every byte of it, as it was left.
fn store_file(path: &Path, verified: &mut Verified) {
    match sqlite::damage(path) {
        Err(error) => verified.refused(STORE, &error),
        Ok(found) => {
            let flaws = found.into_iter().map(|damage| {
                let name = damage.path.file_name().unwrap_or_default().to_string_lossy();
                let bytes = Some(damage.bytes).filter(|bytes| !bytes.is_empty());
                let what = match damage.cause {
                    DamageCause::Missing => "is missing: a change of case.db may not be found",
                    DamageCause::Changed => "something in these bytes is not as it was left",
                    DamageCause::Length { .. } => "has another length than it was left with",
                };
                Flaw { bytes, ..Flaw::of(name.into_owned(), what) }
            });
            verified.flaws.extend(flaws);
        }
    }
}

/// The checkpoints, tiles and entries.
fn ledger(
    folder: &LedgerFolder,
    store: Option<&Sqlite>,
    trust: &Trust,
    asked: &Asked,
    verified: &mut Verified,
) -> Result<(), Error> {
    let note = match files::read(&folder.checkpoint()) {
        Ok(Some(note)) => note,
        Ok(None) => {
            verified.flaw(CHECKPOINT, "is missing: nothing of the ledger can be verified");
            return Ok(());
        }
        Err(error) => {
            verified.flaw(CHECKPOINT, error.to_string());
            return Ok(());
        }
    };
    let seen = match Seen::verify(&note, trust) {
        Ok(seen) => seen,
        Err(fault) => {
            verified.flaws.push(Flaw::of_ledger(&fault, CHECKPOINT, LEDGER, STORE));
            return Ok(());
        }
    };
    let size = seen.checkpoint.size;
    verified.signed = Some(size);
    verified.witnessed(&seen);
    let audit = match store {
        Some(store) => Audit::of(&seen.checkpoint, folder, &acts::Opened::of(store)),
        None => Audit::of(&seen.checkpoint, folder, &()),
    };
    verified.proven = audit.proven;
    verified.opened = audit.opened;
    let flaws = audit.faults.iter().map(|fault| Flaw::of_ledger(fault, CHECKPOINT, LEDGER, STORE));
    verified.flaws.extend(flaws);
    if let Some(store) = store {
        count(store, size, verified);
    }
    earlier(folder, &seen, trust, asked, verified);
    strange(folder, size, verified)
}

/// Acts that the ledger has and the store lacks, and the other way round.
fn count(store: &Sqlite, size: u64, verified: &mut Verified) {
    match store.entry_count() {
        Err(error) => verified.flaw(STORE, error.to_string()),
        Ok(stored) if stored < size => {
            let what = "these acts were signed and are not in the store";
            verified.flaws.push(Flaw { entries: Some(stored..size), ..Flaw::of(STORE, what) });
        }
        Ok(stored) => verified.unsigned = stored - size,
    }
}

/// Earlier checkpoints and the time stamps over them.
fn earlier(
    folder: &LedgerFolder,
    newest: &Seen,
    trust: &Trust,
    asked: &Asked,
    verified: &mut Verified,
) {
    for name in names(&folder.earlier()) {
        let file = format!("{LEDGER}earlier/{name}");
        let note = match fs::read(folder.earlier().join(&name)) {
            Ok(note) => note,
            Err(error) => {
                verified.flaw(file, error.to_string());
                continue;
            }
        };
        match Seen::verify_earlier(&note, trust, &newest.checkpoint, folder) {
            Ok(seen) if name != LedgerFolder::earlier_name(seen.checkpoint.size) => {
                verified.flaw(file, "its name is not that of its size");
            }
            Ok(seen) => {
                verified.earlier += 1;
                verified.witnessed(&seen);
            }
            Err(fault) => verified.flaws.push(Flaw::of_ledger(&fault, &file, LEDGER, STORE)),
        }
    }
    for name in names(&folder.stamps()) {
        let file = format!("{LEDGER}stamps/{name}");
        let size = name.split('-').next().and_then(|size| size.parse().ok());
        let over = size.and_then(|size| {
            let note = fs::read(folder.earlier().join(LedgerFolder::earlier_name(size))).ok()?;
            Seen::verify(&note, trust).ok()
        });
        match (fs::read(folder.stamps().join(&name)), over) {
            (Ok(token), Some(seen)) => {
                let text = seen.checkpoint.to_string();
                verified.stamped(&file, &token, &text, seen.checkpoint.size, asked);
            }
            (Ok(_), None) => {
                verified.flaw(file, "the checkpoint that it stamps is not among the earlier ones");
            }
            (Err(error), _) => verified.flaw(file, error.to_string()),
        }
    }
}

/// Files of the ledger that no log of this size has, and partial tiles that larger ones took the
/// place of.
fn strange(folder: &LedgerFolder, size: u64, verified: &mut Verified) -> Result<(), Error> {
    let now: BTreeSet<Tile> = Tile::all(size).collect();
    for path in files::all_in(&folder.path().join("tile"))? {
        let inside = path.strip_prefix(folder.path()).unwrap_or(&path);
        let name = inside.to_string_lossy().replace('\\', "/");
        let superseded = match name.parse::<Tile>() {
            Ok(tile) if now.contains(&tile) => continue,
            Ok(tile) => verify_superseded(tile, size, folder),
            Err(_) if name.ends_with(".part") => continue,
            Err(error) => {
                verified.flaw(format!("{LEDGER}{name}"), error.to_string());
                continue;
            }
        };
        match superseded {
            Ok(()) => {}
            // Tiles are written before the checkpoint that needs them.
            Err(fault) if fault.cause == Cause::Unproven && verified.unsigned > 0 => {}
            Err(fault) => {
                verified.flaws.push(Flaw::of_ledger(&fault, CHECKPOINT, LEDGER, STORE));
            }
        }
    }
    Ok(())
}

/// The store against itself and against its acts.
fn store_of(
    store: &Sqlite,
    system: &System,
    asked: &Asked,
    verified: &mut Verified,
) -> Result<(), Error> {
    for says in store.integrity()? {
        verified.flaw(STORE, says);
    }
    acts::verify(store, system, asked.depth == Depth::Deep, verified)
}

/// Originals: those that the store knows, else all that are there by their own names.
fn originals(
    originals: &Originals,
    store: Option<&Sqlite>,
    asked: &Asked,
    verified: &mut Verified,
) {
    let mut known = BTreeSet::new();
    let mut all = Vec::new();
    // What the store refuses was told above.
    for row in store.into_iter().flat_map(all_documents).map_while(Result::ok) {
        if row.removed.is_none() && known.insert(row.document.original) {
            all.push(row.document.original);
        }
    }
    let there = files::all_in(originals.folder()).unwrap_or_else(|error| {
        verified.flaw("originals", error.to_string());
        Vec::new()
    });
    for path in &there {
        let inside = path.strip_prefix(originals.folder()).unwrap_or(path);
        let name = inside.to_string_lossy().replace('\\', "/");
        match originals.hash_of(path) {
            Some(hash) if known.contains(&hash) => {}
            Some(hash) if store.is_none() => all.push(hash),
            _ if name.ends_with(".part") => {}
            _ => verified.flaw(format!("originals/{name}"), "no document of the case lies in it"),
        }
    }
    verified.originals = Some(0);
    for (hash, fixity) in all.iter().zip(fixities(originals, &all, asked.jobs)) {
        let path = originals.path(*hash);
        let inside = path.strip_prefix(originals.folder()).unwrap_or(&path);
        let file = format!("originals/{}", inside.to_string_lossy().replace('\\', "/"));
        match fixity {
            Fixity::Holds => *verified.originals.get_or_insert(0) += 1,
            Fixity::Missing => verified.flaw(file, "is missing"),
            Fixity::Changed { bytes, found } => {
                let what = format!("was changed: its {bytes} bytes hash to {found}");
                let bytes = Some(0..bytes).filter(|bytes| !bytes.is_empty());
                verified.flaws.push(Flaw { bytes, ..Flaw::of(file, what) });
            }
            Fixity::Unreadable { says } => verified.flaw(file, says),
        }
    }
}

/// The names of the files in a folder, sorted; none where there is no folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names.retain(|name| !name.ends_with(".part"));
    names
}
