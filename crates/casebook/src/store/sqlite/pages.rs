//! A sum for every page of the store's file, so that a bit that flips anywhere in it is found, in
//! parts that hold nothing too.
//!
//! `case.db.pages` holds the line `onrecord-pages/1`, the size of a page (4 bytes, the lowest first),
//! 8 bytes for each page (the first of its SHA-256; all zero where the page is not settled), and the
//! SHA-256 of all that. SQLite changes the file in one way only, by bringing the write-ahead log into it, and
//! only [`settle`] lets it. Durable steps: the pages that the log holds are marked as not settled, the log is
//! brought in, their sums are taken anew. A crash between leaves marks, which the next run settles.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

use onrecord_record::Sha256;
use rusqlite::Connection;

use crate::error::Error;
use crate::files;
use crate::store::{Damage, DamageCause};
use crate::system::System;

const LINE: &[u8] = b"onrecord-pages/1\n";
const SUM: usize = 8;
/// A page that the log may have changed.
const NOT_SETTLED: [u8; SUM] = [0; SUM];
/// The head of a write-ahead log, and of each page in it.
const LOG_HEAD: usize = 32;
const FRAME_HEAD: usize = 24;

/// The sums of a store's pages.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sums {
    page_bytes: usize,
    sums: Vec<[u8; SUM]>,
}

/// Brings the write-ahead log into the file and takes the sums of the pages that it changed. Where
/// somebody reads what an older page holds, the rest is left for the next time.
pub(super) fn settle(system: &System, store: &Path, connection: &Connection) -> Result<(), Error> {
    let refuse = super::refuse(store);
    let page_bytes: usize =
        connection.query_row("PRAGMA page_size", [], |row| row.get(0)).map_err(refuse)?;
    // Where there are none, as in a new store, all are taken.
    let known = read(&place(store))?.filter(|sums| sums.page_bytes == page_bytes);
    let mut sums = known.unwrap_or(Sums { page_bytes, sums: Vec::new() });
    let changed = in_log(&beside(store, "-wal"))?;
    for page in &changed {
        if let Some(sum) = usize::try_from(page - 1).ok().and_then(|at| sums.sums.get_mut(at)) {
            *sum = NOT_SETTLED;
        }
    }
    if !changed.is_empty() {
        write(system, store, &sums)?;
    }
    connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .map_err(super::refuse(store))?;
    let left = in_log(&beside(store, "-wal"))?;
    let refuse = || Error::file(store, "cannot be read");
    let mut file = File::open(store).map_err(refuse())?;
    let bytes = file.metadata().map_err(refuse())?.len();
    let pages = usize::try_from(bytes / page_bytes as u64).unwrap_or(usize::MAX);
    let before = sums.clone();
    sums.sums.resize(pages, NOT_SETTLED);
    let mut page = vec![0; page_bytes];
    for (sum, at) in sums.sums.iter_mut().zip(0_u64..) {
        if *sum != NOT_SETTLED || left.contains(&(at + 1)) {
            continue;
        }
        file.seek(SeekFrom::Start(at * page_bytes as u64)).map_err(refuse())?;
        file.read_exact(&mut page).map_err(refuse())?;
        *sum = of(&page);
    }
    if sums == before && place(store).exists() { Ok(()) } else { write(system, store, &sums) }
}

/// Holds every page against its sum.
pub(super) fn damage(store: &Path) -> Result<Vec<Damage>, Error> {
    let path = place(store);
    let sums = match read(&path)? {
        Some(sums) => sums,
        None => return Ok(vec![Damage { path, bytes: 0..0, cause: DamageCause::Missing }]),
    };
    let refuse = || Error::file(store, "cannot be read");
    let mut file = File::open(store).map_err(refuse())?;
    let bytes = file.metadata().map_err(refuse())?.len();
    let expected = (sums.sums.len() * sums.page_bytes) as u64;
    let mut found: Vec<Damage> = Vec::new();
    if bytes != expected {
        let bytes = expected.min(bytes)..expected.max(bytes);
        found.push(Damage {
            path: store.to_owned(),
            bytes,
            cause: DamageCause::Length { expected },
        });
    }
    let mut page = vec![0; sums.page_bytes];
    for (sum, at) in sums.sums.iter().zip(0_u64..).filter(|(sum, _)| **sum != NOT_SETTLED) {
        let start = at * sums.page_bytes as u64;
        let end = start + sums.page_bytes as u64;
        if end > bytes {
            break;
        }
        file.seek(SeekFrom::Start(start)).map_err(refuse())?;
        file.read_exact(&mut page).map_err(refuse())?;
        if of(&page) != *sum {
            match found.last_mut() {
                Some(last) if last.bytes.end == start && last.cause == DamageCause::Changed => {
                    last.bytes.end = end;
                }
                _ => found.push(Damage {
                    path: store.to_owned(),
                    bytes: start..end,
                    cause: DamageCause::Changed,
                }),
            }
        }
    }
    Ok(found)
}

