//! What is found in a case, and what is not.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod records;

use onrecord_casebook::search::Query;
use onrecord_casebook::{Case, Error, Item, System};
use records::{Story, case_of};
use serde_json::json;

/// Three stories about a clinic and a harbour, in Kesh and beyond.
fn case(path: &std::path::Path) -> Case {
    let clinic = Story::of(
        "The Kesh Ministry denied on Tuesday that troops shelled the clinic.\n\n\
         Doctors Abroad accused the Northern Guard of shelling it; 12 people died.",
    )
    .told("title", json!("Ministry denies shelling"))
    .told("outlet", json!("The Kesh Courier"))
    .told("agency", json!("NNA"))
    .told("published", json!({ "value": "2026-03-04T10:00:00Z", "basis": "metadata" }))
    .actor("Kesh Ministry")
    .actor("Doctors Abroad")
    .actor("Northern Guard")
    .statement(
        "The Kesh Ministry denied on Tuesday that troops shelled the clinic",
        "a1",
        "deny",
        &json!({ "said": { "value": "2026-03-03", "time": null } }),
    )
    .statement(
        "Doctors Abroad accused the Northern Guard of shelling it; 12 people died",
        "a2",
        "accuse",
        &json!({ "said": { "value": "2026-W09", "time": null }, "polarity": "negated" }),
    )
    .allegation(
        "shelling it",
        "rome-statute:8.2.b.ix",
        "a3",
        "s2",
        &json!({ "responses": [{ "statement": "s1", "kind": "denies" }],
                 "when": { "value": "2026-02", "time": null } }),
    )
    .figure(
        "12 people died",
        "killed",
        12.0,
        &json!({ "statement": "s2", "source": { "kind": "actor", "actor": "a2" } }),
    )
    .record();
    let harbour = Story::of(
        "A harbour worker said the clinic was far away. The Kesh Ministry said Café Größe is open.",
    )
    .told("outlet", json!("Harbour Radio"))
    .actor("Kesh Ministry")
    .statement(
        "A harbour worker said the clinic was far away",
        "A harbour worker",
        "say",
        &json!({}),
    )
    .statement("The Kesh Ministry said Café Größe is open", "a1", "say", &json!({}))
    .allegation("far away", "rome-statute:7", "a1", "s1", &json!({}))
    .record();
    let abroad =
        Story::of("国防部否认炮击诊所。ไทยแลนด์").told("language", json!("zh-Hans")).record();
    case_of(path, vec![clinic, harbour, abroad])
}

fn found(case: &Case, query: &str) -> Vec<String> {
    let hits = case.search(Query::parse(query).unwrap(), 20).unwrap();
    let mut told = Vec::new();
    for hit in hits.hits {
        let document = hit.row.id.to_string();
        if hit.items.is_empty() {
            told.push(document);
        } else {
            told.extend(hit.items.into_iter().map(|item| item.item.id));
        }
    }
    told.sort();
    told
}

#[test]
fn words_phrases_and_prefixes_are_found_in_any_script() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder.path().join("case"));
    for (query, expected) in [
        ("clinic", vec!["d1", "d2"]),
        ("CLINIC", vec!["d1", "d2"]),
        ("clinics", vec![]),
        ("clini*", vec!["d1", "d2"]),
        ("\"shelled the clinic\"", vec!["d1"]),
        ("\"clinic shelled\"", vec![]),
        ("\"shelled the cli*\"", vec!["d1"]),
        ("cafe grosse", vec!["d2"]),
        ("clinic NOT harbour", vec!["d1"]),
        ("harbour OR troops", vec!["d1", "d2"]),
        ("clinic (harbour OR troops) NOT (worker away)", vec!["d1"]),
        ("国防部", vec!["d3"]),
        ("国防", vec!["d3"]),
        ("国", vec!["d3"]),
        ("所", vec!["d3"]),
        ("国部", vec![]),
        ("แลนด์", vec!["d3"]),
        ("denies", vec!["d1"]),
        ("story-1.txt", vec![]),
    ] {
        assert_eq!(found(&case, query), expected, "{query}");
    }
}

