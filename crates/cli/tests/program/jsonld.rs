//! JSON-LD: every span a Web Annotation, every id an IRI that leads somewhere, nobody's claims but
//! their sources'.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::{Folder, STORY, fixture, program, run, run_with};

fn record(name: &str) -> Value {
    serde_json::from_slice(&fs::read(fixture(name)).unwrap()).unwrap()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap()
}

/// Calls `each` with every object and every string inside a value.
fn walk<'v>(value: &'v Value, each: &mut impl FnMut(&'v Value)) {
    each(value);
    match value {
        Value::Object(map) => map.values().for_each(|value| walk(value, each)),
        Value::Array(list) => list.iter().for_each(|value| walk(value, each)),
        _ => {}
    }
}

#[test]
fn every_span_is_an_annotation_in_code_points_that_finds_its_words() {
    for name in ["rich.json", "valley.json"] {
        let record = record(name);
        let object = run(&["show", &fixture(name), "-f", "jsonld"]).json();
        let text = object["document"]["text"].as_str().unwrap();
        assert_eq!(text, record["document"]["text"]);
        let points: Vec<char> = text.chars().collect();
        let part = |from: usize, to: usize| points[from..to].iter().collect::<String>();
        let mut told: Vec<(usize, String)> = Vec::new();
        let mut beyond_ascii = 0;
        for annotation in list(&object, "annotations") {
            assert_eq!(annotation["target"]["source"], object["document"]["id"]);
            let [place, quote] = list(&annotation["target"], "selector") else { panic!() };
            let offset = |key: &str| usize::try_from(place[key].as_u64().unwrap()).unwrap();
            let (start, end) = (offset("start"), offset("end"));
            let words = |key: &str| quote[key].as_str().unwrap();
            assert_eq!(part(start, end), words("exact"));
            assert_eq!(part(start.saturating_sub(32), start), words("prefix"));
            assert_eq!(part(end, (end + 32).min(points.len())), words("suffix"));
            let byte = part(0, start).len();
            beyond_ascii += usize::from(byte != start);
            told.push((byte, words("exact").to_owned()));
        }
        assert!(beyond_ascii > 20, "{name}");
        let mut spans: Vec<(usize, String)> = Vec::new();
        walk(&record, &mut |value| {
            if let (Some(start), Some(words)) = (value["start"].as_u64(), value["text"].as_str()) {
                spans.push((usize::try_from(start).unwrap(), words.to_owned()));
            }
        });
        told.sort();
        spans.sort();
        assert_eq!(told, spans, "{name}");
    }
}

#[test]
fn every_id_is_an_iri_of_the_document_and_every_reference_leads_to_one() {
    let record = record("valley.json");
    let object = run(&["show", &fixture("valley.json"), "-f", "jsonld"]).json();
    let document = format!("urn:{}", record["document"]["id"].as_str().unwrap());
    let mut known = BTreeSet::new();
    let mut referred = BTreeSet::new();
    walk(&object, &mut |value| {
        if let Some(id) = value["id"].as_str() {
            assert!(known.insert(id), "{id} stands twice");
        }
        if let Some(words) = value.as_str() {
            assert!(words.parse::<onrecord_record::ItemId>().is_err(), "{words} is no IRI");
            if words.starts_with(&document) {
                referred.insert(words);
            }
        }
    });
    assert!(known.is_superset(&referred), "{:?}", referred.difference(&known).collect::<Vec<_>>());
    for item in ["", "#record", "#s1", "#s1.cue", "#g2.conduct.2", "#s6.denies.s1", "#sum.f2.f3.f4"]
    {
        assert!(known.contains(format!("{document}{item}").as_str()), "{item}");
    }
}

#[test]
fn a_statement_is_a_claim_of_its_source_and_of_nobody_else() {
    let object = run(&["show", &fixture("valley.json"), "-f", "jsonld"]).json();
    let document = object["document"]["id"].as_str().unwrap();
    let mut negated = 0;
    for statement in list(&object, "statements") {
        if statement["polarity"] == "negated" {
            negated += 1;
            assert_eq!(statement["type"], "Statement");
            assert!(statement.get("author").is_none() && statement.get("appearance").is_none());
            continue;
        }
        assert_eq!(statement["type"], serde_json::json!(["Statement", "Claim"]));
        assert_eq!(statement["appearance"], document);
        match statement["source"]["actor"].as_str() {
            Some(actor) => assert_eq!(statement["author"], actor),
            None => assert!(statement["author"]["name"].is_string(), "{statement}"),
        }
        assert!(statement["text"].as_str().unwrap().len() > 10);
    }
    assert_eq!(negated, 1);
}

#[test]
fn the_context_is_embedded_and_the_making_is_told() {
    let object = run(&["show", &fixture("valley.json"), "-f", "jsonld"]).json();
    walk(&object, &mut |value| {
        if let Some(context) = value.get("@context") {
            assert!(context.is_object(), "{context} would be looked up");
        }
    });
    let reading = &object["generatedBy"];
    assert_eq!(reading["type"], "Activity");
    assert_eq!(reading["used"][0], object["document"]["id"]);
    assert_eq!(reading["used"][1]["id"], "urn:onrecord:pack:en@3");
    assert!(reading["used"][2]["id"].as_str().unwrap().starts_with("urn:sha256:5e"));
    assert_eq!(reading["associatedWith"]["type"], "SoftwareAgent");
    assert_eq!(object["document"]["derivedFrom"], object["document"]["source"]["id"]);
    assert_eq!(object["times"][0]["derivedFrom"], object["document"]["id"]);
    assert_eq!(object["times"][0]["timex"], "DATE");
    let plain = run(&["show", &fixture("rich.json"), "-f", "jsonld"]).json();
    assert!(plain["document"].get("derivedFrom").is_none(), "the text is its own original");
}

#[test]
fn several_documents_are_lines_or_files() {
    let folder = Folder::with(&[("a.txt", STORY), ("b.txt", b""), ("c.txt", STORY)]);
    let paths = [folder.name("a.txt"), folder.name("b.txt"), folder.name("c.txt")];
    let arguments = ["read", &paths[0], &paths[1], &paths[2], "-f", "jsonld"];
    let lines = run(&arguments);
    assert_eq!(lines.code, Some(1));
    let values: Vec<Value> =
        lines.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(values.len(), 3);
    assert_eq!(values[1]["error"]["kind"], "empty");
    let to = format!("{}/", folder.name("out"));
    let files = run_with(program().args(arguments).args(["-o", &to]), b"");
    assert_eq!((files.code, files.out.len()), (Some(1), 0));
    let mut names: Vec<_> =
        fs::read_dir(&to).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["a.jsonld", "c.jsonld"]);
    let first = fs::read_to_string(format!("{to}a.jsonld")).unwrap();
    assert_eq!(first.strip_suffix('\n'), lines.text().lines().next());
}
