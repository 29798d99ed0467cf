//! What views, filters, exports and search make of what belongs together.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_casebook::export::{
    Cell, Entities, FINDINGS, Sheet, esf_head, esf_rows, finding_rows,
};
use onrecord_casebook::joins::ItemAt;
use onrecord_casebook::search::Query;
use onrecord_casebook::{Case, DocumentId, Error, Filter, Kind, Selected};
use onrecord_record::{Act, ActorKind, State};

use super::story::Story;
use super::{LONG, case, entity};

fn selected(case: &Case, filter: &Filter, kinds: &[Kind]) -> Vec<Selected> {
    let mut all = Vec::new();
    let found = case.select(filter, kinds, |selected| {
        all.push(selected);
        Ok::<(), Error>(())
    });
    found.unwrap();
    all
}

fn items(case: &Case, filter: &Filter, kind: Kind) -> String {
    let all = selected(case, filter, &[kind]);
    let named = |s: &Selected| -> Vec<String> {
        s.items.iter().map(|item| format!("{}:{item}", s.row.id)).collect()
    };
    all.iter().flat_map(named).collect::<Vec<_>>().join(" ")
}

fn rows(case: &Case, filter: &Filter, name: &str) -> Vec<BTreeMap<&'static str, String>> {
    let sheet = Sheet::named(name).unwrap();
    let names: Vec<_> = sheet.columns().iter().map(|column| column.name).collect();
    let all = selected(case, filter, sheet.kinds);
    let rows = all.iter().flat_map(|selected| sheet.rows(selected));
    rows.map(|row| names.iter().copied().zip(row.iter().map(Cell::to_string)).collect()).collect()
}

