//! Questions to a case of more documents than are asked at once: what is found is what is there.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod records;

use std::path::Path;

use onrecord_casebook::search::Query;
use onrecord_casebook::{Case, Error, Filter, Kind};
use onrecord_record::Record;
use records::{Story, case_of};
use serde_json::json;

/// More than the windows of searches and views begin with.
const DOCUMENTS: u32 = 3_000;
const SPEAKERS: [&str; 5] = ["Bram", "Cole", "Dunn", "Esk", "Fitch"];
const ACTS: [&str; 3] = ["say", "deny", "accuse"];
/// Documents that have what is rare.
const RARE: [u32; 4] = [3, 703, 1_203, 2_990];

/// What a document tells, by its number.
#[derive(Clone, Copy)]
struct Told(u32);

impl Told {
    fn speaker(self) -> &'static str {
        SPEAKERS[self.0 as usize % SPEAKERS.len()]
    }

    fn act(self) -> &'static str {
        ACTS[self.0 as usize % ACTS.len()]
    }

    /// Has the word of one in so many.
    fn has(self, one_in: u32) -> bool {
        self.0.is_multiple_of(one_in)
    }

    fn is_rare(self) -> bool {
        RARE.contains(&self.0)
    }

    /// Somebody is accused, one in so many times.
    fn accuses(self) -> bool {
        self.has(97)
    }

    fn record(self) -> Record {
        let Self(number) = self;
        let mut words: Vec<String> = (0..12).map(|turn| format!("w{number}x{turn}")).collect();
        for one_in in [2, 7, 101] {
            if self.has(one_in) {
                words.push(format!("each{one_in}"));
            }
        }
        if self.is_rare() {
            words.push("lantern".into());
        }
        // Each document has a guard of its own, so that very many have a word in their names.
        let guard = format!("Guard {number}");
        let spoken = words.join(" ");
        let story = Story::of(&format!("{} {spoken}. {guard} was away.", self.speaker()))
            .told("outlet", json!(if self.has(50) { "Harbour Radio" } else { "Courier" }))
            .actor(self.speaker())
            .actor(&guard)
            .statement(&spoken, "a1", self.act(), &json!({}))
            .statement(&format!("{guard} was away"), "a2", "say", &json!({}));
        match self.accuses() {
            true => story.allegation("was away", "rome-statute:7.1.f", "a2", "s1", &json!({})),
            false => story,
        }
        .record()
    }
}

fn case(path: &Path) -> Case {
    case_of(path, (1..=DOCUMENTS).map(|number| Told(number).record()).collect())
}

type Is<'t> = &'t dyn Fn(Told) -> bool;

fn those(told: Is<'_>) -> Vec<u32> {
    (1..=DOCUMENTS).filter(|number| told(Told(*number))).collect()
}

fn searched(case: &Case, query: &str, limit: u32) -> Vec<u32> {
    let hits = case.search(Query::parse(query).unwrap(), limit).unwrap();
    hits.hits.iter().map(|hit| hit.row.id.0).collect()
}

fn viewed(case: &Case, filter: &Filter, kinds: &[Kind]) -> Vec<u32> {
    let mut found = Vec::new();
    let each = |selected: onrecord_casebook::Selected| {
        found.push(selected.row.id.0);
        Ok::<(), Error>(())
    };
    case.select(filter, kinds, each).unwrap();
    found
}

#[test]
fn searches_and_views_find_what_is_there_in_all_windows() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder.path().join("case"));
    let searches: [(&str, Is<'_>); 17] = [
        ("lantern", &|told| told.is_rare()),
        ("says:lantern", &|told| told.is_rare()),
        ("says:each2", &|told| told.has(2)),
        ("says:each2 act:deny", &|told| told.has(2) && told.act() == "deny"),
        ("says:each2 says:lantern", &|told| told.has(2) && told.is_rare()),
        ("says:each7 NOT says:each2", &|told| told.has(7) && !told.has(2)),
        ("says:each7 NOT each2", &|told| told.has(7) && !told.has(2)),
        ("each7 says:each2", &|told| told.has(14)),
        ("each7 says:each2 outlet:harbour", &|told| told.has(14) && told.has(50)),
        ("speaker:Cole says:each101", &|told| told.speaker() == "Cole" && told.has(101)),
        ("speaker:Cole each2", &|told| told.speaker() == "Cole" && told.has(2)),
        ("speaker:Guard each101", &|told| told.has(101)),
        ("act:accuse NOT speaker:Cole", &|told| told.act() == "accuse" && told.speaker() != "Cole"),
        ("accused:Guard", &|told| told.accuses()),
        ("accused:\"Guard 97\"", &|told| told.0 == 97),
        ("taxon:rome-statute:7 says:each2", &|told| told.accuses() && told.has(2)),
        ("outlet:harbour", &|told| told.has(50)),
    ];
    for (query, told) in searches {
        let mut expected = those(told);
        let mut all = searched(&case, query, DOCUMENTS);
        let parsed = Query::parse(query).unwrap();
        let found = case.store().found(&parsed).unwrap();
        assert_eq!(found.iter().map(|found| found.id.0).collect::<Vec<_>>(), expected, "{query}");
        expected.reverse();
        if parsed.words.is_none() {
            assert_eq!(all, expected, "{query}");
            assert_eq!(searched(&case, query, 20), expected[..expected.len().min(20)], "{query}");
        }
        all.sort_unstable_by(|a, b| b.cmp(a));
        assert_eq!(all, expected, "{query}");
    }
    let speaker = |name: &str| Filter { speaker: Some(name.into()), ..Filter::default() };
    let accused = |name: &str| Filter { accused: Some(name.into()), ..Filter::default() };
    let queried =
        |query: &str| Filter { query: Some(Query::parse(query).unwrap()), ..Filter::default() };
    let views: [(Filter, Kind, Is<'_>); 9] = [
        (speaker("Cole"), Kind::Statement, &|told| told.speaker() == "Cole"),
        (speaker("Guard"), Kind::Statement, &|_| true),
        (speaker("Guard 1203"), Kind::Statement, &|told| told.0 == 1_203),
        (speaker("Guard 1203"), Kind::Actor, &|told| told.0 == 1_203),
        (speaker("Dunn"), Kind::Allegation, &|told| told.speaker() == "Dunn" && told.accuses()),
        (accused("Guard"), Kind::Allegation, &|told| told.accuses()),
        (accused("Guard"), Kind::Statement, &|told| told.accuses()),
        (accused("Guard"), Kind::Proceeding, &|_| false),
        (queried("says:lantern"), Kind::Statement, &|told| told.is_rare()),
    ];
    for (filter, kind, told) in views {
        let mut expected = those(told);
        assert_eq!(viewed(&case, &filter, &[kind]), expected, "{filter:?}");
        expected.truncate(2);
        let few = Filter { limit: Some(2), ..filter };
        assert_eq!(viewed(&case, &few, &[kind]), expected, "{few:?}");
    }
}
