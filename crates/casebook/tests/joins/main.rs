//! What belongs together across small invented stories.
#![allow(clippy::unwrap_used, clippy::panic)]

mod shown;
mod story;

use onrecord_casebook::joins::{
    DiscrepancyKind, EntityId, EntityQuery, ItemAt, SourcesCounted, Telling,
};
use onrecord_casebook::search::Query;
use onrecord_casebook::{Answer, Case, DocumentId, Error, Filter, Kind, System};
use onrecord_record::{Act, ActorId, ActorKind, LinkKind, State, StatementId};
use story::Story;
use tempfile::TempDir;

fn case(stories: Vec<Story>) -> (TempDir, Case) {
    let folder = tempfile::tempdir().unwrap();
    let mut case = Case::new(&folder.path().join("case"), "tester", &System::real()).unwrap();
    let mut taking = case.taking();
    for story in stories {
        taking.take(story.taken()).unwrap();
    }
    taking.flush().unwrap();
    (folder, case)
}

fn entity(case: &Case, document: u32, actor: usize) -> Option<EntityId> {
    case.store().entity_of(DocumentId(document), ActorId::nth(actor)).unwrap()
}

fn statement(document: u32, index: usize) -> ItemAt {
    ItemAt::new(DocumentId(document), StatementId::nth(index))
}

fn telling(case: &Case, document: u32, index: usize) -> Option<Telling> {
    let id = case.store().telling_of(DocumentId(document), StatementId::nth(index)).unwrap();
    id.and_then(|id| case.store().telling(id).unwrap())
}

/// The number of all that is joined: a case without documents has none.
fn joined(case: &Case) -> (usize, usize, usize, usize) {
    let store = case.store();
    let counts = store.counts().unwrap();
    assert_eq!(counts.entities, store.entities(&EntityQuery::default()).unwrap().len() as u64);
    assert_eq!(counts.series, store.series(None).unwrap().len() as u64);
    assert_eq!(counts.matters, store.matters(None, None).unwrap().len() as u64);
    (
        store.entities(&EntityQuery::default()).unwrap().len(),
        store.tellings(None, 0).unwrap().len(),
        store.series(None).unwrap().len(),
        store.matters(None, None).unwrap().len(),
    )
}

/// A story in which a person with a title says something, beside a state.
fn speech(day: &str, name: &str, title: &str, state: &str, words: &str) -> Story {
    let mut story = Story::of(day, &format!("{day} {state}"));
    let person = story.person(name, title);
    story.actor(&[state], ActorKind::State, None);
    story.says(Some(person), Act::Say, words, day);
    story
}

const LONG: &str = "that four shells fell within minutes upon the marked clinic beside the harbour";

#[test]
fn a_person_is_one_by_name_with_middle_names_left_out() {
    let (_folder, case) = case(vec![
        speech("2026-03-03", "Tavin Orlo", "General", "Kesh", "one"),
        speech("2026-03-04", "Tavin A. Orlo", "", "Dessara", "two"),
        speech("2026-03-05", "Tavin Amel Orlo", "General", "Kesh", "three"),
        speech("2026-03-06", "Tavin Bero Orlo", "General", "Kesh", "four"),
    ]);
    let first = entity(&case, 1, 0);
    assert!(first.is_some());
    assert_eq!(entity(&case, 2, 0), first);
    assert_eq!(entity(&case, 3, 0), first);
    assert_ne!(entity(&case, 4, 0), first, "the initial and the middle name part them");
}

#[test]
fn two_of_one_name_stay_apart_where_titles_and_context_part_them() {
    let (_folder, case) = case(vec![
        speech("2026-03-03", "Tavin Orlo", "General", "Kesh", "one"),
        speech("2026-03-04", "Tavin Orlo", "pastry cook", "Dessara", "two"),
        speech("2026-03-05", "Tavin Orlo", "General", "Kesh", "three"),
        speech("2026-03-06", "Tavin Orlo", "pastry cook", "Dessara", "four"),
    ]);
    assert_ne!(entity(&case, 1, 0), entity(&case, 2, 0));
    assert_eq!(entity(&case, 1, 0), entity(&case, 3, 0));
    assert_eq!(entity(&case, 2, 0), entity(&case, 4, 0));
    let found = case.store().entities(&EntityQuery { name: "orl", ..EntityQuery::default() });
    let found: Vec<_> = found.unwrap().into_iter().map(|it| (it.name, it.documents)).collect();
    assert_eq!(found, [("Tavin Orlo".to_owned(), 2), ("Tavin Orlo".to_owned(), 2)]);
}

