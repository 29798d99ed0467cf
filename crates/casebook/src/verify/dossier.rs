//! A dossier: its proofs, the list that the export committed to, every file against that list, the
//! documents against their acts, the passages of the page against the records.
//!
//! Nothing is unpacked to the disk: each file is read in memory, once, up to limits that keep an
//! archive from being more than it seems.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::Path;

use base64ct::{Base64, Encoding};
use onrecord_ledger::{
    Checkpoint, Commitment, Consistency, Hash, ProofFile, PublicKey, Salt, Seen, Trust,
};
use onrecord_record::{Extent, Offset, Record, Sha256};
use serde_json::Value;
use zip::ZipArchive;

use super::{Asked, Flaw, Verified, trust};
use crate::dossier::{
    ACTS, CHECKPOINT, CONTINUED, EARLIER, FORMAT, GUIDE, JSON, KEY, LIST, ORIGINALS, PAGE, PROOF,
    Passages, RECORDS, STAMPS, escaped,
};
use crate::error::Error;
use crate::key::DocumentId;

/// The most files that an archive may have.
const FILES_AT_MOST: usize = 1 << 20;
/// The most bytes that one file may have.
const FILE_BYTES_AT_MOST: u64 = 1 << 30;
/// How many bytes all files together may have for each of the archive's, beside [`SLACK`].
const GROWTH_AT_MOST: u64 = 100;
const SLACK: u64 = 16 << 20;

/// Verifies a dossier in a ZIP archive.
///
/// # Errors
/// [`Error::File`] where the file cannot be read, [`Error::NoDossier`] where it is no archive or
/// one that is larger inside than a dossier can be.
pub fn verify_dossier(path: &Path, asked: &Asked) -> Result<Verified, Error> {
    let file = File::open(path).map_err(Error::file(path, "cannot be read"))?;
    let bytes = file.metadata().map_err(Error::file(path, "cannot be read"))?.len();
    let refuse = |what: &str| Error::NoDossier { path: path.to_owned(), what: what.to_owned() };
    let archive = ZipArchive::new(file).map_err(|error| refuse(&error.to_string()))?;
    let mut dossier = Dossier { archive, left: bytes.saturating_mul(GROWTH_AT_MOST) + SLACK };
    if dossier.archive.len() > FILES_AT_MOST {
        return Err(refuse("it has more files than a dossier can have"));
    }
    let mut verified = Verified {
        key_given: asked.key.is_some(),
        originals: Some(0),
        records: Some(0),
        ..Verified::default()
    };
    let names = dossier.names(path, &mut verified);
    if !names.contains(PAGE) || !names.contains(LIST) {
        return Err(refuse("it holds no dossier.html with its files.txt"));
    }
    let mut walk = Walk { dossier, names, verified, acts: BTreeMap::new() };
    walk.all(asked);
    if walk.dossier.left == 0 {
        return Err(refuse("it is larger inside than a dossier can be"));
    }
    Ok(walk.verified)
}

struct Dossier {
    archive: ZipArchive<File>,
    /// How many bytes may still come out of it.
    left: u64,
}

impl Dossier {
    /// The names of its files; those that no dossier has are flaws.
    fn names(&mut self, path: &Path, verified: &mut Verified) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        let mut parts = Vec::new();
        for at in 0..self.archive.len() {
            let Ok(file) = self.archive.by_index_raw(at) else { continue };
            let start = file.data_start().unwrap_or_default();
            parts.push((file.header_start(), start + file.compressed_size()));
            let name = String::from_utf8_lossy(file.name_raw()).into_owned();
            if is_known(&name) {
                names.insert(name);
            } else {
                verified.flaw(name.escape_debug().to_string(), "is no file of a dossier");
            }
        }
        // What lies between the files would be seen by some readers of archives and not by others.
        parts.sort_unstable();
        let mut end = 0;
        for (from, to) in parts.into_iter().chain([(self.archive.central_directory_start(), 0)]) {
            if from != end {
                let what = "these bytes of the archive belong to no file of it";
                let bytes = Some(end.min(from)..end.max(from));
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                verified.flaws.push(Flaw { bytes, ..Flaw::of(name, what) });
            }
            end = to;
        }
        names
    }

    /// The bytes of a file; why they cannot be had, else.
    fn read(&mut self, name: &str) -> Result<Vec<u8>, String> {
        let limit = FILE_BYTES_AT_MOST.min(self.left);
        let file = self.archive.by_name(name).map_err(|error| error.to_string())?;
        let mut bytes = Vec::new();
        let read = file.take(limit + 1).read_to_end(&mut bytes);
        self.left = self.left.saturating_sub(bytes.len() as u64);
        read.map_err(|error| error.to_string())?;
        if bytes.len() as u64 > limit { Err("is too large".to_owned()) } else { Ok(bytes) }
    }
}

