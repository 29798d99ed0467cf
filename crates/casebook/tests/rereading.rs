//! What becomes of readings when documents are read again.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod records;

use onrecord_casebook::review::ItemKind;
use onrecord_casebook::search::Query;
use onrecord_casebook::{Case, Difference, Error, Failure, Reading, Reread};
use onrecord_record::Record;
use records::{Story, case_of, taken};
use serde_json::json;

const TEXT: &str = "The army denied it. The union said 12 people died.";

fn old() -> Record {
    Story::of(TEXT)
        .actor("The army")
        .actor("The union")
        .statement("The army denied it", "a1", "say", &json!({}))
        .figure("12 people died", "killed", 12.0, &json!({}))
        .record()
}

/// Finds the act, the union's statement and whose the figure is, and one actor less.
fn new() -> Record {
    Story::of(TEXT)
        .made_by("1")
        .actor("The union")
        .statement("The army denied it", "The army", "deny", &json!({}))
        .statement("The union said 12 people died", "a1", "say", &json!({}))
        .record()
}

fn reading(record: Record) -> Reading {
    taken("a.txt", record).read.unwrap()
}

fn reread(case: &mut Case, reading: Reading) -> Reread {
    let id = case.document("d1").unwrap().id;
    case.reread(vec![(id, reading)]).unwrap().remove(0)
}

#[test]
fn both_readings_are_kept_and_their_difference_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case_of(&folder.path().join("case"), vec![old()]);
    let id = case.document("d1").unwrap().id;
    let Reread::Changed(difference) = reread(&mut case, reading(new())) else { panic!() };
    let told = |kind: ItemKind, words: &str| format!("{kind} {words}");
    let added: Vec<_> = difference.added.iter().map(|d| told(d.kind, &d.words)).collect();
    let gone: Vec<_> = difference.gone.iter().map(|d| told(d.kind, &d.words)).collect();
    assert_eq!(added, ["statement The union said 12 people died"]);
    assert_eq!(gone, ["actor The army", "figure 12 people died"]);
    let changed = &difference.changed[0];
    assert_eq!(changed.words, "The army denied it");
    assert_eq!(changed.fields.keys().collect::<Vec<_>>(), ["act", "source"]);
    assert_eq!(changed.fields["act"], (json!("say"), json!("deny")));
    assert_eq!(changed.fields["source"].0["actor"], "The army");
    let readings = case.store().readings(id).unwrap();
    assert_eq!(readings.iter().map(|r| r.is_current).collect::<Vec<_>>(), [false, true]);
    let json = case.store().json(readings[0].id).unwrap().unwrap();
    assert_eq!(serde_json::from_slice::<Record>(&json).unwrap(), old());
    // What is found is the newer reading.
    let found = |query: &str| case.search(Query::parse(query).unwrap(), 9).unwrap().hits.len();
    assert_eq!((found("act:deny"), found("speaker:union"), found("counted:killed")), (1, 1, 0));
    assert_eq!(found("died"), 1);
}

#[test]
fn the_same_record_and_a_failure_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case_of(&folder.path().join("case"), vec![old()]);
    let acts = case.store().entry_count().unwrap();
    assert_eq!(reread(&mut case, reading(old())), Reread::Same);
    let failed = Reading {
        outcome: Err(Failure { kind: "fault".into(), says: "cannot be read".into() }),
        ..reading(old())
    };
    assert_eq!(reread(&mut case, failed), Reread::Failed { says: "cannot be read".into() });
    assert_eq!(case.store().entry_count().unwrap(), acts);
    let id = case.document("d1").unwrap().id;
    assert_eq!(case.store().record(id).unwrap(), Some(old()));
    case.remove("d1", "asked for").unwrap();
    assert!(matches!(case.reread(vec![(id, reading(new()))]), Err(Error::Removed { .. })));
}

#[test]
fn ids_alone_are_no_difference() {
    let said = "The union said 12 people died";
    let both = Story::of(TEXT).actor("The army").actor("The union");
    let both = both.statement(said, "a2", "say", &json!({})).record();
    let one = Story::of(TEXT).actor("The union");
    let one = one.statement(said, "a1", "say", &json!({})).record();
    let difference = Difference::of(Some(&both), &one);
    assert_eq!((difference.gone.len(), difference.added.len()), (1, 0));
    assert_eq!(difference.changed, []);
    let first = Difference::of(None, &one);
    assert_eq!((first.added.len(), first.from), (2, None));
    assert!(Difference::of(Some(&one), &one).is_empty());
}