#[test]
fn kinds_that_cannot_be_one_stay_apart_and_ministries_go_by_their_state() {
    let story = |day, state: &str| {
        let mut story = Story::of(day, state);
        story.actor(&["Ministry of Defence"], ActorKind::Government, None);
        story.actor(&[state], ActorKind::State, None);
        story.actor(&["Harbour Front"], ActorKind::ArmedGroup, None);
        story
    };
    let mut club = Story::of("2026-03-06", "club");
    club.actor(&["Harbour Front"], ActorKind::Company, None);
    let (_folder, case) =
        case(vec![story("2026-03-03", "Kesh"), story("2026-03-04", "Dessara"), club]);
    assert_ne!(entity(&case, 1, 0), entity(&case, 2, 0), "two states' ministries");
    assert_eq!(entity(&case, 1, 2), entity(&case, 2, 2));
    assert_ne!(entity(&case, 1, 2), entity(&case, 3, 0), "a group and a company");
}

#[test]
fn a_body_told_by_whose_it_is_is_one_however_that_is_put() {
    let story = |day: &str, state: &str, words: &str| {
        let mut story = Story::of(day, words);
        story.actor(&[state], ActorKind::State, None);
        story.described(words, ActorKind::Military);
        story
    };
    let (_folder, case) = case(vec![
        story("2026-03-03", "Kesh", "The army of Kesh"),
        story("2026-03-04", "Kesh", "Kesh's army"),
        story("2026-03-05", "Kesh", "Kesh’s army"),
        story("2026-03-06", "Dessara", "Dessara's army"),
        story("2026-03-07", "Kesh", "the army"),
    ]);
    assert!(entity(&case, 1, 1).is_some());
    assert_eq!(entity(&case, 1, 1), entity(&case, 2, 1));
    assert_eq!(entity(&case, 1, 1), entity(&case, 3, 1));
    assert!(entity(&case, 4, 1).is_some_and(|other| Some(other) != entity(&case, 1, 1)));
    assert_eq!(entity(&case, 5, 1), None, "nothing tells whose");
}

#[test]
fn an_acronym_is_whom_one_document_shows_it_to_be_as_long_as_it_is_there() {
    let mut short = Story::of("2026-03-03", "first");
    short.actor(&["CCJ"], ActorKind::Court, None);
    short.actor(&["Kesh"], ActorKind::State, None);
    let mut shows = Story::of("2026-03-04", "second");
    shows.actor(&["Coastal Court of Justice", "CCJ"], ActorKind::Court, None);
    shows.actor(&["Kesh"], ActorKind::State, None);
    let mut long = Story::of("2026-03-05", "third");
    long.actor(&["Coastal Court of Justice"], ActorKind::Court, None);
    long.actor(&["Kesh"], ActorKind::State, None);
    let (_folder, mut case) = case(vec![short, shows, long]);
    let court = entity(&case, 1, 0);
    assert_eq!(entity(&case, 2, 0), court);
    assert_eq!(entity(&case, 3, 0), court);
    let shown = case.store().entity(court.unwrap()).unwrap().unwrap();
    assert_eq!((shown.name.as_str(), shown.documents), ("Coastal Court of Justice", 3));
    assert_eq!(shown.aliases, ["CCJ"]);
    case.remove("d2", "test").unwrap();
    assert_ne!(entity(&case, 1, 0), entity(&case, 3, 0));
}