fn column(rows: &[BTreeMap<&'static str, String>], name: &str) -> Vec<String> {
    rows.iter().map(|row| row[name].clone()).collect()
}

/// A court that one document knows by its short name, one by its long one, and one by both.
fn court() -> Vec<Story> {
    let story = |day: &str, names: &[&str], words: &str| {
        let mut story = Story::of(day, words);
        let court = story.actor(names, ActorKind::Court, None);
        story.actor(&["Kesh"], ActorKind::State, None);
        let said = story.says(Some(court), Act::Say, words, day);
        story.alleges(said, court);
        story
    };
    vec![
        story("2026-03-03", &["CCJ"], "that it had no judge"),
        story("2026-03-04", &["Coastal Court of Justice", "CCJ"], "that it had opened its doors"),
        story("2026-03-05", &["Coastal Court of Justice"], "that it was closed for winter"),
    ]
}

#[test]
fn filters_and_search_know_whoever_has_the_name_in_another_document() {
    let (_folder, mut case) = case(court());
    let found = |case: &Case, query: &str| {
        let hits = case.search(Query::parse(query).unwrap(), 20).unwrap().hits;
        hits.iter().map(|hit| hit.row.id.0).collect::<Vec<_>>()
    };
    for name in ["Coastal Court", "coastal court of justice"] {
        let filter = Filter { speaker: Some(name.into()), ..Filter::default() };
        assert_eq!(items(&case, &filter, Kind::Statement), "d1:s1 d2:s1 d3:s1", "{name}");
        let filter = Filter { accused: Some(name.into()), ..Filter::default() };
        assert_eq!(items(&case, &filter, Kind::Allegation), "d1:g1 d2:g1 d3:g1", "{name}");
        for key in ["speaker", "accused"] {
            assert_eq!(found(&case, &format!("{key}:\"{name}\"")), [3, 2, 1], "{key} {name}");
        }
    }
    let filter = Filter { speaker: Some("Coastal Justice".into()), ..Filter::default() };
    assert_eq!(items(&case, &filter, Kind::Statement), "", "the words are not in a row");
    let filter = Filter { speaker: Some("Kesh".into()), ..Filter::default() };
    assert_eq!(items(&case, &filter, Kind::Statement), "");
    // Nothing shows any more that the short name is the court's.
    case.remove("d2", "test").unwrap();
    let filter = Filter { speaker: Some("Coastal Court".into()), ..Filter::default() };
    assert_eq!(items(&case, &filter, Kind::Statement), "d3:s1");
    assert_eq!(found(&case, "speaker:\"Coastal Court\""), [3]);
}

#[test]
fn exports_have_one_of_whoever_is_one() {
    let (_folder, case) = case(court());
    let court = entity(&case, 1, 0).unwrap().to_string();
    let actors = rows(&case, &Filter::default(), "actors");
    let courts: Vec<_> = actors.iter().filter(|row| row["kind"] == "court").collect();
    assert_eq!(courts.len(), 3);
    assert!(courts.iter().all(|row| row["entity"] == court));

    let all = selected(&case, &Filter::default(), &[Kind::Actor, Kind::Allegation]);
    let mut entities = Entities::of("case");
    all.iter().for_each(|selected| entities.add(selected));
    let lines: Vec<serde_json::Value> =
        entities.lines().map(|line| serde_json::from_slice(&line).unwrap()).collect();
    let bodies: Vec<_> = lines
        .iter()
        .filter(|line| line["schema"] == "PublicBody" && line["properties"]["name"] != "Kesh")
        .filter(|line| line["properties"]["name"].to_string().contains("CCJ"))
        .collect();
    assert_eq!(bodies.len(), 1);
    let names = serde_json::json!(["CCJ", "Coastal Court of Justice"]);
    assert_eq!(bodies[0]["properties"]["name"], names);

    let persons: BTreeSet<String> = all
        .iter()
        .flat_map(esf_rows)
        .filter(|(table, _)| *table == 2)
        .map(|(table, row)| esf_head(table).into_iter().zip(row).next().unwrap().1)
        .collect();
    assert_eq!(persons.len(), 1);
}

#[test]
fn a_copy_with_another_headline_stands_behind_the_first() {
    let text = "Four shells fell upon the harbour clinic of Sorrel within six minutes on Tuesday, \
        doctors who work there told reporters in the town, and the ward in which forty people lay \
        burned until the morning, while the road to the north stayed closed to all ambulances.";
    let story = |day: &str, head: &str| {
        let mut story = Story::of(day, &format!("{head}\n{text}"));
        let doctors = story.actor(&["Doctors Abroad"], ActorKind::Ngo, None);
        story.says(Some(doctors), Act::Say, LONG, day);
        story
    };
    let (_folder, case) = case(vec![
        story("2026-03-03", "Clinic shelled"),
        story("2026-03-03", "Doctors speak of shells on clinic"),
    ]);
    let all = rows(&case, &Filter::default(), "statements");
    assert_eq!(column(&all, "copy_of"), ["", "d1"]);
    // Whether the first is shown or not.
    let alone = Filter { documents: vec![DocumentId(2)], ..Filter::default() };
    assert_eq!(column(&rows(&case, &alone, "statements"), "copy_of"), ["d1"]);
}

#[test]
fn figures_have_their_series_and_findings_are_a_table() {
    let story = |day: &str, number, place| {
        let mut story = Story::of(day, &format!("{number} {day}"));
        let office = story.actor(&["Relief Office"], ActorKind::Igo, None);
        story.counts("killed", number, (place, "2026-02-24"), Some(office));
        story
    };
    let (_folder, case) = case(vec![
        story("2026-02-25", 14.0, "Sorrel"),
        story("2026-02-26", 9.0, "Sorrel"),
        story("2026-02-26", 3.0, "Tarn"),
    ]);
    let all = column(&rows(&case, &Filter::default(), "figures"), "series");
    assert!(!all[0].is_empty() && all[0] == all[1] && all[2].is_empty(), "{all:?}");
    let findings = case.store().findings().unwrap();
    let told = |meant: &[&str]| {
        let meant: BTreeSet<ItemAt> = meant.iter().map(|item| item.parse().unwrap()).collect();
        let rows = finding_rows(&findings, &meant);
        assert!(rows.iter().all(|row| row.len() == FINDINGS.len()));
        let line = |row: &Vec<Cell>| row.iter().map(Cell::to_string).collect::<Vec<_>>().join(" ");
        rows.iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(told(&["d2:f1"]), ["1 falls d1 d1:f1", "1 falls d2 d2:f1"]);
    assert_eq!(told(&["d3:f1"]), [""; 0]);
}

#[test]
fn proceedings_have_their_matter_and_its_state_on_a_day() {
    let story = |day: &str, steps: &[(&str, &str)]| {
        let mut story = Story::of(day, day);
        let court = story.actor(&["Coastal Court of Justice"], ActorKind::Court, None);
        let orlo = story.person("Tavin Orlo", "General");
        story.warrant(Some(court), orlo, steps);
        story
    };
    let (_folder, case) = case(vec![
        story("2026-01-20", &[("issued", ""), ("withdrawn", "2026-01-09")]),
        story("2025-12-01", &[("applied", "2025-05-20"), ("issued", "2025-11-21")]),
    ]);
    let on = |day: &str| {
        let as_of = (!day.is_empty()).then(|| day.parse().unwrap());
        let filter = Filter { as_of, ..Filter::default() };
        let all = rows(&case, &filter, "proceedings");
        assert!(all.iter().all(|row| row["matter"] == "d1:p1"));
        let states: BTreeSet<String> = column(&all, "matter_state").into_iter().collect();
        let steps = all.iter().map(|row| format!("{} {}", row["item"], row["step"]));
        (steps.collect::<Vec<_>>().join(", "), states.into_iter().collect::<Vec<_>>().join(" "))
    };
    let all = "d1:p1 issued, d1:p1 withdrawn, d2:p1 applied, d2:p1 issued";
    assert_eq!(on(""), (all.into(), "withdrawn".into()));
    // The first document does not say when; the second does.
    let then = "d1:p1 issued, d2:p1 applied, d2:p1 issued";
    assert_eq!(on("2025-12-31"), (then.into(), "active".into()));
    assert_eq!(on("2025-06-01"), ("d2:p1 applied".into(), "pending".into()));
    assert_eq!(on("2025-01-01"), (String::new(), String::new()));
    let first = &selected(&case, &Filter::default(), &[Kind::Proceeding])[0];
    assert_eq!(first.state(first.record.proceedings[0].id), Some(State::Withdrawn));
    let counts = case.store().counts().unwrap();
    assert_eq!((counts.entities, counts.matters), (2, 1));
}

#[test]
fn matters_are_counted_as_they_are_told() {
    let story = |day: &str, courts: &[&str], known: bool| {
        let mut story = Story::of(day, day);
        let orlo = story.person("Tavin Orlo", "General");
        let nobody = story.actor(&["soldiers"], ActorKind::Population, None);
        let courts = courts
            .iter()
            .map(|name| (!name.is_empty()).then(|| story.actor(&[name], ActorKind::Court, None)));
        for court in courts.collect::<Vec<_>>() {
            story.warrant(court, if known { orlo } else { nobody }, &[("issued", day)]);
        }
        story
    };
    for stories in [
        vec![story("2026-03-03", &["Court of Kesh"], true), story("2026-03-04", &[""], true)],
        vec![story("2026-03-03", &["Court of Kesh", "Court of Tarn", ""], true)],
        vec![story("2026-03-03", &["", ""], true), story("2026-03-04", &["", "Court"], false)],
        vec![story("2026-03-03", &["", ""], false)],
        vec![],
    ] {
        let (_folder, case) = case(stories);
        let matters = case.store().matters(None, None).unwrap().len();
        assert_eq!(case.store().counts().unwrap().matters, matters as u64);
    }
}
