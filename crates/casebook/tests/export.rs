//! What leaves a case for other programs says what the records say, and no more.
#![allow(clippy::unwrap_used, missing_docs)]

mod stories;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use onrecord_casebook::export::{
    Cell, ESF_TABLES, Entities, SHEETS, Sheet, csv_line, esf_head, esf_rows, event_days,
};
use onrecord_casebook::{Case, Error, Filter, Kind, Selected};
use serde_json::Value;

fn selected(case: &Case, kinds: &[Kind]) -> Vec<Selected> {
    let mut all = Vec::new();
    case.select(&Filter::default(), kinds, |selected| {
        all.push(selected);
        Ok::<(), Error>(())
    })
    .unwrap();
    all
}

/// The rows of a sheet by the names of its columns.
fn rows(case: &Case, name: &str) -> Vec<BTreeMap<&'static str, Cell>> {
    let sheet = Sheet::named(name).unwrap();
    let names: Vec<_> = sheet.columns().iter().map(|column| column.name).collect();
    let all = selected(case, sheet.kinds);
    let rows = all.iter().flat_map(|selected| sheet.rows(selected));
    rows.map(|row| {
        assert_eq!(row.len(), names.len());
        names.iter().copied().zip(row).collect()
    })
    .collect()
}

fn text(cell: &Cell) -> String {
    cell.to_string()
}

#[test]
fn every_row_names_its_item_and_has_its_very_words() {
    let folder = tempfile::tempdir().unwrap();
    let case = stories::case(&folder.path().join("case"));
    for sheet in &SHEETS {
        let rows = rows(&case, sheet.name);
        assert!(!rows.is_empty(), "{}", sheet.name);
        for row in rows {
            let id = case.document(&text(&row["document"])).unwrap().id;
            let record = case.store().record(id).unwrap().unwrap();
            assert!(text(&row["item"]).starts_with(&format!("{id}:")));
            let (Cell::Whole(start), Cell::Whole(end)) = (&row["start"], &row["end"]) else {
                // Only the agency, known from the document's metadata, may stand nowhere.
                assert_eq!(sheet.name, "actors");
                continue;
            };
            let place = usize::try_from(*start).unwrap()..usize::try_from(*end).unwrap();
            assert_eq!(record.document.text[place], text(&row["text"]), "{}", sheet.name);
        }
    }
}

#[test]
fn the_sheets_hold_what_the_records_hold() {
    let folder = tempfile::tempdir().unwrap();
    let case = stories::case(&folder.path().join("case"));
    let figures = rows(&case, "figures");
    let killed: Vec<_> = figures.iter().filter(|row| text(&row["counted"]) == "killed").collect();
    assert_eq!(killed.len(), 7);
    assert_eq!(
        (text(&killed[1]["low"]), text(&killed[1]["source"])),
        ("14".into(), "Doctors Abroad".into())
    );
    let allegations = rows(&case, "allegations");
    assert_eq!(
        text(&allegations[0]["responses"]),
        "defence ministry denies s2; ministry spokeswoman denies s8"
    );
    assert_eq!(text(&allegations[0]["accused"]), "army of Kesh");
    let proceedings = rows(&case, "proceedings");
    let steps: Vec<_> = proceedings.iter().map(|row| text(&row["step"])).collect();
    assert_eq!(steps[..4], ["applied", "issued", "withdrawn", "opened"]);
    let timeline = Sheet::named("timeline").unwrap();
    let days: Vec<_> = selected(&case, timeline.kinds)
        .iter()
        .flat_map(|selected| timeline.rows(selected))
        .map(|row| event_days(&row).unwrap())
        .collect();
    assert!(days.iter().all(|(first, last)| first <= last) && days.len() > 10);
}

