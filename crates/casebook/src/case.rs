//! A case: a folder that keeps originals for good, knows their records and proves both.

use std::fs::{self, File, TryLockError};
use std::ops::Range;
use std::path::{Path, PathBuf};

use onrecord_ledger::{Commitment, PrivateKey, PublicKey, Salt, Scheme, SignedNote, Trust};
use serde::{Deserialize, Serialize};

use crate::act::{Act, Signed};
use crate::book::{Book, LedgerFolder};
use crate::error::Error;
use crate::files;
use crate::joins;
use crate::key::DocumentId;
use crate::originals::Originals;
use crate::store::sqlite::{self, Sqlite};
use crate::store::{DocumentRow, Documents, Entry, Store, all_documents};
use crate::system::System;

/// What `case.toml` says, for people and programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The format of the folder.
    pub format: i64,
    /// The case's name, which is the origin of its ledger.
    pub name: String,
    /// The ledger's public key: whoever is to verify the case has to get it from its keeper.
    pub key: String,
}

impl Manifest {
    /// The bytes of `case.toml`.
    fn text(&self) -> String {
        let Self { format, name, key } = self;
        format!("{HEAD}format = {format}\nname = {name:?}\nkey = {key:?}\n")
    }

    /// The bytes of `case.toml` that are not as they were written for this key; `None` where all are.
    pub(crate) fn differs(folder: &Folder, key: &PublicKey) -> Option<Range<u64>> {
        let name = key.name().to_owned();
        let right = Self { format: FOLDER_FORMAT, name, key: key.to_string() };
        let found = files::read(&folder.manifest()).ok().flatten().unwrap_or_default();
        differing(&found, right.text().as_bytes())
    }
}

/// The bytes from the first that differs to the last; of what is too long, the bytes behind.
fn differing(found: &[u8], right: &[u8]) -> Option<Range<u64>> {
    let longer = found.len().max(right.len());
    let differs = |at: &usize| found.get(*at) != right.get(*at);
    let first = (0..longer).find(differs)?;
    let last = (0..longer).rev().find(differs)?;
    Some(first as u64..last as u64 + 1)
}

/// The setting that names the format of the store by which items were put.
const ITEMS: &str = "items";

/// The format of the folder that this version writes.
const FOLDER_FORMAT: i64 = 1;

const HEAD: &str = "# A case of Onrecord. Its originals lie in originals/, what is known of them in case.db, the proof
# of both in ledger/, the key that signs it in keys/: keep that folder to yourself, and give the
# public key below to whoever is to verify the case.

";

/// Where things of a case lie.
#[derive(Debug, Clone)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn manifest(&self) -> PathBuf {
        self.0.join("case.toml")
    }

    pub(crate) fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    pub(crate) fn store(&self) -> PathBuf {
        self.0.join("case.db")
    }

    fn lock(&self) -> PathBuf {
        self.0.join("lock")
    }

    pub(crate) fn key(&self) -> PathBuf {
        self.0.join("keys").join("ledger")
    }

    pub(crate) fn originals(&self) -> Originals {
        Originals::new(self.0.join("originals"))
    }

    pub(crate) fn ledger(&self) -> LedgerFolder {
        LedgerFolder::new(self.0.join("ledger"))
    }
}

/// A case that is open.
pub struct Case {
    pub(crate) folder: Folder,
    pub(crate) system: System,
    pub(crate) manifest: Manifest,
    pub(crate) store: Box<dyn Store>,
    /// `None` where the case is open to read.
    writing: Option<Writing>,
}

/// What only the one program that writes has.
struct Writing {
    book: Book,
    /// Who acts.
    by: String,
    /// Entries of the transaction under way.
    entries: Vec<Commitment>,
    /// The number of the next entry.
    next: u64,
    /// Held as long as the case is open.
    _lock: File,
}