#[test]
fn items_are_found_by_what_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder.path().join("case"));
    for (query, expected) in [
        ("speaker:ministry", vec!["d1:s1", "d2:s2"]),
        ("speaker:minist*", vec!["d1:s1", "d2:s2"]),
        ("speaker:\"kesh ministry\" act:deny", vec!["d1:s1"]),
        ("speaker:\"ministry kesh\"", vec!["d1:s1", "d2:s2"]),
        ("speaker:guard", vec![]),
        ("speaker:worker", vec!["d2:s1"]),
        ("speaker:ministry,doctors", vec!["d1:s1", "d1:s2", "d2:s2"]),
        ("act:deny,accuse", vec!["d1:s1", "d1:s2"]),
        ("NOT act:say", vec!["d1:s1", "d1:s2"]),
        ("NOT speaker:ministry", vec!["d1:s2", "d2:s1"]),
        ("polarity:negated", vec!["d1:s2"]),
        ("says:clinic", vec!["d1:s1", "d2:s1"]),
        ("says:clinic speaker:ministry", vec!["d1:s1"]),
        ("says:clinic NOT says:shelled", vec!["d2:s1"]),
        ("said:2026-03", vec!["d1:s1", "d1:s2"]),
        ("said:2026-03-02..", vec!["d1:s1"]),
        ("said:2026-02-25", vec!["d1:s2"]),
        ("NOT said:2026", vec!["d2:s1", "d2:s2"]),
        ("accused:guard", vec!["d1:g1"]),
        ("accused:ministry", vec!["d2:g1"]),
        ("accused:guard speaker:doctors", vec!["d1:g1"]),
        ("accused:guard speaker:ministry", vec![]),
        ("taxon:rome-statute", vec!["d1:g1", "d2:g1"]),
        ("taxon:rome-statute:8.2.b", vec!["d1:g1"]),
        ("taxon:rome-statute:8.2.b.i", vec![]),
        ("taxon:rome-statute:8.2.b.ix,rome-statute:7", vec!["d1:g1", "d2:g1"]),
        ("answered:yes", vec!["d1:g1"]),
        ("answered:no", vec!["d2:g1"]),
        ("counted:killed", vec!["d1:f1"]),
        ("counted:killed figure-source:\"doctors abroad\"", vec!["d1:f1"]),
        ("counted:killed figure-source:ministry", vec![]),
        ("counted:killed accused:guard", vec!["d1:f1", "d1:g1"]),
        ("event:2026-02", vec!["d1:g1"]),
        ("event:2025", vec![]),
        ("event:2026-02 speaker:doctors", vec!["d1:g1"]),
        ("clinic act:deny", vec!["d1:s1"]),
        ("harbour act:deny", vec![]),
        ("act:say NOT worker", vec![]),
        ("act:deny NOT worker", vec!["d1:s1"]),
    ] {
        assert_eq!(found(&case, query), expected, "{query}");
    }
}

#[test]
fn documents_are_found_by_what_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder.path().join("case"));
    for (query, expected) in [
        ("outlet:courier", vec!["d1"]),
        ("outlet:harbour,kesh", vec!["d1", "d2"]),
        ("NOT outlet:courier", vec!["d2", "d3"]),
        ("agency:nna", vec!["d1"]),
        ("language:zh", vec!["d3"]),
        ("language:en", vec!["d1", "d2"]),
        ("document:d2", vec!["d2"]),
        ("document:story-1.txt act:deny", vec!["d1:s1"]),
        ("NOT document:d2", vec!["d1", "d3"]),
        ("published:2026-03-04", vec!["d1"]),
        ("published:..2026-03-03", vec![]),
        ("NOT published:2026", vec!["d2", "d3"]),
    ] {
        assert_eq!(found(&case, query), expected, "{query}");
    }
    let query = Query::parse("document:d9").unwrap();
    assert!(matches!(case.search(query, 20), Err(Error::Unknown { .. })));
}

#[test]
fn a_hit_shows_its_words_and_the_best_come_first() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder.path().join("case"));
    let hits = case.search(Query::parse("says:clinic act:deny").unwrap(), 20).unwrap();
    let hit = &hits.hits[0];
    let passage = &hit.passages[0];
    assert_eq!(passage.found[0].text, "clinic");
    assert!(passage.span.text.starts_with("The Kesh Ministry denied"), "{passage:?}");
    let item = &hit.items[0].item;
    assert_eq!((item.id.as_str(), item.source.as_deref()), ("d1:s1", Some("Kesh Ministry")));
    assert_eq!(hit.items[0].found[0].text, "clinic");
    assert!(matches!(&item.item, Item::Statement(s) if s.span.text.ends_with("clinic")));
    // A word of the title weighs more.
    let hits = case.search(Query::parse("shelling OR harbour").unwrap(), 1).unwrap();
    assert_eq!(hits.hits[0].row.id.0, 1);
    assert!(hits.is_cut && hits.hits[0].score.is_some());
    let newest = case.search(Query::parse("taxon:rome-statute").unwrap(), 1).unwrap();
    assert_eq!((newest.hits[0].row.id.0, newest.is_cut), (2, true));
}

#[test]
fn what_is_removed_or_read_again_is_found_no_longer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    let mut case = case(&path);
    case.remove("d1", "asked for").unwrap();
    assert_eq!(found(&case, "clinic"), ["d2"]);
    assert_eq!(found(&case, "speaker:doctors"), [""; 0]);
    assert_eq!(found(&case, "says:clinic"), ["d2:s1"]);
    assert_eq!(found(&case, "speaker:kesh"), ["d2:s2"]);
    case.close().unwrap();
    let case = Case::open_to_read(&path, &System::real()).unwrap();
    assert_eq!(found(&case, "clinic"), ["d2"]);
}
