//! `--min-confidence`: what is less sure is gone from every view and format, and the record says so.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::{Folder, fixture, program, run, run_with};

/// The values of `key` in a list of a record.
fn ids(record: &Value, list: &str, key: &str) -> BTreeSet<String> {
    let items = record[list].as_array().unwrap().iter();
    items.filter_map(|item| item[key].as_str()).map(str::to_owned).collect()
}

fn at_least(least: &str, format: &str) -> crate::Run {
    run(&["show", &fixture("valley.json"), "-f", format, "--min-confidence", least])
}

#[test]
fn what_is_less_sure_goes_with_all_that_rests_on_it() {
    let whole: Value = serde_json::from_slice(&fs::read(fixture("valley.json")).unwrap()).unwrap();
    let run = at_least("0.87", "json");
    assert_eq!((run.code, run.says.as_str()), (Some(0), ""));
    let part = run.json();
    let kept = ids(&part, "statements", "id");
    for statement in whole["statements"].as_array().unwrap() {
        let id = statement["id"].as_str().unwrap();
        let sure = statement["confidence"].as_f64().unwrap() >= 0.87;
        assert!(sure || !kept.contains(id), "{id}");
        assert!(!sure || kept.contains(id), "{id}: nothing that is sure lies within what is not");
    }
    // s12, who counts the dead, is less sure: its figures go, and the checks that need them.
    assert_eq!(
        ids(&part, "figures", "id").into_iter().collect::<Vec<_>>(),
        ["f1", "f6", "f7", "f8", "f9"]
    );
    assert_eq!(part["checks"].as_array().unwrap().len(), 2);
    // g4 rests on s16 alone.
    assert_eq!(ids(&part, "allegations", "id").into_iter().collect::<Vec<_>>(), ["g1", "g2", "g3"]);
    assert_eq!(part["allegations"][0]["responses"], serde_json::json!([]));
    assert_eq!(part["allegations"][1]["responses"].as_array().unwrap().len(), 1);
    let notice = part["document"]["notices"].as_array().unwrap().last().unwrap();
    assert_eq!(notice["kind"], "partial");
    let says = notice["says"].as_str().unwrap();
    let went = "12 statements, 1 allegation, 4 figures, 5 links and 2 checks.";
    assert!(says.ends_with(went), "{says}");
    assert!(says.contains("below confidence 0.87"), "{says}");

    let valid = run_with(program().args(["validate", "-"]), part.to_string().as_bytes());
    assert_eq!(valid.code, Some(0), "{}", valid.text());
    let mut unsaid = part.clone();
    unsaid["document"]["notices"] = serde_json::json!([]);
    let valid = run_with(program().args(["validate", "-"]), unsaid.to_string().as_bytes());
    assert_eq!(valid.code, Some(1), "a record with gaps says that it is partial");
}

#[test]
fn what_lies_within_what_is_less_sure_goes_with_it_however_sure() {
    let text = fs::read_to_string(fixture("valley.json")).unwrap();
    let mut record: Value = serde_json::from_str(&text).unwrap();
    record["statements"][7]["confidence"] = serde_json::json!(0.1);
    let mut command = program();
    command.args(["show", "-", "-f", "json", "--min-confidence", "0.2"]);
    let part = run_with(&mut command, record.to_string().as_bytes()).json();
    let kept = ids(&part, "statements", "id");
    for gone in ["s8", "s9", "s10"] {
        assert!(!kept.contains(gone), "{gone} lies within s8");
    }
    assert_eq!(kept.len(), 16);
}

fn valley() -> Value {
    serde_json::from_str(&fs::read_to_string(fixture("valley.json")).unwrap()).unwrap()
}

/// What is at 0.5 and above of the record of `valley.json`, once for each place with an item there that
/// is less sure.
fn without(places: &[String]) -> Vec<Value> {
    let lines = places.iter().map(|place| {
        let mut record = valley();
        *record.pointer_mut(&format!("{place}/confidence")).unwrap() = serde_json::json!(0.1);
        format!("{record}\n")
    });
    let mut command = program();
    command.args(["show", "-", "-f", "jsonl", "--min-confidence", "0.5"]);
    let run = run_with(&mut command, lines.collect::<String>().as_bytes());
    let parts: Vec<Value> =
        run.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (part, place) in parts.iter().zip(places) {
        let record: onrecord_record::Record = serde_json::from_value(part.clone()).unwrap();
        assert_eq!(record.breaches(), [], "{place}");
    }
    assert_eq!(parts.len(), places.len());
    parts
}

