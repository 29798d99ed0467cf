//! Cases of every format that there was, kept as they were written, open and hold.
//!
//! A new format is frozen by `cargo test -p onrecord-casebook --test formats -- --ignored`, which makes
//! the folder of the newest where there is none and never changes one that is there.
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod small;

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use onrecord_casebook::{Asked, Case, Depth, STORE_FORMAT, System, verify_case};
use small::{case_of, record};

const TEXTS: [(&str, &str); 2] = [
    ("a.txt", "The mayor of Orrel denied that the harbour had burned.\n"),
    ("b.txt", "The harbour of Orrel burned on Monday, the mayor said.\n"),
];

fn frozen() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn holds(path: &Path) {
    let jobs = NonZeroUsize::MIN;
    let asked = Asked { depth: Depth::Deep, jobs, ..Asked::default() };
    let verified = verify_case(path, &System::real(), &asked).unwrap();
    assert_eq!(verified.flaws, [], "{}", path.display());
}

#[test]
#[ignore = "makes the folder of the newest format"]
fn freeze() {
    let path = frozen().join(STORE_FORMAT.to_string());
    if path.exists() {
        return;
    }
    let mut case = case_of(&path, &TEXTS);
    case.remove("d2", "to be frozen so").unwrap();
    case.close().unwrap();
}

#[test]
fn every_format_opens_and_holds() {
    let mut formats = 0;
    for entry in fs::read_dir(frozen()).unwrap() {
        let from = entry.unwrap().path();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("case");
        copy(&from, &path);
        let case = Case::open_to_read(&path, &System::real()).unwrap();
        let row = case.document("d1").unwrap();
        assert_eq!(case.originals().read(row.document.original).unwrap(), TEXTS[0].1.as_bytes());
        assert_eq!(case.store().record(row.id).unwrap(), Some(record(TEXTS[0].1)));
        assert_eq!(case.document("d2").unwrap().removed.as_deref(), Some("to be frozen so"));
        drop(case);
        holds(&path);
        formats += 1;
    }
    let newest = frozen().join(STORE_FORMAT.to_string());
    assert!(formats > 0 && newest.exists(), "the newest format is not frozen");
}

#[test]
fn tables_that_a_newer_format_adds_are_filled() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    case_of(&path, &TEXTS).close().unwrap();
    let store = rusqlite::Connection::open(path.join("case.db")).unwrap();
    store
        .execute_batch("DELETE FROM document_words; DELETE FROM setting WHERE name = 'items'")
        .unwrap();
    drop(store);
    // What was just done to the store behind its back is no damage that this test is about.
    fs::remove_file(path.join("case.db.pages")).unwrap();
    let found = |case: &Case| {
        let query = onrecord_casebook::search::Query::parse("harbour").unwrap();
        case.search(query, 10).unwrap().hits.len()
    };
    let case = Case::open_to_read(&path, &System::real()).unwrap();
    assert_eq!(found(&case), 2);
    drop(case);
    holds(&path);
}
