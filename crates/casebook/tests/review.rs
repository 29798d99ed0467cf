//! What reviewers are shown and decide, and what becomes of it.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod records;

use onrecord_casebook::review::{Decision, ItemKind, Listing, Reason, is_as_told};
use onrecord_casebook::{Case, Error, Review, System};
use onrecord_record::{CheckKind, Record};
use records::{Story, case_of, taken};
use serde_json::{Value, json};

const TEXT: &str = "The army shelled the port, the union said. The army denied it. \
                    The union said 12 people died. Later it said 14 people died.";

fn story() -> Story {
    Story::of(TEXT)
        .actor("The army")
        .actor("the union")
        .statement(
            "The army shelled the port, the union said",
            "a2",
            "say",
            &json!({ "confidence": 0.4 }),
        )
        .statement("The army denied it", "a1", "deny", &json!({ "confidence": 0.7 }))
        .statement("The union said 12 people died", "a2", "say", &json!({ "confidence": 0.95 }))
        .allegation(
            "shelled the port",
            "rome-statute:8.2.b.v",
            "a1",
            "s1",
            &json!({ "confidence": 0.4 }),
        )
        .figure("12 people died", "killed", 12.0, &json!({ "statement": "s3" }))
        .figure("14 people died", "killed", 14.0, &json!({}))
        .check("conflict", &["f1", "f2"], false)
}

fn sure() -> Record {
    Story::of("The mayor said the bridge is open.")
        .actor("The mayor")
        .statement("The mayor said the bridge is open", "a1", "say", &json!({}))
        .record()
}

fn listing(reviewer: &str) -> Listing {
    Listing { reviewer: reviewer.into(), limit: 20, ..Listing::default() }
}

fn ids(case: &Case, listing: &Listing) -> Vec<String> {
    case.doubtful(listing).unwrap().into_iter().map(|doubtful| doubtful.item.id).collect()
}

fn reopened(case: Case, by: &str) -> Case {
    let path = case.path().to_owned();
    case.close().unwrap();
    Case::open(&path, by, &System::real()).unwrap()
}

#[test]
fn what_is_doubtful_is_listed_first_where_it_matters() {
    let folder = tempfile::tempdir().unwrap();
    let case = case_of(&folder.path().join("case"), vec![sure(), story().record()]);
    let list = case.doubtful(&listing("ann")).unwrap();
    let told: Vec<_> = list.iter().map(|doubtful| doubtful.item.id.as_str()).collect();
    assert_eq!(told, ["d2:f1", "d2:f2", "d2:g1", "d2:s1", "d2:s2"]);
    assert_eq!(list[2].words, "shelled the port");
    assert_eq!(list[2].reasons, [Reason::Confidence(0.4)]);
    let check = Reason::Check { kind: CheckKind::Conflict, says: "They differ.".into() };
    assert_eq!(list[0].reasons, [check]);
    let of = Listing { documents: vec![case.document("d1").unwrap().id], ..listing("ann") };
    assert_eq!(ids(&case, &of), ["d1:s1"]);
}

#[test]
fn decisions_stand_beside_each_other_and_the_newest_counts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    let mut case = case_of(&path, vec![story().record()]);
    case.review("d1:s1", &Decision::Accept, "", false).unwrap();
    let change =
        |changes: &[&str]| Decision::Correct(changes.iter().map(ToString::to_string).collect());
    case.review("d1:s1", &change(&["act=accuse", "said=2026-03"]), "it charges", false).unwrap();
    let mut case = reopened(case, "ben");
    case.review("d1:s1", &Decision::Reject, "no statement", false).unwrap();
    let reviewed = case.reviewed(case.document("d1").unwrap().id).unwrap();
    let told: Vec<_> =
        reviewed.iter().map(|(id, r)| format!("{id} {} {}", r.by, r.decision)).collect();
    assert_eq!(told, ["s1 tester correct", "s1 ben reject"]);
    let (_, corrected) = &reviewed[0];
    assert_eq!(corrected.changes["act"], "accuse");
    assert_eq!(corrected.after["said"], json!({ "value": "2026-03", "time": null }));
    assert_eq!(corrected.reason, "it charges");
    // Every decision is an act, and the record itself stays as it was read.
    let acts = case.store().entries_from(0, 100).unwrap();
    let acts: Vec<Value> =
        acts.iter().map(|entry| serde_json::from_slice(&entry.bytes).unwrap()).collect();
    let reviews = acts.iter().filter(|act| act["act"] == "review").count();
    assert_eq!(reviews, 3);
    let told = acts.last().unwrap().to_string();
    assert!(!told.contains("shelled"), "{told}");
    let id = case.document("d1").unwrap().id;
    assert_eq!(case.store().record(id).unwrap(), Some(story().record()));
    let mut count = 0;
    case.store()
        .each_review(false, &mut |document, review| {
            let act = &acts[usize::try_from(review.entry).unwrap()];
            assert!(is_as_told(document, &review, act), "{review:?} {act}");
            let changed = Review { after: json!({ "act": "deny" }), ..review };
            assert!(!is_as_told(document, &changed, act));
            count += 1;
            Ok(())
        })
        .unwrap();
    assert_eq!(count, 3);
}

