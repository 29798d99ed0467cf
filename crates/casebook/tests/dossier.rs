//! A dossier verifies where it is, and nothing in it can be changed without a sign.
#![allow(clippy::unwrap_used, missing_docs)]

mod stories;

use std::cell::Cell;
use std::fs::{self, File};
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use onrecord_casebook::{
    Asked, Depth, DocumentId, Error, Plan, System, Verified, passage, verify_case, verify_dossier,
};
use onrecord_ledger::{Cosignature, PrivateKey, Scheme, SignedNote};
use onrecord_record::Extent;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn asked() -> Asked {
    Asked { depth: Depth::Deep, ..Asked::default() }
}

/// A dossier of the clinic's story in a folder, and the case's key.
fn dossier(folder: &Path) -> (PathBuf, String) {
    let path = folder.join("case");
    let mut case = stories::case(&path);
    let text = case.store().record(DocumentId(1)).unwrap().unwrap().document.text;
    let words = passage(DocumentId(1), &text, Extent::at(0..200), &[]).unwrap();
    let page = format!("<!doctype html><p>{words}</p>");
    let plan = Plan {
        page: &page,
        guide: "How to verify it.",
        documents: &[DocumentId(1)],
        asked: "all",
        items: 1,
    };
    let out = folder.join("dossier.zip");
    case.dossier(&plan, File::create(&out).unwrap(), &out).unwrap();
    let key = case.manifest().key.clone();
    case.close().unwrap();
    (out, key)
}

fn verified(path: &Path) -> Verified {
    verify_dossier(path, &asked()).unwrap()
}

fn flaws(path: &Path) -> Vec<String> {
    verified(path).flaws.iter().map(ToString::to_string).collect()
}

/// The archive made anew from its files, each as `change` gives it back, and files beside them.
fn made_anew(
    from: &Path,
    change: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>>,
    beside: &[(&str, &[u8])],
) -> tempfile::NamedTempFile {
    let mut archive = ZipArchive::new(File::open(from).unwrap()).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = String::from_utf8(file.name_raw().to_vec()).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        if let Some(bytes) = change(&name, bytes) {
            out.start_file(name, SimpleFileOptions::default()).unwrap();
            out.write_all(&bytes).unwrap();
        }
    }
    for (name, bytes) in beside {
        out.start_file(*name, SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
    }
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), out.finish().unwrap().into_inner()).unwrap();
    file
}

#[test]
fn a_dossier_holds_with_the_key_from_its_keeper() {
    let folder = tempfile::tempdir().unwrap();
    let (path, key) = dossier(folder.path());
    let found = verified(&path);
    assert_eq!((found.flaws, found.unverified), (vec![], vec![]));
    assert_eq!((found.signed, found.proven, found.opened), (Some(6), 3, 3));
    assert_eq!((found.originals, found.records, found.files), (Some(1), Some(1), Some(4)));
    let given = Asked { key: Some(key.parse().unwrap()), ..asked() };
    assert!(verify_dossier(&path, &given).unwrap().holds());
    let case = verify_case(&folder.path().join("case"), &System::real(), &asked()).unwrap();
    assert!(case.holds(), "the export is an act: {:?}", case.flaws);
    let other = stories::case(&folder.path().join("other")).manifest().key.clone();
    let given = Asked { key: Some(other.parse().unwrap()), ..asked() };
    assert!(!verify_dossier(&path, &given).unwrap().holds());
}

#[test]
fn no_key_and_nothing_of_another_document_leaves_the_case() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = dossier(folder.path());
    let secret = fs::read_to_string(folder.path().join("case/keys/ledger")).unwrap();
    // Its base64 may hold the sign that stands between the parts.
    let secret = secret.trim_end().splitn(5, '+').nth(4).unwrap().to_owned();
    assert_eq!(secret.len(), 44);
    let mut archive = ZipArchive::new(File::open(&path).unwrap()).unwrap();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut text = Vec::new();
        file.read_to_end(&mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        assert!(!text.contains(&secret), "the private key is in the archive");
        assert!(!text.contains("valley"), "another document is in the archive");
    }
}

#[test]
fn every_change_of_a_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = dossier(folder.path());
    let same = made_anew(&path, |_, bytes| Some(bytes), &[]);
    assert_eq!(flaws(same.path()), [""; 0]);
    let names: Vec<String> = {
        let archive = ZipArchive::new(File::open(&path).unwrap()).unwrap();
        archive.file_names().map(|name| name.unwrap().to_string()).collect()
    };
    assert_eq!(names.len(), 13, "{names:?}");
    for name in &names {
        let length = Cell::new(0);
        let count = |n: &str, bytes: Vec<u8>| {
            if n == name {
                length.set(bytes.len());
            }
            Some(bytes)
        };
        drop(made_anew(&path, count, &[]));
        let length = length.get();
        for at in (0..length).step_by(length / 7 + 1).chain([length - 1]) {
            let flip = |n: &str, mut bytes: Vec<u8>| {
                if n == name {
                    bytes[at] ^= 1;
                }
                Some(bytes)
            };
            let changed = made_anew(&path, flip, &[]);
            let flaws = flaws(changed.path());
            assert!(
                flaws.iter().any(|flaw| flaw.starts_with(name.split('.').next().unwrap())
                    || name.starts_with("ledger/")
                    || name == "files.txt"),
                "{name}, byte {at}: {flaws:?}"
            );
            assert!(!flaws.is_empty(), "{name}, byte {at}");
        }
        let without = made_anew(&path, |n, bytes| (n != name).then_some(bytes), &[]);
        match verify_dossier(without.path(), &asked()) {
            Ok(found) => assert!(!found.holds(), "{name} was left out"),
            Err(error) => assert!(matches!(error, Error::NoDossier { .. }), "{error}"),
        }
    }
}