#[test]
fn a_last_name_with_its_title_is_the_one_who_has_both() {
    let (_folder, case) = case(vec![
        speech("2026-03-03", "Ruta Salk", "Foreign Minister", "Dessara", "one"),
        speech("2026-03-04", "Salk", "Foreign Minister", "Dessara", "two"),
        speech("2026-03-05", "Salk", "", "Dessara", "three"),
        speech("2026-03-05", "Salk", "Foreign Minister", "Kesh", "four"),
    ]);
    assert_eq!(entity(&case, 1, 0), entity(&case, 2, 0));
    assert_ne!(entity(&case, 1, 0), entity(&case, 3, 0), "no title");
    assert_ne!(entity(&case, 1, 0), entity(&case, 4, 0), "nobody in common");
}

#[test]
fn a_merge_joins_what_comes_later_and_a_split_keeps_it_apart() {
    let (_folder, mut case) = case(vec![
        speech("2026-03-03", "Tavin Orlo", "General", "Kesh", LONG),
        speech("2026-03-03", "T. Orlov", "commander", "Kesh", LONG),
    ]);
    let (one, other) = (entity(&case, 1, 0).unwrap(), entity(&case, 2, 0).unwrap());
    assert_ne!(one, other);
    assert!(telling(&case, 1, 0).is_none());
    let merged = case.merge(one, other, "two spellings").unwrap();
    assert_eq!(entity(&case, 2, 0), Some(merged));
    assert_eq!(telling(&case, 1, 0).unwrap().reports, 2, "one source told it twice now");
    assert!(matches!(case.merge(one, other, "again"), Err(Error::AlreadyOne { .. })));

    let mut taking = case.taking();
    taking.take(speech("2026-04-01", "T. Orlov", "commander", "Kesh", "x").taken()).unwrap();
    taking.flush().unwrap();
    assert_eq!(entity(&case, 3, 0), Some(merged));

    let apart = case.split(merged, &["d3:a1".into()], "his son").unwrap();
    assert_eq!(entity(&case, 3, 0), Some(apart));
    assert_eq!(entity(&case, 2, 0), Some(merged));
    let apart = case.split(merged, &[other.to_string()], "no: two men").unwrap();
    assert_eq!((entity(&case, 1, 0), entity(&case, 2, 0)), (Some(one), Some(apart)));
    assert!(telling(&case, 1, 0).is_none());
    case.merge(one, other, "one after all").unwrap();
    assert_eq!(entity(&case, 1, 0), entity(&case, 2, 0));

    let all = ["d1:a1".into(), "d2:a1".into()];
    assert!(matches!(case.split(one, &all, "x"), Err(Error::NothingStays { .. })));
    assert!(matches!(case.split(one, &["d3:a1".into()], "x"), Err(Error::NoEntity { .. })));
    assert!(matches!(case.merge(one, EntityId(99), "x"), Err(Error::NoEntity { .. })));
    let acts = case.store().entries_from(0, u32::MAX).unwrap();
    let told = String::from_utf8(acts.last().unwrap().bytes.clone()).unwrap();
    assert!(told.contains("\"act\":\"merge\"") && told.contains("one after all"), "{told}");
}

#[test]
fn a_split_binds_what_comes_later() {
    let (_folder, mut case) = case(vec![
        speech("2026-03-03", "Tavin Orlo", "General", "Kesh", "one"),
        speech("2026-03-04", "Tavin Orlo", "General", "Kesh", "two"),
    ]);
    let both = entity(&case, 1, 0).unwrap();
    let apart = case.split(both, &["d2:a1".into()], "another man").unwrap();
    let again = speech("2026-03-05", "Tavin Orlo", "General", "Kesh", "three").taken();
    let mut taking = case.taking();
    taking.take(again).unwrap();
    taking.flush().unwrap();
    assert_eq!((entity(&case, 1, 0), entity(&case, 2, 0)), (Some(both), Some(apart)));
}