#[test]
fn corrections_are_held_to_the_types_of_the_record() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case_of(&folder.path().join("case"), vec![story().record()]);
    for (item, change, says) in [
        ("d1:s1", "act=denied", "unknown variant `denied`"),
        ("d1:s1", "colour=red", "no such field: one of act"),
        ("d1:s1", "id=s9", "no such field"),
        ("d1:s1", "act", "is no correction"),
        ("d1:s1", "act=say", "changes nothing"),
        ("d1:s1", "said=spring", "is no date"),
        ("d1:s1", "said=", "changes nothing"),
        ("d1:f1", "low=12", "changes nothing"),
        ("d1:f1", "low=13", "lies outside"),
        ("d1:s1", "confidence=1.5", "lies outside"),
        ("d1:s1", "confidence=high", "expected a number"),
        ("d1:s1", "source=The mayor", "no actor of this document"),
        ("d1:s1", "source=a9", "no actor of this document"),
        ("d1:s1", "source=narrator", "a statement has a source"),
        ("d1:s1", "span=5..2", "is no range"),
        ("d1:s1", "within=s1", "within itself"),
        ("d1:s1", "to=[1", "does not take this value"),
        ("d1:f1", "part_of=f9", "names nothing"),
        ("d1:g1", "accused=nobody", "no actor"),
    ] {
        let decision = Decision::Correct(vec![change.to_owned()]);
        let error = case.review(item, &decision, "because", false).unwrap_err();
        assert!(matches!(error, Error::Correction(_)), "{error}");
        let told = error.to_string();
        assert!(told.starts_with(&format!("{change}: ")) && told.contains(says), "{told}");
        assert_eq!(told.lines().count(), 1);
    }
    for (item, change, field, value) in [
        (
            "d1:s1",
            "source=THE ARMY",
            "source",
            json!({ "kind": "actor", "actor": "a1", "span": null }),
        ),
        ("d1:s2", "polarity=negated", "polarity", json!("negated")),
        ("d1:f1", "counted=injured", "counted", json!("injured")),
        ("d1:f1", "high=null", "high", json!(null)),
        ("d1:f1", "high=1,200", "high", json!(1200)),
        ("d1:f1", "approximate=true", "approximate", json!(true)),
        ("d1:g1", "standing=found", "standing", json!("found")),
        ("d1:g1", "by=s1,s3", "by", json!(["s1", "s3"])),
    ] {
        let decision = Decision::Correct(vec![change.to_owned()]);
        case.review(item, &decision, "because", false).unwrap();
        let reviewed = case.reviewed(case.document("d1").unwrap().id).unwrap();
        let (_, review) =
            reviewed.iter().find(|(id, _)| item.ends_with(&format!(":{id}"))).unwrap();
        assert_eq!(review.changes[field], value, "{change}");
    }
    // Together they make a record that holds; apart the first would not.
    let both = vec!["low=20".to_owned(), "high=20".to_owned()];
    case.review("d1:f1", &Decision::Correct(both), "because", false).unwrap();
    let taxon = Decision::Correct(vec!["taxon=rome-statute:8.2.b.ix".to_owned()]);
    case.review("d1:g1", &taxon, "because", false).unwrap();
    let reviewed = case.reviewed(case.document("d1").unwrap().id).unwrap();
    let (_, review) = reviewed.iter().find(|(id, _)| id.to_string() == "g1").unwrap();
    let conduct = &review.changes["conduct"][0];
    assert_eq!(
        (&conduct["taxon"], &conduct["span"]["text"]),
        (&json!("rome-statute:8.2.b.ix"), &json!("shelled the port"))
    );
    for wrong in ["d1", "d1:x1", "d1:s9", "d9:s1", "s1"] {
        let error = case.review(wrong, &Decision::Accept, "", false).unwrap_err();
        assert!(matches!(error, Error::Unknown { .. }), "{wrong}: {error}");
    }
}

