//! Tables: whole, joined by their ids, safe in a spreadsheet.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::{Folder, STORY, example, fixture, run};

/// A table as a reader of RFC 4180 reads it: its head, and its rows by the names of the columns.
struct Table {
    head: Vec<String>,
    rows: Vec<BTreeMap<String, String>>,
}

fn table(folder: &Path, name: &str) -> Table {
    let bytes = fs::read(folder.join(format!("{name}.csv"))).unwrap();
    let mut reader = csv::ReaderBuilder::new().from_reader(bytes.as_slice());
    let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        head.iter().cloned().zip(row.iter().map(str::to_owned)).collect()
    });
    let rows = rows.collect();
    Table { head, rows }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names.iter().map(|name| name.strip_suffix(".csv").unwrap().to_owned()).collect()
}

#[test]
fn the_tables_hold_the_record_with_every_column_documented() {
    let folder = Folder::with(&[]);
    let out = folder.path("tables");
    let run = run(&["show", &fixture("valley.json"), "-f", "csv", "-o", out.to_str().unwrap()]);
    assert_eq!((run.code, run.says.as_str(), run.out.len()), (Some(0), "", 0));
    let record: serde_json::Value =
        serde_json::from_slice(&fs::read(fixture("valley.json")).unwrap()).unwrap();
    let text = record["document"]["text"].as_str().unwrap();
    let documented = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/formats.md");
    let documented = fs::read_to_string(documented).unwrap();
    let names = names(&out);
    assert_eq!(names.len(), 21);
    for name in &names {
        let table = table(&out, name);
        assert_eq!(table.head[..2], ["document", "file"]);
        let line = documented.lines().find(|line| line.starts_with(&format!("| `{name}` |")));
        let columns: Vec<&str> = line.unwrap().rsplit('|').nth(1).unwrap().split('`').collect();
        let columns = columns.iter().skip(1).step_by(2).filter(|column| **column != " … ");
        assert_eq!(columns.collect::<Vec<_>>(), table.head[2..].iter().collect::<Vec<_>>());
        if let Some(list) = record[name].as_array() {
            assert_eq!(table.rows.len(), list.len(), "{name}");
        }
        for row in &table.rows {
            assert_eq!(row["document"], record["document"]["id"].as_str().unwrap());
            for cell in row.values() {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{name}: {cell}");
            }
            if let (Some(start), Some(end)) = (row.get("start"), row.get("end")) {
                let words = &text[start.parse().unwrap()..end.parse().unwrap()];
                let cell = row["text"].as_str();
                assert!(cell == words || cell.strip_prefix('\'') == Some(words), "{name}: {cell}");
            }
        }
    }
    let contents = table(&out, "contents");
    assert!(contents.rows.iter().any(|row| row["text"] == "'=JUSTICE for the 251"));
    let steps = table(&out, "steps");
    let warrant = steps.rows.iter().filter(|row| row["proceeding"] == "p1");
    let warrant: Vec<_> = warrant.map(|row| (row["turn"].as_str(), row["step"].as_str())).collect();
    assert_eq!(warrant, [("1", "applied"), ("2", "issued"), ("3", "withdrawn")]);
}

#[test]
fn several_documents_share_the_tables_and_what_was_not_read_keeps_its_place() {
    let folder = Folder::with(&[("a.txt", STORY), ("b.txt", b"")]);
    let out = folder.path("tables");
    let paths = [folder.name("a.txt"), folder.name("b.txt"), example("clinic.txt")];
    let written = |jobs: &str, out: &Path| {
        let to = out.to_str().unwrap();
        let run =
            run(&["read", &paths[0], &paths[1], &paths[2], "-f", "csv", "-o", to, "-j", jobs]);
        assert_eq!(run.code, Some(1));
        assert_eq!(run.says.lines().count(), 1, "{}", run.says);
        names(out).iter().map(|name| fs::read(out.join(format!("{name}.csv"))).unwrap()).collect()
    };
    let one: Vec<Vec<u8>> = written("1", &out);
    let two: Vec<Vec<u8>> = written("2", &folder.path("others"));
    assert!(one == two);
    let documents = table(&out, "documents");
    let files: Vec<_> = documents.rows.iter().map(|row| row["file"].as_str()).collect();
    assert_eq!(files, paths.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(documents.rows[1]["error_kind"], "empty");
    assert!(documents.rows[1]["error"].contains("holds no text"));
    assert_eq!(
        (documents.rows[1]["document"].as_str(), documents.rows[0]["error"].as_str()),
        ("", "")
    );
    let statements = table(&out, "statements");
    for file in [&paths[0], &paths[2]] {
        assert!(statements.rows.iter().any(|row| row["file"] == *file && row["id"] == "s1"));
    }
}

#[test]
fn standard_output_and_files_are_refused_with_one_line() {
    let folder = Folder::with(&[("a.txt", STORY), ("out.csv", b"old")]);
    let story = folder.name("a.txt");
    for output in [vec![], vec!["-o", "-"], vec!["-o", &folder.name("out.csv")]] {
        for command in [["read", &story], ["show", &fixture("rich.json")]] {
            let run = run(&[&command[..], &["-f", "csv"], &output].concat());
            assert_eq!(run.code, Some(2), "{output:?}");
            assert!(run.out.is_empty());
            assert_eq!(run.says.lines().count(), 1, "{}", run.says);
            assert!(run.says.contains("--output FOLDER"), "{}", run.says);
        }
    }
    assert_eq!(fs::read(folder.path("out.csv")).unwrap(), b"old");
    let run = run(&["read", &story, "-f", "csv", "-o", &folder.name("none/tables")]);
    assert_eq!(run.code, Some(1));
    assert!(run.says.contains("folder does not exist"), "{}", run.says);
}

#[test]
fn where_nothing_is_read_the_tables_that_stood_there_stay() {
    let folder = Folder::with(&[("actors.csv", b"old")]);
    let out = folder.0.path().to_str().unwrap();
    let run = run(&["read", &folder.name("gone.txt"), "-f", "csv", "-o", out]);
    assert_eq!(run.code, Some(1));
    assert_eq!(names(folder.0.path()), ["actors"]);
    assert_eq!(fs::read(folder.path("actors.csv")).unwrap(), b"old");
}