#[test]
fn no_cell_is_a_formula() {
    let folder = tempfile::tempdir().unwrap();
    let case = stories::case(&folder.path().join("case"));
    let sheet = Sheet::named("statements").unwrap();
    let all = selected(&case, sheet.kinds);
    let cells = all.iter().flat_map(|selected| sheet.rows(selected)).flatten();
    let risky: Vec<String> =
        cells.map(|cell| text(&cell)).filter(|cell| cell.starts_with('=')).collect();
    assert!(!risky.is_empty(), "the valley's story has a sign that begins so");
    for cell in risky {
        let line = String::from_utf8(csv_line([cell.clone()])).unwrap();
        assert!(line.starts_with(&format!("'{}", &cell[..1])), "{line}");
    }
}

#[test]
fn a_copy_is_told_and_stands_behind_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = stories::case(&folder.path().join("case"));
    let mut copy = stories::taken(stories::CLINIC, "elsewhere.html");
    // The same story in another frame: other bytes, the same text.
    copy.original = std::sync::Arc::new(b"<html>another page</html>".to_vec());
    copy.key.original = onrecord_record::Sha256::of(&copy.original);
    let mut taking = case.taking();
    taking.take(copy).unwrap();
    taking.flush().unwrap();
    let all = selected(&case, &[Kind::Figure]);
    let told: Vec<_> = all.iter().map(|s| (s.row.id.to_string(), s.first.to_string())).collect();
    assert_eq!(told[0], ("d1".into(), "d1".into()));
    assert_eq!(told[2], ("d3".into(), "d1".into()));
    let figures = rows(&case, "figures");
    assert!(figures.iter().any(|row| text(&row["copy_of"]) == "d1"));
}

fn entities(case: &Case) -> Vec<Value> {
    let mut entities = Entities::of(&case.manifest().name);
    let kinds = [Kind::Statement, Kind::Allegation, Kind::Proceeding, Kind::Actor];
    selected(case, &kinds).iter().for_each(|selected| entities.add(selected));
    entities.lines().map(|line| serde_json::from_slice(&line).unwrap()).collect()
}