#[test]
fn a_statement_told_again_is_one_telling() {
    let (_folder, mut case) = case(vec![
        speech("2026-03-03", "Tavin Orlo", "General", "Kesh", LONG),
        speech(
            "2026-03-03",
            "Tavin Orlo",
            "General",
            "Kesh",
            "Four shells fell upon the marked clinic beside the harbour, within ten minutes",
        ),
        speech("2026-03-03", "Mara Lind", "doctor", "Kesh", LONG),
        speech("2026-05-03", "Tavin Orlo", "General", "Kesh", LONG),
    ]);
    let told = telling(&case, 1, 0).unwrap();
    assert_eq!(told.statements, [statement(1, 0), statement(2, 0)]);
    assert_eq!((told.source, told.reports), (entity(&case, 1, 0), 2));
    assert_eq!(told.said, Some(("2026-03-03".into(), "2026-03-03".into())));
    assert!(telling(&case, 3, 0).is_none(), "somebody else says it");
    assert!(telling(&case, 4, 0).is_none(), "another day");
    case.remove("d2", "test").unwrap();
    assert!(telling(&case, 1, 0).is_none());
}

#[test]
fn one_denial_answers_all_tellings_and_accusations_of_other_documents() {
    let accusation = "the army of Kesh shelled a marked clinic in Sorrel and killed patients";
    let denial = "that its army had shelled a clinic in Sorrel";
    let mut first = Story::of("2026-03-02", "first");
    let doctors = first.actor(&["Doctors Abroad"], ActorKind::Ngo, None);
    let army = first.actor(&["Army of Kesh"], ActorKind::ArmedGroup, None);
    let charge = first.says(Some(doctors), Act::Accuse, accusation, "2026-03-02");
    first.alleges(charge, army);
    let mut second = Story::of("2026-03-03", "second");
    let army = second.actor(&["Army of Kesh"], ActorKind::ArmedGroup, None);
    second.says(Some(army), Act::Deny, denial, "2026-03-03");
    second.says(Some(army), Act::Deny, "that it would close schools next winter", "2026-03-03");
    let mut third = Story::of("2026-03-02", "third");
    let doctors = third.actor(&["Doctors Abroad"], ActorKind::Ngo, None);
    third.says(Some(doctors), Act::Say, accusation, "2026-03-02");
    let mut fourth = Story::of("2026-03-04", "fourth");
    let army = fourth.actor(&["Army of Kesh"], ActorKind::ArmedGroup, None);
    let doctors = fourth.actor(&["Doctors Abroad"], ActorKind::Ngo, None);
    let charge = fourth.says(Some(doctors), Act::Accuse, accusation, "2026-03-02");
    let answer = fourth.says(Some(army), Act::Deny, "anything of the kind", "2026-03-04");
    fourth.links(answer, charge, "denies");
    let (_folder, mut case) = case(vec![first, second, third, fourth]);
    let links = |case: &Case, document, index| {
        let links =
            case.store().cross_links(DocumentId(document), StatementId::nth(index)).unwrap();
        links.into_iter().map(|link| (link.from, link.to, link.kind)).collect::<Vec<_>>()
    };
    let denies = |from, to| (from, to, LinkKind::Denies);
    assert_eq!(
        links(&case, 2, 0),
        [1, 3, 4].map(|document| denies(statement(2, 0), statement(document, 0)))
    );
    assert_eq!(links(&case, 2, 1), []);
    assert_eq!(
        links(&case, 4, 1),
        [1, 3].map(|document| denies(statement(4, 1), statement(document, 0)))
    );
    // Search and views find the answers too.
    let answers = |case: &Case, document, index| {
        case.store().answers_to(DocumentId(document), StatementId::nth(index)).unwrap()
    };
    let both = [(statement(2, 0), LinkKind::Denies), (statement(4, 1), LinkKind::Denies)];
    assert_eq!(answers(&case, 1, 0), both);
    assert_eq!(answers(&case, 4, 0), both[..1], "its own document tells the other");
    let found = |case: &Case, words: &str| {
        let hits = case.search(Query::parse(words).unwrap(), 9).unwrap().hits;
        hits.iter().map(|hit| hit.row.id).collect::<Vec<_>>()
    };
    assert_eq!(found(&case, "answered:yes"), [DocumentId(1)]);
    assert_eq!(found(&case, "answered:no"), []);
    let mut shown = Vec::new();
    case.select::<Error>(&Filter::default(), &[Kind::Allegation], |selected| {
        shown.extend(selected.answers.into_values().flatten());
        Ok(())
    })
    .unwrap();
    let of = |at, who: &str| Answer { at, kind: LinkKind::Denies, who: who.into() };
    let army = "Army of Kesh";
    assert_eq!(shown, [of(statement(2, 0), army), of(statement(4, 1), army)]);
    case.remove("d4", "test").unwrap();
    assert_eq!(found(&case, "answered:yes"), [DocumentId(1)]);
    case.remove("d2", "test").unwrap();
    assert_eq!(found(&case, "answered:yes"), []);
    assert_eq!(found(&case, "answered:no"), [DocumentId(1)]);
    case.remove("d1", "test").unwrap();
    assert_eq!(links(&case, 2, 0), []);
}

