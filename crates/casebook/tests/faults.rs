//! Bad luck at every durable step: the process is killed, the disk is full, the power goes and takes
//! with it what was not synced. What was told as kept is there afterwards, and the proof holds.
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod small;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use jiff::Timestamp;
use onrecord_casebook::{Case, Error, Step, System};
use small::{audit, taken};

/// Where the process that is to be killed finds its case, and how far it is to come.
const CASE: &str = "ONRECORD_TEST_CASE";
const STEPS: &str = "ONRECORD_TEST_STEPS";

/// A case is opened, or made where there is none, documents are taken in by twos, one is removed, and
/// the case is closed. `kept` is told each name once it was told to be kept.
fn work(
    path: &Path,
    system: &System,
    round: &str,
    mut kept: impl FnMut(&str),
) -> Result<(), Error> {
    let mut case = match Case::open(path, "tester", system) {
        Err(Error::NoCase { .. }) => {
            // What a crash left of making a case is no case yet.
            let _ = fs::remove_dir_all(path);
            Case::new(path, "tester", system)?
        }
        opened => opened?,
    };
    for pair in 0..3 {
        let names = [0, 1].map(|at| format!("{round}-{}.txt", pair * 2 + at));
        let mut taking = case.taking();
        for name in &names {
            taking.take(taken(name, &format!("The mayor of {name} denied it.")))?;
        }
        taking.flush()?;
        names.iter().for_each(|name| kept(name));
    }
    let gone = format!("{round}-0.txt");
    case.remove(&gone, "the test asks for it")?;
    kept(&format!("-{gone}"));
    case.close()
}

/// Holds a case against what was told: all that was kept is there, all of it is proved, and nothing
/// is damaged.
fn holds(path: &Path, kept: &[String]) {
    let Ok(case) = Case::open(path, "tester", &System::real()) else {
        assert!(kept.is_empty(), "{kept:?} are gone with the case");
        return;
    };
    for name in kept {
        let row = case.document(name.trim_start_matches('-')).unwrap();
        if name.starts_with('-') || row.removed.is_some() {
            assert!(kept.is_empty() || row.removed.is_some(), "{name} came back");
        } else {
            case.originals().read(row.document.original).unwrap();
            assert!(case.store().record(row.id).unwrap().is_some(), "{name} has no record");
        }
    }
    let proof = audit(&case);
    assert!(proof.holds(), "{proof:?}");
    assert_eq!(proof.proven, case.store().entry_count().unwrap());
    assert_eq!(case.store().integrity().unwrap(), [] as [String; 0]);
    case.close().unwrap();
    let case = Case::open_to_read(path, &System::real()).unwrap();
    assert_eq!(case.store().damage().unwrap(), []);
}

/// A system that counts durable steps and does `at` in place of step so-many.
fn stopping(steps: usize, at: fn() -> io::Result<()>) -> System {
    let taken = AtomicUsize::new(0);
    let watch = move |_: Step, _: &Path| {
        if taken.fetch_add(1, Ordering::SeqCst) == steps { at() } else { Ok(()) }
    };
    System { watch: Some(Arc::new(watch)), ..System::real() }
}

/// How many durable steps [`work`] takes on a new case.
fn steps() -> usize {
    let folder = tempfile::tempdir().unwrap();
    let taken = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&taken);
    let watch = move |_: Step, _: &Path| {
        count.fetch_add(1, Ordering::SeqCst);
        Ok(())
    };
    let system = System { watch: Some(Arc::new(watch)), ..System::real() };
    work(&folder.path().join("case"), &system, "count", |_| ()).unwrap();
    taken.load(Ordering::SeqCst)
}

/// The process that is killed: not a test of its own.
#[test]
#[ignore = "the tests beside it run it as a process"]
fn process() {
    let Some(path) = std::env::var_os(CASE).map(PathBuf::from) else { return };
    let steps = std::env::var(STEPS).ok().and_then(|steps| steps.parse().ok());
    let system = steps.map_or_else(System::real, |steps| stopping(steps, || std::process::abort()));
    let round = std::process::id().to_string();
    work(&path, &system, &round, |name| println!("kept {name}")).unwrap();
}

fn start(path: &Path, steps: Option<usize>) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["process", "--exact", "--ignored", "--nocapture"]).env(CASE, path);
    if let Some(steps) = steps {
        command.env(STEPS, steps.to_string());
    }
    command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

/// What a process told to be kept before it ended.
fn told(child: &mut Child) -> Vec<String> {
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let kept = lines.map_while(Result::ok);
    let kept = kept.filter_map(|line| Some(line.split_once("kept ")?.1.to_owned())).collect();
    child.wait().unwrap();
    kept
}

#[test]
fn a_kill_at_any_moment_loses_nothing_that_was_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    // A whole run, so that moments are drawn from all of it.
    let begun = Instant::now();
    let all = told(&mut start(&path, None));
    let whole = begun.elapsed();
    let mut kept = all.clone();
    let mut midway = 0;
    let mut moment: u64 = 7;
    for round in 0..200 {
        // Every so often a new case, so that its making is hit too.
        if round % 25 == 0 {
            let _ = fs::remove_dir_all(&path);
            kept.clear();
        }
        let mut child = start(&path, None);
        moment =
            moment.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let share = f64::from(u32::try_from(moment >> 32).unwrap()) / f64::from(u32::MAX);
        std::thread::sleep(whole.mul_f64(share));
        let _ = child.kill();
        let now = told(&mut child);
        midway += usize::from(!now.is_empty() && now.len() < all.len());
        kept.extend(now);
        if round % 5 == 4 {
            holds(&path, &kept);
        }
    }
    assert!(midway > 10, "{midway} of 200 kills hit a run between its first and its last words");
}

#[test]
fn a_kill_at_each_durable_step_loses_nothing_that_was_kept() {
    for step in 0..steps() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("case");
        let kept = told(&mut start(&path, Some(step)));
        holds(&path, &kept);
    }
}

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