#[test]
fn entities_have_proofs_and_no_topics() {
    let folder = tempfile::tempdir().unwrap();
    let case = stories::case(&folder.path().join("case"));
    let all = entities(&case);
    let ids: BTreeSet<&str> = all.iter().map(|entity| entity["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), all.len());
    let mut schemas: BTreeMap<&str, usize> = BTreeMap::new();
    for entity in &all {
        let schema = entity["schema"].as_str().unwrap();
        *schemas.entry(schema).or_default() += 1;
        let properties = entity["properties"].as_object().unwrap();
        let whole = entity.to_string();
        assert!(!properties.contains_key("topics"), "{whole}");
        for topic in ["crime", "wanted", "sanction"] {
            let tells = |value: &Value| {
                value
                    .as_str()
                    .is_some_and(|value| value == topic || value.starts_with(&format!("{topic}.")))
            };
            assert!(!properties.values().flat_map(|v| v.as_array().unwrap()).any(tells), "{whole}");
        }
        if !["Article", "Mention"].contains(&schema) {
            let proof = properties["proof"][0].as_str().unwrap();
            assert!(ids.contains(proof), "{whole}");
        }
        for reference in ["resolved", "document", "subject", "object", "party", "case", "entity"] {
            for id in properties.get(reference).and_then(Value::as_array).into_iter().flatten() {
                assert!(ids.contains(id.as_str().unwrap()), "{reference}: {whole}");
            }
        }
    }
    assert_eq!((schemas["Article"], schemas["Event"], schemas["Note"]), (2, 5, 34));
    let is_accused =
        |e: &&Value| e["schema"] == "PublicBody" && e["properties"]["name"][0] == "army of Kesh";
    let accused = all.iter().find(is_accused).unwrap();
    let roles: Vec<_> = all
        .iter()
        .filter(|e| e["schema"] == "UnknownLink" && e["properties"]["subject"][0] == accused["id"])
        .map(|e| e["properties"]["role"][0].as_str().unwrap())
        .collect();
    assert_eq!(roles, ["is accused in the allegation"]);
}

#[test]
fn the_same_case_gives_the_same_entities() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    let case = stories::case(&path);
    assert_eq!(entities(&case), entities(&case));
    let other = stories::case(&folder.path().join("other"));
    let of = |case: &Case| entities(case)[0]["id"].clone();
    assert_ne!(of(&case), of(&other), "namesakes of two cases are not one");
}

#[test]
fn the_events_standard_formats_get_all_of_an_allegation() {
    let folder = tempfile::tempdir().unwrap();
    let case = stories::case(&folder.path().join("case"));
    let mut tables: Vec<Vec<BTreeMap<String, String>>> = vec![Vec::new(); ESF_TABLES.len()];
    for selected in selected(&case, &[Kind::Allegation]) {
        for (table, row) in esf_rows(&selected) {
            let head = esf_head(table);
            assert_eq!(head.len(), row.len(), "{}", ESF_TABLES[table].0);
            tables[table].push(head.into_iter().zip(row).collect());
        }
    }
    let [events, acts, persons, involvements, information] = tables.as_slice() else { panic!() };
    assert_eq!(events.len(), 5);
    assert_eq!(events[0]["event_title"], "alleged: shelling a clinic");
    assert_eq!(events[0]["violation_status"], "alleged");
    assert_eq!(events[0]["remarks"], "could not establish who had given the order");
    assert_eq!(acts[0]["international_instruments"], "rome-statute:8.2.b.ix");
    let numbers: BTreeSet<&String> = persons.iter().map(|p| &p["person_record_number"]).collect();
    for involvement in involvements {
        assert!(numbers.contains(&involvement["perpetrator"]));
        assert!(acts.iter().any(|act| act["act_record_number"] == involvement["act"]));
    }
    let said: Vec<_> = information
        .iter()
        .filter(|row| row["event"] == "d1:g1")
        .map(|row| row["source_connection_to_information"].as_str())
        .collect();
    assert_eq!(said, ["makes", "denies", "denies"]);
}

#[test]
fn an_export_is_an_act() {
    let folder = tempfile::tempdir().unwrap();
    let path: &Path = &folder.path().join("case");
    let mut case = stories::case(path);
    let hash = onrecord_record::Sha256::of(b"x");
    case.tell_export("ftm", "--speaker x", 3, &[(String::new(), hash)]).unwrap();
    let entry = case.store().entry(5).unwrap().unwrap();
    let act: Value = serde_json::from_slice(&entry.bytes).unwrap();
    assert_eq!(
        (&act["act"], &act["format"], &act["items"]),
        (&"export".into(), &"ftm".into(), &3.into())
    );
    assert_eq!((&act["asked"], &act["sha256"]), (&"--speaker x".into(), &hash.to_string().into()));
}

#[cfg(feature = "parquet")]
#[test]
fn a_parquet_file_reads_back() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let folder = tempfile::tempdir().unwrap();
    let case = stories::case(&folder.path().join("case"));
    let sheet = Sheet::named("figures").unwrap();
    let all = selected(&case, sheet.kinds);
    let rows: Vec<_> = all.iter().flat_map(|selected| sheet.rows(selected)).collect();
    let path = folder.path().join("figures.parquet");
    let file = std::fs::File::create(&path).unwrap();
    onrecord_casebook::export::parquet(&sheet.columns(), &rows, file).unwrap();
    let reader = SerializedFileReader::new(std::fs::File::open(&path).unwrap()).unwrap();
    let read: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
    assert_eq!(read.len(), rows.len());
    for (read, row) in read.iter().zip(&rows) {
        for ((name, field), (column, cell)) in
            read.get_column_iter().zip(sheet.columns().iter().zip(row))
        {
            assert_eq!(name, column.name);
            let told = match field {
                parquet::record::Field::Null => String::new(),
                parquet::record::Field::Str(text) => text.clone(),
                parquet::record::Field::Double(number) => number.to_string(),
                field => field.to_string(),
            };
            assert_eq!(told, cell.to_string(), "{name}");
        }
    }
}
