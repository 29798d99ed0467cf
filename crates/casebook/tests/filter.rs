//! What a filter means, and that it finds it.
#![allow(clippy::unwrap_used, missing_docs)]

mod stories;

use onrecord_casebook::search::Query;
use onrecord_casebook::{Case, DocumentId, Error, Filter, Kind};

const KINDS: [Kind; 5] =
    [Kind::Statement, Kind::Allegation, Kind::Figure, Kind::Proceeding, Kind::Actor];

fn found(case: &Case, filter: &Filter, kinds: &[Kind]) -> String {
    let mut found = Vec::new();
    case.select(filter, kinds, |selected| {
        let id = selected.row.id;
        found.extend(selected.items.iter().map(|item| format!("{id}:{item}")));
        Ok::<(), Error>(())
    })
    .unwrap();
    found.join(" ")
}

#[test]
fn every_part_finds_what_it_means() {
    let folder = tempfile::tempdir().unwrap();
    let case = stories::case(&folder.path().join("case"));
    let all = Filter::default();
    let words = |words: &str| Some(words.to_owned());
    let day = |day: &str| Some(day.parse().unwrap());
    assert_eq!(found(&case, &all, &[Kind::Proceeding]), "d1:p1 d1:p2 d2:p1 d2:p2 d2:p3 d2:p4");
    for (filter, kinds, expected) in [
        (
            Filter { documents: vec![DocumentId(2)], ..all.clone() },
            &KINDS[1..2],
            "d2:g1 d2:g2 d2:g3 d2:g4",
        ),
        (Filter { speaker: words("amina søndergård"), ..all.clone() }, &KINDS[..1], "d2:s4"),
        (
            Filter { speaker: words("Doctors"), ..all.clone() },
            &KINDS[1..3],
            "d1:g1 d1:f2 d1:f3 d1:f4",
        ),
        (Filter { speaker: words("Doc"), ..all.clone() }, &KINDS[..], ""),
        (Filter { accused: words("River League"), ..all.clone() }, &KINDS[..2], "d2:s2 d2:g3"),
        (
            Filter { accused: words("army of Orsk"), ..all.clone() },
            &KINDS[..2],
            "d2:s1 d2:s6 d2:s7 d2:g1 d2:g2",
        ),
        (Filter { accused: words("Marshal Ione Vask"), ..all.clone() }, &KINDS[3..4], "d2:p2"),
        (Filter { taxon: words("rome-statute:8.2.c"), ..all.clone() }, &KINDS[1..2], "d2:g3 d2:g4"),
        (Filter { outlet: words("nna"), ..all.clone() }, &KINDS[1..2], "d1:g1"),
        (Filter { counted: words("Injured"), ..all.clone() }, &KINDS[..], "d1:f3"),
        (
            Filter { from: day("2025-04-01"), to: day("2025-05-31"), ..all.clone() },
            &KINDS[2..4],
            "d1:p1 d2:f6 d2:p1 d2:p2",
        ),
        // Without a day of its own an item is of the day of publication.
        (
            Filter { from: day("2026-03-03"), to: day("2026-03-03"), ..all.clone() },
            &KINDS[3..4],
            "d1:p2",
        ),
        (Filter { limit: Some(3), ..all.clone() }, &KINDS[1..3], "d1:g1 d1:f1 d1:f2"),
        (Filter { limit: Some(0), ..all.clone() }, &KINDS[..], ""),
    ] {
        assert_eq!(found(&case, &filter, kinds), expected, "{filter:?}");
    }
}

#[test]
fn a_query_means_what_it_finds_and_what_that_makes() {
    let folder = tempfile::tempdir().unwrap();
    let case = stories::case(&folder.path().join("case"));
    let all = Filter::default();
    let asked = |query: &str| {
        let query = case.understood(Query::parse(query).unwrap()).unwrap();
        Filter { query: Some(query), ..all.clone() }
    };
    let words = |words: &str| Some(words.to_owned());
    // What filters mean too, queries find alike.
    let doctors = Filter { speaker: words("Doctors"), ..all.clone() };
    let league = Filter { accused: words("River League"), ..all.clone() };
    let second = Filter { documents: vec![DocumentId(2)], ..all.clone() };
    for (query, filter, kinds) in [
        ("speaker:doctors", &doctors, &KINDS[..3]),
        ("accused:\"river league\"", &league, &KINDS[..3]),
        ("document:d2", &second, &KINDS[..]),
    ] {
        let expected = found(&case, filter, kinds);
        assert!(!expected.is_empty());
        assert_eq!(found(&case, &asked(query), kinds), expected, "{query}");
    }
    let with = found(&case, &asked("league"), &KINDS);
    let without = found(&case, &asked("document:d1 NOT league"), &KINDS);
    assert!(!with.contains("d1:") && !without.contains("d2:"), "{with} | {without}");
    assert_eq!(format!("{without} {with}"), found(&case, &all, &KINDS));
    let both = Filter { taxon: words("rome-statute:8.2.c"), ..asked("league") };
    assert_eq!(found(&case, &both, &KINDS[1..2]), "d2:g3 d2:g4");
    assert_eq!(found(&case, &asked("act:admit speaker:nobody"), &KINDS), "");
}

#[test]
fn a_removed_document_is_in_no_view() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = stories::case(&folder.path().join("case"));
    case.remove("d1", "asked for").unwrap();
    assert!(!found(&case, &Filter::default(), &KINDS).contains("d1:"));
}
