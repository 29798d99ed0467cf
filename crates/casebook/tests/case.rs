//! A case from its making to its checking, as programs use it.
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod small;

use std::path::Path;

use onrecord_casebook::{Case, Error, Failure, Finding, Fixity, System};
use onrecord_record::Sha256;
use small::{audit, case_of, record, taken};

#[test]
fn what_is_taken_in_is_kept_and_proved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    let case = case_of(&path, &[("a.txt", "The harbour burned."), ("b.txt", "It did not.")]);
    let counts = case.store().counts().unwrap();
    assert_eq!((counts.documents, counts.bytes), (2, 30));
    let row = case.document("a.txt").unwrap();
    assert_eq!(row.title.as_deref(), Some("Harbour fire"));
    assert_eq!(case.originals().read(row.document.original).unwrap(), b"The harbour burned.");
    assert_eq!(case.store().record(row.id).unwrap(), Some(record("The harbour burned.")));
    // Opened, and two acts for each document.
    let audit = audit(&case);
    assert!(audit.holds(), "{audit:?}");
    assert_eq!((audit.proven, audit.opened), (5, 5));
    case.close().unwrap();
}

#[test]
fn taking_in_again_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    let case = case_of(&path, &[("a.txt", "The harbour burned.")]);
    case.close().unwrap();
    let mut case = Case::open(&path, "tester", &System::real()).unwrap();
    let mut taking = case.taking();
    taking.take(taken("a.txt", "The harbour burned.")).unwrap();
    let tally = taking.flush().unwrap();
    assert_eq!((tally.added, tally.known), (0, 1));
    taking.take(taken("copy.txt", "The harbour burned.")).unwrap();
    let tally = taking.flush().unwrap();
    assert_eq!((tally.added, tally.known, tally.seen), (0, 1, 1));
    assert_eq!(case.store().counts().unwrap().documents, 1);
    assert_eq!(case.store().sightings(case.document("copy.txt").unwrap().id).unwrap().len(), 2);
    assert_eq!(audit(&case).opened, 4);
}

#[test]
fn an_original_that_cannot_be_read_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    let mut case = case_of(&path, &[]);
    let mut broken = taken("broken.html", "<<<");
    let failure = Failure { kind: "no-text".into(), says: "holds no text".into() };
    broken.read.as_mut().unwrap().outcome = Err(failure);
    let mut taking = case.taking();
    taking.take(broken).unwrap();
    assert_eq!(taking.flush().unwrap().unread, 1);
    let row = case.document("broken.html").unwrap();
    assert_eq!(row.failure.as_deref(), Some("holds no text"));
    assert_eq!(case.originals().read(row.document.original).unwrap(), b"<<<");
}

#[test]
fn a_removed_document_leaves_a_tombstone_and_stays_away() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    let mut case = case_of(&path, &[("a.txt", "The harbour burned."), ("b.txt", "It did not.")]);
    let row = case.remove("d1", "asked for by the source").unwrap();
    assert!(case.originals().read(row.document.original).is_err());
    assert_eq!(case.store().record(row.id).unwrap(), None);
    let row = case.document("d1").unwrap();
    assert_eq!(row.removed.as_deref(), Some("asked for by the source"));
    assert!(matches!(case.remove("d1", "again"), Err(Error::Removed { .. })));
    let mut taking = case.taking();
    taking.take(taken("a.txt", "The harbour burned.")).unwrap();
    assert_eq!(taking.flush().unwrap().removed, 1);
    let counts = case.store().counts().unwrap();
    assert_eq!((counts.documents, counts.removed), (1, 1));
    assert!(audit(&case).holds());
    let mut findings = Vec::new();
    case.check(None, |finding| findings.push(finding.clone())).unwrap();
    assert_eq!(findings, []);
}

#[test]
fn check_names_what_is_changed_missing_and_strange() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    let case = case_of(&path, &[("a.txt", "The harbour burned."), ("b.txt", "It did not.")]);
    let file = |name| case.originals().path(case.document(name).unwrap().document.original);
    let (first, second) = (file("d1"), file("d2"));
    std::fs::write(&first, "The harbour turned.").unwrap();
    std::fs::remove_file(&second).unwrap();
    let stray = first.with_file_name("stray");
    std::fs::write(&stray, "x").unwrap();
    let mut findings = Vec::new();
    assert_eq!(case.check(None, |finding| findings.push(finding.clone())).unwrap(), 2);
    let changed = Fixity::Changed { bytes: 19, found: Sha256::of(b"The harbour turned.") };
    let of = |path: &Path, name: &str, fixity| Finding::Original {
        document: case.document(name).unwrap().id,
        path: path.to_owned(),
        fixity,
    };
    assert_eq!(
        findings,
        [
            of(&first, "d1", changed),
            of(&second, "d2", Fixity::Missing),
            Finding::Stray { path: stray }
        ]
    );
}

#[test]
fn one_program_writes_and_others_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    let case = case_of(&path, &[("a.txt", "The harbour burned.")]);
    assert!(matches!(Case::open(&path, "other", &System::real()), Err(Error::Busy { .. })));
    let reader = Case::open_to_read(&path, &System::real()).unwrap();
    assert_eq!(reader.store().counts().unwrap().documents, 1);
    drop(case);
    assert!(Case::open(&path, "other", &System::real()).is_ok());
}

#[test]
fn what_is_no_case_or_a_newer_one_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let system = System::real();
    assert!(matches!(Case::open(path, "tester", &system), Err(Error::NoCase { .. })));
    let manifest = "format = 99\nsomething = \"new\"\n";
    std::fs::write(path.join("case.toml"), manifest).unwrap();
    let opened = Case::open(path, "tester", &system);
    assert!(matches!(opened, Err(Error::Newer { found: 99, .. })));
    assert!(matches!(Case::new(path, "tester", &system), Err(Error::NotEmpty { .. })));
}
