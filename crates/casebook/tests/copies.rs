//! Copies of wire stories, found among stories made from the repository's own: 1,200 of them, or as many as
//! `ONRECORD_DOCUMENTS` says.
#![allow(clippy::unwrap_used)]

mod small;

use std::collections::BTreeMap;
use std::path::Path;

use onrecord_benches::{Generator, adjusted_rand_index};
use onrecord_casebook::{Case, DocumentId, System};
use onrecord_record::Sha256;
use small::taken;

/// The repository's own stories.
fn stories() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut paths = Vec::new();
    for folder in ["examples", "corpora/stories"] {
        let entries = std::fs::read_dir(root.join(folder)).unwrap();
        paths.extend(entries.map(|entry| entry.unwrap().path()));
    }
    paths.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    paths.sort();
    let text = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).unwrap();
        text.split("\n==========").next().unwrap_or_default().to_owned()
    };
    paths.iter().map(text).collect()
}

#[test]
fn copies_with_edits_cuts_and_new_headlines_are_found() {
    let asked = std::env::var("ONRECORD_DOCUMENTS").ok().and_then(|count| count.parse().ok());
    let folder = tempfile::tempdir().unwrap();
    let mut case = Case::new(&folder.path().join("case"), "tester", &System::real()).unwrap();
    let mut gold = BTreeMap::new();
    let mut taking = case.taking();
    for document in Generator::new(&stories(), 1).take(asked.unwrap_or(1200)) {
        let text = format!("{}\n\n{}", document.title, document.text);
        let taken = taken(&format!("{}.txt", Sha256::of(text.as_bytes()).hex()), &text);
        gold.entry(taken.name.clone()).or_insert(document.story);
        taking.take(taken).unwrap();
    }
    taking.flush().unwrap();
    let (mut found, mut told) = (Vec::new(), Vec::new());
    for (name, story) in &gold {
        let row = case.document(name).unwrap();
        let DocumentId(first) = case.store().copies_of(row.id).unwrap()[0];
        found.push(first);
        told.push(*story);
    }
    let index = adjusted_rand_index(&found, &told);
    println!("adjusted Rand index {index:.4}");
    assert!(index >= 0.95, "{index}");
}
