//! Work on a case that bad luck stops at any durable step, and what has to hold afterwards.
#![allow(dead_code, reason = "each test program uses a part")]
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use onrecord_casebook::{Case, Error, Step, System};

use super::{audit, taken};

/// A case is opened, or made where there is none, documents are taken in by twos, one is removed, and
/// the case is closed. `kept` is told each name once it was told to be kept.
pub(crate) fn work(
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
pub(crate) fn holds(path: &Path, kept: &[String]) {
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
pub(crate) fn stopping(steps: usize, at: fn() -> io::Result<()>) -> System {
    let taken = AtomicUsize::new(0);
    let watch = move |_: Step, _: &Path| {
        if taken.fetch_add(1, Ordering::SeqCst) == steps { at() } else { Ok(()) }
    };
    System { watch: Some(Arc::new(watch)), ..System::real() }
}

/// How many durable steps [`work`] takes on a new case.
pub(crate) fn steps() -> usize {
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