impl Case {
    /// Makes a case in a folder that is empty or not there, with a key of its own, and opens it.
    ///
    /// # Errors
    /// [`Error::NotEmpty`], [`Error::File`], [`Error::NoChance`].
    pub fn new(path: &Path, by: &str, system: &System) -> Result<Self, Error> {
        files::folder(path)?;
        let mut inside = fs::read_dir(path).map_err(Error::file(path, "cannot be read"))?;
        if inside.next().is_some() {
            return Err(Error::NotEmpty { path: path.to_owned() });
        }
        let folder = Folder::at(path);
        let chance = |system: &System| system.secret().map_err(|cause| Error::NoChance { cause });
        let name: String = chance(system)?[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        let name = format!("onrecord-case/{name}");
        let refuse = |cause| Error::Ledger { path: folder.ledger().path().to_owned(), cause };
        let key = PrivateKey::from_seed(&name, Scheme::Note, &chance(system)?).map_err(refuse)?;
        for part in ["originals", "ledger"] {
            files::folder(&path.join(part))?;
        }
        files::hidden_folder(&path.join("keys"))?;
        keep_secret(system, &folder.key(), &key)?;
        let manifest = Manifest { format: FOLDER_FORMAT, name, key: key.public().to_string() };
        Sqlite::open(&folder.store(), system)?.settle()?;
        // Last, and by renaming: a folder with this file is a case.
        files::put(system, &folder.manifest(), manifest.text().as_bytes())?;
        Self::open(path, by, system)
    }

    /// Opens a case to write. `by` is who acts, as the acts will tell. What a crash left undone is
    /// finished.
    ///
    /// # Errors
    /// [`Error::NoCase`], [`Error::Busy`], [`Error::Newer`], [`Error::Damaged`].
    pub fn open(path: &Path, by: &str, system: &System) -> Result<Self, Error> {
        let folder = Folder::at(path);
        let manifest = read_manifest(&folder)?;
        let lock = folder.lock();
        let held = File::options().create(true).truncate(false).write(true).open(&lock);
        let held = held.map_err(Error::file(&lock, "cannot be opened"))?;
        match held.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Error::Busy { path: path.to_owned() }),
            Err(TryLockError::Error(cause)) => {
                return Err(Error::file(&lock, "cannot be locked")(cause));
            }
        }
        let secret = folder.key();
        let text = files::read(&secret)?.ok_or_else(|| Error::damaged(&secret, "it is missing"))?;
        let text = String::from_utf8_lossy(&text);
        let key = PrivateKey::from_secret_text(text.trim_end());
        let key = key.map_err(|cause| Error::damaged(&secret, cause.to_string()))?;
        if key.public().to_string() != manifest.key {
            return Err(Error::damaged(&secret, "it is not the key that case.toml names"));
        }
        let store: Box<dyn Store> = Box::new(Sqlite::open(&folder.store(), system)?);
        let trust = trust(&folder, &manifest)?;
        let book = Book::open(folder.ledger(), key, &trust)?;
        let next = book.size();
        let writing = Writing { book, by: by.to_owned(), entries: Vec::new(), next, _lock: held };
        let system = system.clone();
        let mut case = Self { folder, system, manifest, store, writing: Some(writing) };
        case.catch_up()?;
        if case.next_entry() == 0 {
            let name = case.manifest.name.clone();
            case.write(|case| case.act(&Act::Open { case: &name, format: FOLDER_FORMAT }))?;
        }
        case.fill()?;
        Ok(case)
    }

    /// Opens a case to read: what was last committed, beside whoever writes. A case of an older
    /// format is brought to the newest first.
    ///
    /// # Errors
    /// [`Error::NoCase`], [`Error::Newer`], [`Error::Store`]; those of [`Case::open`] where the
    /// format is older.
    pub fn open_to_read(path: &Path, system: &System) -> Result<Self, Error> {
        let folder = Folder::at(path);
        let manifest = read_manifest(&folder)?;
        let open = || Sqlite::open_to_read(&folder.store(), system);
        let store = match open() {
            Ok(store) if store.setting(ITEMS)?.as_deref() == Some(&sqlite::FORMAT.to_string()) => {
                store
            }
            Ok(_) | Err(Error::Older { .. }) => {
                Self::open(path, "", system)?.close()?;
                open()?
            }
            Err(error) => return Err(error),
        };
        let store: Box<dyn Store> = Box::new(store);
        Ok(Self { folder, system: system.clone(), manifest, store, writing: None })
    }

    /// Where the case is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.folder.0
    }

    /// What `case.toml` says.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// What the case knows.
    #[must_use]
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// Its originals.
    #[must_use]
    pub fn originals(&self) -> Originals {
        self.folder.originals()
    }

    /// Its ledger.
    #[must_use]
    pub fn ledger(&self) -> LedgerFolder {
        self.folder.ledger()
    }

    /// Whom a verifier of this case trusts by what the case itself says. A verifier who got the key
    /// from its keeper trusts that instead.
    ///
    /// # Errors
    /// [`Error::Damaged`] where `case.toml` holds no key.
    pub fn trust(&self) -> Result<Trust, Error> {
        trust(&self.folder, &self.manifest)
    }

    /// All its documents in order, removed ones too. An error of the store is the last that it gives.
    pub fn documents(&self) -> impl Iterator<Item = Result<DocumentRow, Error>> {
        all_documents(self.store())
    }

    /// The document that a word names: its number (`d12`), the beginning of its original's hash, or
    /// a path that it was taken in by.
    ///
    /// # Errors
    /// [`Error::Unknown`], [`Error::Ambiguous`].
    pub fn document(&self, name: &str) -> Result<DocumentRow, Error> {
        let unknown = || Error::Unknown { name: name.to_owned(), what: "document" };
        let found = match name.parse::<DocumentId>() {
            Ok(id) => vec![id],
            Err(()) => self.store.named(name)?,
        };
        match found.as_slice() {
            [id] => self.store.document(*id)?.ok_or_else(unknown),
            [] => Err(unknown()),
            several => {
                let candidates: Vec<_> = several.iter().map(ToString::to_string).collect();
                Err(Error::Ambiguous { name: name.to_owned(), candidates: candidates.join(", ") })
            }
        }
    }

    /// Runs `work` in one transaction: all of it lasts, with its acts in the ledger, or nothing.
    pub(crate) fn write<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.store.begin()?;
        let next = self.writing.as_ref().map(|writing| writing.next);
        match work(self).and_then(|done| self.store.commit().map(|()| done)) {
            Ok(done) => {
                self.enter()?;
                Ok(done)
            }
            Err(error) => {
                if let (Some(writing), Some(next)) = (&mut self.writing, next) {
                    writing.entries.clear();
                    writing.next = next;
                }
                self.store.rollback()?;
                Err(error)
            }
        }
    }

    /// Makes an act part of the transaction under way and gives its number in the ledger.
    pub(crate) fn act(&mut self, act: &Act<'_>) -> Result<u64, Error> {
        let refuse = || Error::Busy { path: self.folder.0.clone() };
        let salt = Salt(self.system.secret().map_err(|cause| Error::NoChance { cause })?);
        let writing = self.writing.as_mut().ok_or_else(refuse)?;
        let signed = Signed::new((self.system.now)(), &writing.by, act.clone());
        let bytes =
            signed.bytes().map_err(|cause| Error::damaged(&self.folder.0, cause.to_string()))?;
        let entry = Entry { index: writing.next, salt, bytes };
        writing.next += 1;
        writing.entries.push(Commitment::new(&entry.salt, &entry.bytes));
        self.store.put_entry(&entry)?;
        Ok(entry.index)
    }

    /// Keeps a checkpoint among the earlier ones, with all its signatures.
    pub(crate) fn keep_earlier(&self, size: u64, note: &SignedNote) -> Result<(), Error> {
        let refuse = || Error::Busy { path: self.folder.0.clone() };
        let writing = self.writing.as_ref().ok_or_else(refuse)?;
        writing.book.keep_earlier(&self.system, size, &note.to_string())
    }

    /// Who acts; nobody where the case is open to read.
    pub(crate) fn by(&self) -> &str {
        self.writing.as_ref().map_or("", |writing| &writing.by)
    }

    /// The number that the next act will have.
    pub(crate) fn next_entry(&self) -> u64 {
        self.writing.as_ref().map_or(0, |writing| writing.next)
    }

    /// Brings committed acts into the ledger.
    fn enter(&mut self) -> Result<(), Error> {
        let Some(writing) = &mut self.writing else { return Ok(()) };
        if writing.entries.is_empty() {
            return Ok(());
        }
        writing.book.append(&self.system, &writing.entries)?;
        writing.entries.clear();
        Ok(())
    }

    /// Brings what the store committed and the ledger does not have into the ledger: a crash came
    /// between.
    fn catch_up(&mut self) -> Result<(), Error> {
        let Some(writing) = &mut self.writing else { return Ok(()) };
        let stored = self.store.entry_count()?;
        if stored < writing.book.size() {
            let what = format!(
                "it knows {stored} acts, and the ledger has signed {}",
                writing.book.size()
            );
            return Err(Error::damaged(self.store.path(), what));
        }
        while writing.book.size() < stored {
            let entries = self.store.entries_from(writing.book.size(), 4096)?;
            let commitments: Vec<_> =
                entries.iter().map(|entry| Commitment::new(&entry.salt, &entry.bytes)).collect();
            if commitments.is_empty() {
                return Err(Error::damaged(self.store.path(), "acts are missing from it"));
            }
            writing.book.append(&self.system, &commitments)?;
        }
        writing.next = stored;
        Ok(())
    }

    /// Puts the items of all current records anew where the store's format has changed since they
    /// were put: a newer format has tables that are empty.
    fn fill(&mut self) -> Result<(), Error> {
        let format = sqlite::FORMAT.to_string();
        if self.store.setting(ITEMS)?.as_deref() == Some(&format) {
            return Ok(());
        }
        self.write(|case| {
            let ids = case.documents().map(|row| Ok(row?.id));
            for id in ids.collect::<Result<Vec<DocumentId>, Error>>()? {
                let Some(record) = case.store.record(id)? else { continue };
                let gone = joins::remove(&mut *case.store, id)?;
                case.store.put_items(id, &record)?;
                joins::add(&mut *case.store, id, &record, &gone)?;
                joins::tidy(&mut *case.store, gone)?;
            }
            case.store.set(ITEMS, &format)
        })
    }

    /// Ends writing in good order: the store in one file, the checkpoint kept among the earlier
    /// ones. A case that is dropped without this loses nothing; the next run tidies up.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn close(mut self) -> Result<(), Error> {
        if let Some(writing) = &self.writing {
            writing.book.remember(&self.system)?;
            self.store.settle()?;
        }
        Ok(())
    }
}