#[test]
fn what_no_document_dates_is_joined_by_source_and_words() {
    let accusation = "the army of Kesh shelled a marked clinic in Sorrel and killed patients";
    let story = |published: &str, mark: &str, speaks: bool| {
        let mut story = Story::of(published, mark);
        let doctors = story.actor(&["Doctors Abroad"], ActorKind::Ngo, None);
        let army = story.actor(&["Army of Kesh"], ActorKind::ArmedGroup, None);
        if speaks {
            let charge = story.says(Some(doctors), Act::Accuse, accusation, "");
            story.alleges(charge, army);
        } else {
            story.says(Some(army), Act::Deny, "that its army had shelled a clinic in Sorrel", "");
        }
        story
    };
    let stories = vec![
        story("2026-03-03", "one", true),
        story("", "two", true),
        story("", "three", false),
        story("2026-09-03", "four", true),
    ];
    let (_folder, case) = case(stories);
    let told = telling(&case, 1, 0).unwrap();
    assert_eq!(told.statements, [statement(1, 0), statement(2, 0)], "days apart stay apart");
    let answers =
        |document| case.store().answers_to(DocumentId(document), StatementId::nth(0)).unwrap();
    for document in [1, 2] {
        assert_eq!(answers(document), [(statement(3, 0), LinkKind::Denies)], "{document}");
    }
    assert_eq!(answers(4), [], "one denial answers one accusation, however often told");
}

#[test]
fn copies_are_one_source_and_corroborate_nothing() {
    let words: Vec<String> = (0..120).map(|at| format!("word{}", at * 37 % 113)).collect();
    let wire = |head: &str, keep: usize| {
        let mut story = Story::of("2026-03-03", &format!("{head}\n{}", words[..keep].join(" ")));
        let person = story.person("Tavin Orlo", "General");
        story.says(Some(person), Act::Say, LONG, "");
        story.says(None, Act::Say, "two drones circled above the harbour before dawn", "");
        story
    };
    let mut other = Story::of("2026-03-03", "something else altogether");
    other.says(None, Act::Say, "somebody heard engines over the water at night", "");
    let (_folder, mut case) = case(vec![
        wire("Clinic shelled", 120),
        other,
        wire("Shells fall upon harbour clinic, general says", 80),
    ]);
    let copies = [DocumentId(1), DocumentId(3)];
    assert_eq!(case.store().copies_of(DocumentId(3)).unwrap(), copies);
    assert_eq!(case.store().copies_of(DocumentId(2)).unwrap(), [DocumentId(2)]);
    assert_eq!(telling(&case, 3, 1).unwrap().reports, 1, "one witness, copied");
    let all = [(1, 0), (1, 1), (2, 0), (3, 0), (3, 1)].map(|(d, s)| statement(d, s));
    let counted = case.store().sources_counted(&all).unwrap();
    assert_eq!(counted, SourcesCounted { named: 1, unnamed: 2, reports: 2 });
    case.remove("d1", "test").unwrap();
    assert_eq!(case.store().copies_of(DocumentId(3)).unwrap(), [DocumentId(3)]);
}