fn of(page: &[u8]) -> [u8; SUM] {
    let hash = Sha256::of(page);
    let sum = hash.bytes().first_chunk().copied().unwrap_or(NOT_SETTLED);
    // One in 2^64 pages has the sum that means another thing.
    if sum == NOT_SETTLED { [1; SUM] } else { sum }
}

/// The file of sums.
fn place(store: &Path) -> PathBuf {
    beside(store, ".pages")
}

fn beside(store: &Path, ending: &str) -> PathBuf {
    let mut name = store.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn write(system: &System, store: &Path, sums: &Sums) -> Result<(), Error> {
    let mut bytes = LINE.to_vec();
    bytes.extend(u32::try_from(sums.page_bytes).unwrap_or_default().to_le_bytes());
    bytes.extend(sums.sums.iter().flatten());
    let hash = Sha256::of(&bytes);
    bytes.extend(hash.bytes());
    files::put(system, &place(store), &bytes)
}

/// The sums in a file; `None` where there is none.
fn read(path: &Path) -> Result<Option<Sums>, Error> {
    let Some(bytes) = files::read(path)? else { return Ok(None) };
    let parsed = || {
        let (body, hash) = bytes.split_last_chunk::<32>()?;
        let rest = body.strip_prefix(LINE).filter(|_| Sha256::of(body).bytes() == hash)?;
        let (page_bytes, sums) = rest.split_first_chunk::<4>()?;
        let page_bytes = usize::try_from(u32::from_le_bytes(*page_bytes)).ok()?;
        let (sums, []) = sums.as_chunks::<SUM>() else { return None };
        Some(Sums { page_bytes, sums: sums.to_vec() })
    };
    parsed().map(Some).ok_or_else(|| Error::damaged(path, "it does not have the hash at its end"))
}

/// The numbers, from 1, of the pages that a write-ahead log may hold: those of every frame that is
/// of its present round, committed or not.
fn in_log(path: &Path) -> Result<BTreeSet<u64>, Error> {
    let refuse = || Error::file(path, "cannot be read");
    let mut pages = BTreeSet::new();
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(pages),
        Err(error) => return Err(refuse()(error)),
    };
    let bytes = file.metadata().map_err(refuse())?.len();
    let mut head = [0; LOG_HEAD];
    if bytes < LOG_HEAD as u64 {
        return Ok(pages);
    }
    file.read_exact(&mut head).map_err(refuse())?;
    let number = |bytes: &[u8], at: Range<usize>| {
        bytes.get(at).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_be_bytes)
    };
    let page_bytes = u64::from(number(&head, 8..12));
    let mut frame = [0; FRAME_HEAD];
    let mut at = LOG_HEAD as u64;
    let frame_bytes = FRAME_HEAD as u64 + page_bytes;
    while page_bytes > 0 && at + frame_bytes <= bytes {
        file.seek(SeekFrom::Start(at)).map_err(refuse())?;
        file.read_exact(&mut frame).map_err(refuse())?;
        if frame[8..16] == head[16..24] {
            pages.insert(u64::from(number(&frame, 0..4)));
        }
        at += frame_bytes;
    }
    pages.remove(&0);
    Ok(pages)
}

/// How many bytes the write-ahead log has.
pub(super) fn log_bytes(store: &Path) -> u64 {
    std::fs::metadata(beside(store, "-wal")).map_or(0, |found| found.len())
}
