//! Bad luck at every durable step: the disk is full, the power goes and takes with it what was not
//! synced, the clock jumps back. What was told as kept is there afterwards, and the proof holds.
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod small;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use onrecord_casebook::{Case, Step, System};
use small::luck::{holds, steps, stopping, work};

#[test]
fn a_full_disk_at_each_durable_step_is_told_and_loses_nothing() {
    for step in 0..steps() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("case");
        let full = stopping(step, || Err(io::ErrorKind::StorageFull.into()));
        let mut kept = Vec::new();
        let ended = work(&path, &full, "full", |name| kept.push(name.to_owned()));
        assert!(ended.is_err(), "step {step} was not told");
        holds(&path, &kept);
        // With space again it goes on where it was.
        work(&path, &System::real(), "again", |_| ()).unwrap();
    }
}

/// What the disk may have lost when the power goes: bytes of files that were not synced, renames
/// whose folder was not.
#[derive(Default)]
struct Unsynced {
    written: Vec<PathBuf>,
    renamed: Vec<(PathBuf, Option<Vec<u8>>)>,
}

impl Unsynced {
    fn step(&mut self, step: Step, path: &Path) {
        match step {
            Step::Write => self.written.push(path.to_owned()),
            Step::Sync => self.written.retain(|written| written != path),
            Step::Rename => self.renamed.push((path.to_owned(), fs::read(path).ok())),
            Step::SyncFolder => self.renamed.retain(|(renamed, _)| renamed.parent() != Some(path)),
            Step::Commit | Step::Remove => {}
        }
    }

    /// The power goes.
    fn lose(&mut self) {
        for path in self.written.drain(..) {
            if let Ok(bytes) = fs::read(&path) {
                fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
            }
        }
        for (path, before) in self.renamed.drain(..).rev() {
            match before {
                Some(bytes) => fs::write(&path, bytes).unwrap(),
                None => drop(fs::remove_file(&path)),
            }
        }
    }
}

#[test]
fn a_power_cut_at_each_durable_step_loses_nothing_that_was_kept() {
    for step in 0..steps() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("case");
        let unsynced = Arc::new(Mutex::new(Unsynced::default()));
        let taken = AtomicUsize::new(0);
        let seen = Arc::clone(&unsynced);
        let watch = move |kind: Step, path: &Path| {
            if taken.fetch_add(1, Ordering::SeqCst) >= step {
                return Err(io::Error::other("the power is gone"));
            }
            seen.lock().unwrap().step(kind, path);
            Ok(())
        };
        let system = System { watch: Some(Arc::new(watch)), ..System::real() };
        let mut kept = Vec::new();
        work(&path, &system, "cut", |name| kept.push(name.to_owned())).unwrap_err();
        unsynced.lock().unwrap().lose();
        holds(&path, &kept);
    }
}

#[test]
fn a_clock_that_jumps_back_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    let at = |text: &str| -> Timestamp { text.parse().unwrap() };
    let clocks: BTreeMap<&str, fn() -> Timestamp> = BTreeMap::from([
        ("a", (|| Timestamp::UNIX_EPOCH) as fn() -> Timestamp),
        ("b", Timestamp::now),
    ]);
    let mut kept = Vec::new();
    for (round, now) in clocks.iter().rev() {
        let system = System { now: *now, ..System::real() };
        work(&path, &system, round, |name| kept.push(name.to_owned())).unwrap();
    }
    holds(&path, &kept);
    let case = Case::open_to_read(&path, &System::real()).unwrap();
    assert_eq!(case.store().last_act().unwrap(), Some(at("1970-01-01T00:00:00Z")));
}