/// Whether a dossier has files with this name.
fn is_known(name: &str) -> bool {
    let digits = |text: &str| text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit());
    let hash = |text: &str| {
        text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    };
    if let Some(name) = name.strip_prefix(ORIGINALS) {
        return hash(name);
    }
    if let Some(name) = name.strip_prefix(RECORDS) {
        return name.strip_suffix(JSON).is_some_and(|id| id.parse::<DocumentId>().is_ok());
    }
    if let Some(name) = name.strip_prefix(ACTS) {
        return name.strip_suffix(JSON).or_else(|| name.strip_suffix(PROOF)).is_some_and(digits);
    }
    if let Some(name) = name.strip_prefix(EARLIER) {
        return digits(name.strip_suffix(CONTINUED).unwrap_or(name));
    }
    if let Some(name) = name.strip_prefix(STAMPS) {
        let parts = name.strip_suffix(".tsr").and_then(|name| name.split_once('-'));
        return parts.is_some_and(|(size, hash)| {
            digits(size) && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
    }
    [PAGE, GUIDE, LIST, KEY, CHECKPOINT].contains(&name)
}

struct Walk {
    dossier: Dossier,
    names: BTreeSet<String>,
    verified: Verified,
    /// The acts that are proven.
    acts: BTreeMap<u64, Value>,
}

impl Walk {
    fn all(&mut self, asked: &Asked) {
        let own = self.read(KEY).and_then(|key| {
            let text = String::from_utf8(key).ok()?;
            let key: PublicKey = text.strip_suffix('\n')?.parse().ok()?;
            // A key has one spelling.
            (format!("{key}\n") == text).then_some(key)
        });
        if self.names.contains(KEY) && own.is_none() {
            self.verified.flaw(KEY, "is no key");
        }
        if asked.key.is_some() && own.is_some() && asked.key != own {
            self.verified.flaw(KEY, "is another key than the one that was given");
        }
        match trust(asked, own) {
            Some(trust) => self.ledger(&trust, asked),
            None => self.verified.flaw(KEY, "is missing: give the key with --key"),
        }
        let listed = self.list();
        let records = self.files(&listed);
        self.page(&records);
    }

    /// The checkpoint and the acts.
    fn ledger(&mut self, trust: &Trust, asked: &Asked) {
        self.verified.origin.clone_from(&trust.origin);
        let Some(note) = self.read(CHECKPOINT) else { return };
        let newest = match Seen::verify(&note, trust) {
            Ok(seen) => {
                self.verified.signed = Some(seen.checkpoint.size);
                self.verified.witnessed(&seen);
                seen.checkpoint
            }
            Err(fault) => {
                let flaw = Flaw::of_ledger(&fault, CHECKPOINT, "", ACTS);
                self.verified.flaws.push(flaw);
                return;
            }
        };
        self.earlier(&newest, trust, asked);
        let names: Vec<String> = self
            .names
            .range(ACTS.to_owned()..)
            .take_while(|n| n.starts_with(ACTS))
            .cloned()
            .collect();
        for name in &names {
            let Some(number) = name.strip_prefix(ACTS).and_then(|n| n.strip_suffix(JSON)) else {
                let act = name.replace(PROOF, JSON);
                if !self.names.contains(&act) {
                    self.verified.flaw(name, "proves an act that is not there");
                }
                continue;
            };
            let Ok(index) = number.parse::<u64>() else { continue };
            let proof = format!("{ACTS}{number}{PROOF}");
            let (Some(bytes), Some(text)) = (self.read(name), self.read(&proof)) else { continue };
            match proven(index, &bytes, &text, &note, trust) {
                Ok(act) => {
                    self.verified.proven += 1;
                    self.verified.opened += 1;
                    self.acts.insert(index, act);
                }
                Err((is_proof, what)) => {
                    let file = if is_proof { proof } else { name.clone() };
                    let entries = Some(index..index + 1);
                    self.verified.flaws.push(Flaw { entries, ..Flaw::of(file, what) });
                }
            }
        }
    }

    /// Earlier checkpoints that others saw: that the newest continues them, and by when they were.
    fn earlier(&mut self, newest: &Checkpoint, trust: &Trust, asked: &Asked) {
        let inside = |names: &BTreeSet<String>, folder: &str| -> Vec<String> {
            names.iter().filter(|name| name.starts_with(folder)).cloned().collect()
        };
        let mut known: BTreeMap<String, Checkpoint> = BTreeMap::new();
        for name in inside(&self.names, EARLIER) {
            if name.ends_with(CONTINUED) {
                continue;
            }
            let proof = format!("{name}{CONTINUED}");
            let (Some(note), Some(lines)) = (self.read(&name), self.read(&proof)) else { continue };
            let seen = match Seen::verify(&note, trust) {
                Ok(seen) => seen,
                Err(fault) => {
                    self.verified.flaws.push(Flaw::of_ledger(&fault, &name, "", ACTS));
                    continue;
                }
            };
            if continues(&seen.checkpoint, newest, &lines) {
                self.verified.earlier += 1;
                self.verified.witnessed(&seen);
                known.insert(name, seen.checkpoint);
            } else {
                self.verified.flaw(proof, "does not prove that the newest checkpoint continues it");
            }
        }
        for name in inside(&self.names, STAMPS) {
            let Some(token) = self.read(&name) else { continue };
            let size = name.strip_prefix(STAMPS).and_then(|name| name.split('-').next());
            let over = known.get(&format!("{EARLIER}{}", size.unwrap_or_default()));
            match over {
                Some(over) => {
                    let (text, size) = (over.to_string(), over.size);
                    self.verified.stamped(&name, &token, &text, size, asked);
                }
                None => self.verified.flaw(name, "the checkpoint that it stamps is not there"),
            }
        }
    }

    /// The list of files, where an act committed to it.
    fn list(&mut self) -> BTreeMap<String, String> {
        let Some(list) = self.read(LIST) else { return BTreeMap::new() };
        let hash = Sha256::of(&list).to_string();
        let commits = |act: &Value| {
            act["act"] == "export" && act["format"] == FORMAT && act["sha256"] == *hash
        };
        if !self.acts.values().any(commits) {
            self.verified.flaw(LIST, "is not the list that the export committed to");
        }
        let text = String::from_utf8_lossy(&list).into_owned();
        let line = |line: &str| {
            let (hash, name) = line.split_once("  ")?;
            Some((name.to_owned(), hash.to_owned()))
        };
        text.lines().filter_map(line).collect()
    }

    /// Every file against the list, documents against their acts. Gives the records that hold.
    fn files(&mut self, listed: &BTreeMap<String, String>) -> BTreeMap<DocumentId, Record> {
        let mut records = BTreeMap::new();
        let mut held = 0;
        for (name, hash) in listed {
            let Some(bytes) = self.read(name) else { continue };
            let found = Sha256::of(&bytes);
            if found.hex() != *hash {
                let bytes = Some(0..bytes.len() as u64).filter(|bytes| !bytes.is_empty());
                let what = format!("was changed: its bytes hash to {found}");
                self.verified.flaws.push(Flaw { bytes, ..Flaw::of(name, what) });
                continue;
            }
            held += 1;
            if name.starts_with(ORIGINALS) {
                self.original(name, found);
            } else if let Some(id) = name.strip_prefix(RECORDS)
                && let Ok(id) = id.trim_end_matches(JSON).parse::<DocumentId>()
                && let Some(record) = self.record(name, id, found, &bytes)
            {
                records.insert(id, record);
            }
        }
        self.verified.files = Some(held);
        let own = |name: &&String| {
            ![ACTS, EARLIER, STAMPS].iter().any(|folder| name.starts_with(folder))
                && ![LIST, KEY, CHECKPOINT].contains(&name.as_str())
        };
        let strange: Vec<String> = self.names.iter().filter(own).cloned().collect();
        for name in strange.into_iter().filter(|name| !listed.contains_key(name)) {
            self.verified.flaw(name, "is not among the files that the export committed to");
        }
        records
    }

    /// An original has to be one that was taken in.
    fn original(&mut self, name: &str, hash: Sha256) {
        let own = hash.to_string();
        let named = name.strip_prefix(ORIGINALS) == Some(&hash.hex());
        let added = |act: &Value| {
            let document = act["document"].as_str().unwrap_or_default();
            act["act"] == "add" && document.split('#').next() == Some(&own)
        };
        if named && self.acts.values().any(added) {
            *self.verified.originals.get_or_insert(0) += 1;
        } else {
            self.verified.flaw(name, "no act that is proven took it in");
        }
    }

    /// A record has to be one that was read, of an original that is there.
    fn record(&mut self, name: &str, id: DocumentId, hash: Sha256, json: &[u8]) -> Option<Record> {
        let (id, own) = (id.to_string(), hash.to_string());
        let read = |act: &&Value| act["act"] == "read" && act["id"] == *id && act["record"] == *own;
        let Some(act) = self.acts.values().find(read) else {
            self.verified.flaw(name, "no act that is proven read it");
            return None;
        };
        let document = act["document"].as_str().unwrap_or_default();
        let original = document.split('#').next().and_then(|hash| hash.strip_prefix("sha256:"));
        let original = format!("{ORIGINALS}{}", original.unwrap_or_default());
        if !self.names.contains(&original) {
            self.verified.flaw(original, format!("is missing: {name} was read from it"));
        }
        match serde_json::from_slice::<Record>(json) {
            Ok(record) => {
                *self.verified.records.get_or_insert(0) += 1;
                Some(record)
            }
            Err(error) => {
                self.verified.unverified.push(format!(
                    "{name}: is of another version, its passages were not looked at ({error})"
                ));
                None
            }
        }
    }

    /// The passages of the page against the records.
    fn page(&mut self, records: &BTreeMap<DocumentId, Record>) {
        let Some(page) = self.read(PAGE) else { return };
        let page = String::from_utf8_lossy(&page);
        for found in Passages::of(&page) {
            let words = found.of.and_then(|(id, from, to)| {
                let record = records.get(&id)?;
                let extent = Extent::new(Offset(from), Offset(to));
                Some(escaped(extent.of(&record.document.text)?))
            });
            if words.as_deref() != Some(&found.words) {
                let what = "this passage is not what its record says";
                self.verified.flaws.push(Flaw { bytes: Some(found.at), ..Flaw::of(PAGE, what) });
            }
        }
    }

    /// The bytes of a file; that they cannot be had is a flaw.
    fn read(&mut self, name: &str) -> Option<Vec<u8>> {
        if !self.names.contains(name) {
            self.verified.flaw(name, "is missing");
            return None;
        }
        match self.dossier.read(name) {
            Ok(bytes) => Some(bytes),
            Err(what) => {
                self.verified.flaw(name, what);
                None
            }
        }
    }
}

/// Whether a proof, a hash a line, leads from an earlier checkpoint to a later one.
fn continues(earlier: &Checkpoint, later: &Checkpoint, lines: &[u8]) -> bool {
    let hash = |line: &str| Some(Hash(Base64::decode_vec(line).ok()?.try_into().ok()?));
    let text = std::str::from_utf8(lines).ok();
    let path = text.and_then(|text| text.lines().map(hash).collect::<Option<Vec<_>>>());
    path.is_some_and(|path| {
        let proof = Consistency { old: earlier.size, new: later.size, path };
        proof.verify(earlier.root, later.root).is_ok()
    })
}

/// The act that a proof proves; else whether it is the proof that does not hold, and why.
fn proven(
    index: u64,
    bytes: &[u8],
    text: &[u8],
    note: &[u8],
    trust: &Trust,
) -> Result<Value, (bool, String)> {
    let proof = std::str::from_utf8(text).ok().and_then(|text| text.parse::<ProofFile>().ok());
    let proof = proof.ok_or((true, "is no proof".to_owned()))?;
    if proof.to_string().as_bytes() != text || proof.index != index {
        return Err((true, "is not the proof of this act".to_owned()));
    }
    if proof.checkpoint.to_string().as_bytes() != note {
        return Err((true, "leads to another checkpoint".to_owned()));
    }
    let salt = <[u8; 32]>::try_from(proof.extra.as_slice());
    let salt = salt.map_err(|_| (true, "holds no salt".to_owned()))?;
    proof.verify(&Commitment::new(&Salt(salt), bytes), trust).map_err(|_| {
        (false, "this act and its proof do not belong together: one was changed".to_owned())
    })?;
    serde_json::from_slice(bytes).map_err(|error| (false, error.to_string()))
}