#[test]
fn figures_of_one_event_are_a_series_and_a_toll_that_falls_is_found() {
    let story = |day: &str, number, place, by: &str| {
        let mut story = Story::of(day, &format!("{day} {number} {by}"));
        let office = story.actor(&[by], ActorKind::Ngo, None);
        story.counts("killed", number, (place, "2026-02-24"), Some(office));
        story
    };
    let (_folder, mut case) = case(vec![
        story("2026-02-25", 14.0, "Sorrel", "Relief Office"),
        story("2026-02-26", 9.0, "Sorrel", "Relief Office"),
        story("2026-02-26", 11.0, "Sorrel", "Doctors Abroad"),
        story("2026-02-26", 7.0, "Sorrel", "Relief Office"),
        story("2026-02-26", 40.0, "Tell", "Relief Office"),
    ]);
    let series = case.store().series(Some("killed")).unwrap();
    let [toll] = series.as_slice() else { panic!("{series:?}") };
    let values: Vec<_> = toll.points.iter().map(|point| point.low.unwrap()).collect();
    assert_eq!(values, [14.0, 9.0, 11.0, 7.0]);
    assert_eq!(toll.place.as_deref(), Some("sorrel"));
    assert_eq!(case.store().series_in(&[DocumentId(5)]).unwrap(), []);
    let found = case.store().findings().unwrap();
    let figures =
        |a, b| [a, b].map(|d| ItemAt::new(DocumentId(d), onrecord_record::FigureId::nth(0)));
    let told: Vec<_> = found.into_iter().map(|found| (found.kind, found.items)).collect();
    assert_eq!(
        told,
        [
            (DiscrepancyKind::Falls, figures(1, 2).to_vec()),
            (DiscrepancyKind::TwoValues, figures(2, 4).to_vec()),
            (DiscrepancyKind::Falls, figures(1, 4).to_vec()),
        ]
    );
    for document in 1..=4 {
        case.remove(&format!("d{document}"), "test").unwrap();
    }
    assert_eq!(case.store().series(None).unwrap(), []);
}

#[test]
fn proceedings_are_one_matter_with_its_state_on_any_day() {
    let story = |day: &str, steps: &[(&str, &str)], forum: bool| {
        let mut story = Story::of(day, day);
        let court = story.actor(&["Coastal Court of Justice"], ActorKind::Court, None);
        let orlo = story.person("Tavin Orlo", "General");
        story.actor(&["Kesh"], ActorKind::State, None);
        story.warrant(forum.then_some(court), orlo, steps);
        story
    };
    let (_folder, mut case) = case(vec![
        story("2025-05-21", &[("applied", "2025-05-20")], true),
        story("2026-01-10", &[("withdrawn", "2026-01-09")], false),
        story("2025-11-22", &[("issued", "2025-11-21"), ("applied", "2025-05")], true),
    ]);
    let state = |case: &Case, day| {
        let matters = case.store().matters(day, entity(case, 2, 1)).unwrap();
        assert_eq!(matters.len(), 1);
        (matters[0].state, matters[0].steps.len())
    };
    assert_eq!(state(&case, None), (Some(State::Withdrawn), 3));
    assert_eq!(state(&case, Some("2025-12-01")), (Some(State::Active), 2));
    assert_eq!(state(&case, Some("2025-01-01")), (None, 0));
    assert_eq!(case.store().findings().unwrap(), []);
    case.remove("d1", "test").unwrap();
    case.remove("d3", "test").unwrap();
    let found = case.store().findings().unwrap();
    assert_eq!(found[0].kind, DiscrepancyKind::NothingToWithdraw);
}

#[test]
fn what_is_removed_leaves_nothing_joined_behind() {
    let stories = || {
        let mut stories = Vec::new();
        for day in ["2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"] {
            let mut story = speech(day, "Tavin Orlo", "General", "Kesh", LONG);
            let court = story.actor(&["Coastal Court of Justice", "CCJ"], ActorKind::Court, None);
            story.counts("killed", 14.0, ("Sorrel", "2026-02-24"), Some(court));
            story.warrant(Some(court), ActorId::nth(0), &[("applied", "2026-03")]);
            stories.push(story);
        }
        stories
    };
    for order in [[1, 2, 3, 4], [4, 3, 2, 1], [2, 4, 1, 3]] {
        let (_folder, mut case) = case(stories());
        assert_eq!(joined(&case), (3, 1, 1, 1));
        for document in order {
            case.remove(&format!("d{document}"), "test").unwrap();
            assert_eq!(case.store().integrity().unwrap(), [""; 0]);
        }
        assert_eq!(joined(&case), (0, 0, 0, 0));
    }
}