#[test]
fn blind_reviewers_see_nothing_of_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case_of(&folder.path().join("case"), vec![story().record()]);
    case.review("d1:f1", &Decision::Reject, "no", true).unwrap();
    let blind = Listing { is_blind: true, ..listing("ben") };
    assert_eq!(ids(&case, &blind)[0], "d1:f1");
    assert_eq!(case.doubtful(&blind).unwrap()[0].reviews, []);
    let own = Listing { is_blind: true, ..listing("tester") };
    assert_eq!(ids(&case, &own)[0], "d1:f2");
    assert_eq!(ids(&case, &listing("ben"))[0], "d1:f2");
    let all = Listing { documents: vec![case.document("d1").unwrap().id], ..listing("ben") };
    let seen = case.doubtful(&all).unwrap();
    let first = seen.iter().find(|doubtful| doubtful.item.id == "d1:f1").unwrap();
    assert_eq!(first.reviews.len(), 1);
}

#[test]
fn agreement_is_told_by_kind() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case_of(&folder.path().join("case"), vec![story().record()]);
    let correct = |change: &str| Decision::Correct(vec![change.to_owned()]);
    case.review("d1:s1", &Decision::Accept, "", true).unwrap();
    case.review("d1:s2", &Decision::Reject, "no", true).unwrap();
    case.review("d1:s3", &correct("act=find"), "it finds", true).unwrap();
    case.review("d1:f1", &Decision::Accept, "", false).unwrap();
    let mut case = reopened(case, "ben");
    case.review("d1:s1", &Decision::Accept, "", true).unwrap();
    case.review("d1:s2", &Decision::Reject, "no", true).unwrap();
    case.review("d1:s3", &correct("act=find"), "finds", true).unwrap();
    case.review("d1:f1", &Decision::Reject, "no", false).unwrap();
    case.review("d1:f2", &Decision::Reject, "no", false).unwrap();
    let agreement = case.agreement(false).unwrap();
    let statements = agreement[&Some(ItemKind::Statement)];
    assert_eq!((statements.units, statements.alpha), (3, Some(1.0)));
    let figures = agreement[&Some(ItemKind::Figure)];
    assert_eq!((figures.units, figures.alpha), (1, Some(0.0)));
    assert_eq!(agreement[&None].units, 4);
    let blind = case.agreement(true).unwrap();
    assert_eq!(blind.keys().copied().collect::<Vec<_>>(), [None, Some(ItemKind::Statement)]);
}

#[test]
fn decisions_are_given_as_examples_and_go_with_their_document() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case_of(&folder.path().join("case"), vec![story().record()]);
    case.review("d1:f1", &Decision::Correct(vec!["counted=injured".into()]), "hurt", false)
        .unwrap();
    case.review("d1:f2", &Decision::Reject, "told twice", false).unwrap();
    let examples = |case: &Case| {
        let mut all = Vec::new();
        case.examples(&mut |example| {
            all.push(example);
            Ok(())
        })
        .unwrap();
        all
    };
    let all = examples(&case);
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].before["counted"], "killed");
    assert_eq!(all[0].after["counted"], "injured");
    assert_eq!((all[0].text.as_str(), all[0].reviewer.as_str()), (TEXT, "tester"));
    assert_eq!((all[1].decision.as_str(), &all[1].after), ("reject", &Value::Null));
    case.remove("d1", "asked for").unwrap();
    assert_eq!(examples(&case), []);
    assert_eq!(ids(&case, &listing("ann")), [""; 0]);
}

#[test]
fn a_decision_holds_for_what_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case_of(&folder.path().join("case"), vec![story().record()]);
    case.review("d1:f2", &Decision::Reject, "told twice", false).unwrap();
    // A newer engine finds the same figures, in the other order of ids no more: f1 is gone.
    let newer =
        Story::of(TEXT).made_by("1").figure("14 people died", "killed", 14.0, &json!({})).record();
    let reading = taken("a.txt", newer).read.unwrap();
    case.reread(vec![(case.document("d1").unwrap().id, reading)]).unwrap();
    let reviewed = case.reviewed(case.document("d1").unwrap().id).unwrap();
    let told: Vec<_> = reviewed.iter().map(|(id, r)| format!("{id} {}", r.decision)).collect();
    assert_eq!(told, ["f1 reject"]);
}