#[test]
fn a_passage_that_is_not_the_record_s_is_named_even_where_the_list_was_made_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    let mut case = stories::case(&path);
    let text = case.store().record(DocumentId(1)).unwrap().unwrap().document.text;
    let words = passage(DocumentId(1), &text, Extent::at(0..54), &[]).unwrap();
    let page = words.replacen("Fourteen", "Forty", 1);
    let plan = Plan { page: &page, guide: "", documents: &[DocumentId(1)], asked: "", items: 1 };
    let out = folder.path().join("dossier.zip");
    case.dossier(&plan, File::create(&out).unwrap(), &out).unwrap();
    let told = flaws(&out);
    assert!(told[0].starts_with("dossier.html, bytes 0 to "), "{told:?}");
    assert!(told[0].ends_with("this passage is not what its record says"), "{told:?}");
}

#[test]
fn archives_that_climb_out_swell_or_hide_something_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = dossier(folder.path());
    for name in ["../x", "/etc/x", "originals/../x", "acts\\x", "originals/X", "ledger/keys"] {
        let changed = made_anew(&path, |_, bytes| Some(bytes), &[(name, b"x")]);
        let told = flaws(changed.path());
        assert!(told.iter().any(|flaw| flaw.ends_with("is no file of a dossier")), "{told:?}");
    }
    let file = folder.path().join("hidden.zip");
    fs::write(&file, [b"hidden", fs::read(&path).unwrap().as_slice()].concat()).unwrap();
    assert!(!verify_dossier(&file, &asked()).is_ok_and(|found| found.holds()));
    // 200 MiB of nothing in a few hundred KiB.
    let bomb = vec![0; 200 << 20];
    let big = format!("originals/{}", "0".repeat(64));
    let changed = made_anew(
        &path,
        |name, bytes| {
            let list = format!("{}  {big}\n", "0".repeat(64)).into_bytes();
            Some(if name == "files.txt" { list } else { bytes })
        },
        &[(&big, &bomb)],
    );
    let refused = verify_dossier(changed.path(), &asked());
    assert!(matches!(refused, Err(Error::NoDossier { .. })), "{refused:?}");
    for (name, bytes) in [("text", &b"no archive"[..]), ("empty", b"")] {
        let file = folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        assert!(matches!(verify_dossier(&file, &asked()), Err(Error::NoDossier { .. })));
    }
}

#[test]
fn what_is_damaged_or_removed_is_in_no_dossier() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    let mut case = stories::case(&path);
    case.remove("d2", "asked for").unwrap();
    let first = case.document("d1").unwrap().document.original;
    fs::write(case.originals().path(first), "changed").unwrap();
    let acts = case.store().entry_count().unwrap();
    for (id, is) in [(1, "damaged"), (2, "removed"), (3, "unknown")] {
        let plan = Plan { page: "", guide: "", documents: &[DocumentId(id)], asked: "", items: 0 };
        let refused = case.dossier(&plan, Cursor::new(Vec::new()), Path::new("x.zip"));
        let fits = match is {
            "damaged" => matches!(refused, Err(Error::Damaged { .. })),
            "removed" => matches!(refused, Err(Error::Removed { .. })),
            _ => matches!(refused, Err(Error::Unknown { .. })),
        };
        assert!(fits, "d{id}: {refused:?}");
    }
    assert_eq!(case.store().entry_count().unwrap(), acts, "nothing was told as exported");
}

#[test]
fn what_others_saw_of_the_ledger_goes_with_a_dossier() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    let mut case = stories::case(&path);
    let witness = PrivateKey::from_seed("example.org/w", Scheme::Cosignature, &[2; 32]).unwrap();
    let note = fs::read(path.join("ledger/checkpoint")).unwrap();
    let mut note = SignedNote::parse(&note).unwrap();
    Cosignature::make(&mut note, &witness, 1_764_000_000).unwrap();
    case.cosign(&note.to_string(), witness.public()).unwrap();
    let plan = Plan { page: "", guide: "", documents: &[DocumentId(1)], asked: "", items: 0 };
    let out = folder.path().join("dossier.zip");
    case.dossier(&plan, File::create(&out).unwrap(), &out).unwrap();
    let given = Asked { witnesses: vec![witness.public().clone()], ..asked() };
    let found = verify_dossier(&out, &given).unwrap();
    assert_eq!(found.flaws, []);
    assert_eq!((found.signed, found.earlier), (Some(7), 1));
    let told: Vec<_> = found.seen_by.iter().map(|by| (by.name.as_str(), by.entries)).collect();
    assert_eq!(told, [("example.org/w", 5)]);
    for (name, at) in
        [("ledger/earlier/000000000005", 30), ("ledger/earlier/000000000005.continued", 3)]
    {
        let flip = |n: &str, mut bytes: Vec<u8>| {
            if n == name {
                bytes[at] ^= 1;
            }
            Some(bytes)
        };
        let changed = made_anew(&out, flip, &[]);
        let told = flaws(changed.path());
        assert!(told.iter().any(|flaw| flaw.starts_with(name)), "{told:?}");
    }
}