#[test]
fn any_item_can_go_alone_and_nothing_is_left_dangling() {
    let whole = valley();
    let lists = whole.as_object().unwrap().iter();
    let items = lists.filter_map(|(list, items)| Some((list, items.as_array()?)));
    let items = items.flat_map(|(list, all)| (0..all.len()).map(move |place| (list, place)));
    let items: Vec<(&String, usize)> = items.collect();
    assert!(items.len() > 70, "{}", items.len());
    let places: Vec<String> = items.iter().map(|(list, at)| format!("/{list}/{at}")).collect();
    for (part, (list, place)) in without(&places).iter().zip(items) {
        let (left, all) = (part[list].as_array().unwrap(), whole[list].as_array().unwrap());
        assert!(left.len() < all.len() && !left.contains(&all[place]), "{list} {place}");
        assert_eq!(part["document"]["notices"][0]["kind"], "partial");
    }
}

#[test]
fn what_names_an_actor_or_a_time_that_went_stays_without_it() {
    let whole = valley();
    let said = whole["statements"][0]["said"]["time"].as_str().unwrap();
    let time = whole["times"].as_array().unwrap().iter().position(|time| time["id"] == said);
    let places = ["/actors/1".to_owned(), format!("/times/{}", time.unwrap())];
    let [actor, time] = without(&places).try_into().unwrap();
    assert_eq!(whole["statements"][0]["source"]["actor"], "a2");
    let source = &actor["statements"][0]["source"];
    assert_eq!((&source["kind"], &source["actor"]), (&"unnamed".into(), &Value::Null));
    assert!(!source["span"].is_null(), "its words stay");
    assert_eq!(time["statements"][0]["said"], Value::Null);
}

#[test]
fn a_proceeding_goes_with_the_step_that_gives_its_state() {
    let steps = valley()["proceedings"][0]["steps"].as_array().unwrap().len();
    assert!(steps > 1);
    let step = |at: usize| format!("/proceedings/0/steps/{at}");
    let [first, last] = without(&[step(0), step(steps - 1)]).try_into().unwrap();
    assert_eq!(first["proceedings"][0]["id"], "p1");
    assert_eq!(first["proceedings"][0]["steps"].as_array().unwrap().len(), steps - 1);
    assert_ne!(last["proceedings"][0]["id"], "p1");
}

#[test]
fn every_view_and_format_leaves_out_the_same() {
    let kept = ids(&at_least("0.87", "json").json(), "statements", "id");
    let ids = |text: &str, before: &str, after: &[char]| -> BTreeSet<String> {
        let parts = text.split(before).skip(1);
        let ids = parts.filter_map(|rest| rest.split(after).next());
        ids.filter(|id| id.parse::<onrecord_record::StatementId>().is_ok())
            .map(str::to_owned)
            .collect()
    };
    let text = at_least("0.87", "text");
    let named: BTreeSet<String> = text
        .text()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.parse::<onrecord_record::StatementId>().is_ok())
        .map(str::to_owned)
        .collect();
    assert_eq!(named, kept);
    assert!(text.text().contains("Partial: left out is what is below confidence 0.87"));
    let html = at_least("0.87", "html");
    assert_eq!(ids(html.text(), "d1-", &['"', '-', ' ']), kept);
    assert!(html.text().contains("Partial: left out is what is below confidence 0.87"));
    let jsonld = at_least("0.87", "jsonld");
    assert_eq!(ids(jsonld.text(), "#", &['"', '.']), kept);
    let folder = Folder::with(&[]);
    let out = folder.name("tables");
    let arguments = ["show", &fixture("valley.json"), "-f", "csv", "-o", &out];
    let run = run(&[&arguments[..], &["--min-confidence", "0.87"]].concat());
    assert_eq!(run.code, Some(0), "{}", run.says);
    let mut cells = BTreeSet::new();
    for entry in fs::read_dir(&out).unwrap() {
        let table = fs::read_to_string(entry.unwrap().path()).unwrap();
        let ids = table.split(|c: char| !c.is_alphanumeric());
        let ids = ids.filter(|word| word.parse::<onrecord_record::StatementId>().is_ok());
        cells.extend(ids.map(str::to_owned));
    }
    assert_eq!(cells, kept);
}

#[test]
fn nothing_below_nought_changes_nothing_and_nobody_is_wholly_sure() {
    for format in ["json", "text", "html", "jsonld"] {
        let whole = run(&["show", &fixture("valley.json"), "-f", format]);
        assert!(at_least("0", format).out == whole.out, "{format}");
    }
    let none = at_least("1", "json").json();
    let lists = none.as_object().unwrap().iter().filter(|(_, value)| value.is_array());
    let mut count = 0;
    for (list, items) in lists {
        assert_eq!(*items, serde_json::json!([]), "{list}");
        count += 1;
    }
    assert_eq!(count, 8);
    let page = at_least("1", "html");
    assert!(page.text().contains("19 statements, 4 allegations"));
}

#[test]
fn a_share_out_of_range_is_named_with_what_would_do() {
    for bad in ["2", "-0.5", "NaN", "inf", "80%", ""] {
        let run = at_least(bad, "json");
        assert_eq!(run.code, Some(2), "{bad}");
        assert!(run.says.contains("expected a number from 0 to 1, such as 0.8"), "{}", run.says);
    }
}