/// What `case.toml` says.
pub(crate) fn read_manifest(folder: &Folder) -> Result<Manifest, Error> {
    let path = folder.manifest();
    let text = files::read(&path)?.ok_or_else(|| Error::NoCase { path: folder.0.clone() })?;
    let text = String::from_utf8_lossy(&text);
    /// The one field that every version has.
    #[derive(Deserialize)]
    struct Format {
        format: i64,
    }
    let format: Format =
        toml::from_str(&text).map_err(|cause| Error::damaged(&path, cause.message()))?;
    if format.format > FOLDER_FORMAT {
        return Err(Error::Newer { path, found: format.format, known: FOLDER_FORMAT });
    }
    toml::from_str(&text).map_err(|cause| Error::damaged(&path, cause.message()))
}

fn trust(folder: &Folder, manifest: &Manifest) -> Result<Trust, Error> {
    let bad = |cause: onrecord_ledger::Error| Error::damaged(&folder.manifest(), cause.to_string());
    let log: PublicKey = manifest.key.parse().map_err(bad)?;
    Ok(Trust { origin: manifest.name.clone(), log, witnesses: Vec::new() })
}

/// The bytes of the file of a private key.
pub(crate) fn secret_text(key: &PrivateKey) -> String {
    format!("{}\n", key.to_secret_text())
}

/// Keeps the private key where only this user reads it.
fn keep_secret(system: &System, path: &Path, key: &PrivateKey) -> Result<(), Error> {
    files::put(system, path, secret_text(key).as_bytes())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let hidden = fs::Permissions::from_mode(0o600);
        fs::set_permissions(path, hidden).map_err(Error::file(path, "cannot be hidden"))?;
    }
    Ok(())
}

/// The newest format of the store that this version knows.
pub const STORE_FORMAT: i64 = sqlite::FORMAT;
