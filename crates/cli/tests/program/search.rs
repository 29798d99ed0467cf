//! Search, review and reading again, as people run them.

use crate::{Folder, Run, program, run, run_with};

const CLINIC: &[u8] =
    b"KESH, March 3 (NNA) - The defence ministry on Monday denied that its troops had \
shelled a clinic. At least 14 people were killed, Doctors Abroad said.\n";
const HARBOUR: &[u8] =
    b"KESH, March 4 (NNA) - The harbour office said the clinic was open on Tuesday.\n";

/// A case of two stories; gives its folder.
fn case(folder: &Folder) -> String {
    let case = folder.name("case");
    assert_eq!(run(&["case", "new", &case, "--by", "Ann"]).code, Some(0));
    let added = run(&[
        "case",
        "add",
        &case,
        &folder.name("clinic.txt"),
        &folder.name("harbour.txt"),
        "--published",
        "2026-03-05",
        "--by",
        "Ann",
    ]);
    assert_eq!(added.code, Some(0), "{}", added.says);
    case
}

fn stories() -> Folder {
    Folder::with(&[("clinic.txt", CLINIC), ("harbour.txt", HARBOUR)])
}

fn lines(run: &Run) -> Vec<serde_json::Value> {
    run.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn words_and_items_are_found() {
    let folder = stories();
    let case = case(&folder);
    let page = run(&["search", &case, "clinic"]);
    assert_eq!(page.code, Some(0));
    assert!(
        page.text().contains("shelled a clinic") && page.text().contains("d2"),
        "{}",
        page.text()
    );
    let json = run(&["search", &case, "speaker:ministry", "act:deny", "-f", "json"]).json();
    let item = &json["documents"][0]["items"][0];
    assert_eq!(item["statement"]["act"], "deny", "{json:#}");
    let hits = lines(&run(&["search", &case, "clinic NOT harbour", "-f", "jsonl"]));
    assert_eq!(hits.len(), 1);
    let found = &hits[0]["passages"][0]["found"][0];
    let start = usize::try_from(found["start"].as_u64().unwrap()).unwrap();
    assert_eq!(&CLINIC[start..start + 6], b"clinic");
    let none = run(&["search", &case, "lighthouse"]);
    assert_eq!((none.code, none.text()), (Some(1), ""));
    for (query, says) in [
        ("act:denied", "at character 5: `denied` is none of its values"),
        ("clinic spaeker:x", "at character 8: `spaeker` is no filter"),
        ("document:d9", "d9: no document of this case"),
    ] {
        let wrong = run(&["search", &case, query]);
        assert_eq!(wrong.code, Some(2), "{query}");
        assert!(wrong.says.contains(says), "{}", wrong.says);
        assert_eq!(wrong.says.lines().count(), 1);
    }
}

#[test]
fn decisions_are_made_shown_and_exported() {
    let folder = stories();
    let case = case(&folder);
    let listed = run(&["review", &case, "--document", "d1", "-f", "json", "--by", "Ann"]).json();
    let of = |kind: &str| {
        let item = listed.as_array().unwrap().iter().find(|item| item["kind"] == kind);
        item.unwrap()["id"].as_str().unwrap().to_owned()
    };
    let (statement, figure) = (of("statement"), of("figure"));
    for by in ["Ann", "Ben"] {
        let blind = run(&[
            "review",
            &case,
            "correct",
            &figure,
            "counted=injured",
            "approximate=true",
            "--reason",
            "hurt, not dead",
            "--by",
            by,
            "--blind",
        ]);
        assert_eq!(blind.code, Some(0), "{}", blind.says);
    }
    assert_eq!(run(&["review", &case, "accept", &statement, "--by", "Ann"]).code, Some(0));
    let reject = ["review", &case, "reject", &statement, "--reason", "none", "--by", "Ben"];
    assert_eq!(run(&reject).code, Some(0));
    let shown = run(&["case", "show", &case, "d1"]);
    for part in ["Review", "accepted by Ann", "rejected by Ben (none)", "counted=injured"] {
        assert!(shown.text().contains(part), "{part}: {}", shown.text());
    }
    let agreement = run(&["review", &case, "agreement", "-f", "jsonl"]);
    let of_figures = lines(&agreement).into_iter().find(|line| line["kind"] == "figure").unwrap();
    assert_eq!((&of_figures["items"], &of_figures["decisions"]), (&1.into(), &2.into()));
    let exported = folder.name("corrections.jsonl");
    assert_eq!(run(&["review", &case, "export", "--output", &exported]).code, Some(0));
    let exported = std::fs::read_to_string(exported).unwrap();
    let examples: Vec<serde_json::Value> =
        exported.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(examples.len(), 4);
    assert_eq!(examples[0]["after"]["counted"], "injured");
    assert!(examples[0]["text"].as_str().unwrap().contains("shelled"));
    for (wrong, says) in [
        (vec!["correct", &statement, "act=denied", "--reason", "x"], "unknown variant `denied`"),
        (vec!["accept", "d1:s99"], "no item of this case"),
        (vec!["reject", &statement, "--reason", " "], "tell why"),
        (vec!["reject", &statement], "--reason"),
        (vec!["--limit", "3", "agreement"], "leave them out"),
    ] {
        let arguments: Vec<&str> = ["review", &case].into_iter().chain(wrong).collect();
        let wrong = run(&arguments);
        assert_eq!(wrong.code, Some(2), "{arguments:?}");
        assert!(wrong.says.contains(says), "{}", wrong.says);
    }
    // Who reviews can come from the environment.
    let list =
        run_with(program().args(["review", &case, "--blind"]).env("ONRECORD_BY", "Ann"), b"");
    assert!(!list.text().contains("Ben"), "{}", list.text());
}

#[test]
fn documents_are_read_again_as_they_were_read() {
    let folder = Folder::with(&[
        ("clinic.txt", CLINIC),
        ("two.jsonl", b"{\"text\": \"The mayor said yes.\"}\n{\"text\": \"The mayor said no.\"}\n"),
        ("two.json", b"{\"text\": \"The union said yes.\"}\n{\"text\": \"The union said no.\"}\n"),
    ]);
    let case = folder.name("case");
    assert_eq!(run(&["case", "new", &case]).code, Some(0));
    let stories = [folder.name("clinic.txt"), folder.name("two.jsonl"), folder.name("two.json")];
    let [one, two, three] = &stories;
    let added = run(&["case", "add", &case, one, two, three, "--published", "2026-03-05"]);
    assert_eq!(added.code, Some(0), "{}", added.says);
    let again = run(&["case", "reread", &case]);
    assert_eq!(again.code, Some(0), "{}", again.says);
    assert!(again.text().contains("5 were read by this version already"), "{}", again.text());
    let all = run(&["case", "reread", &case, "--all", "--jobs", "2"]);
    let expected = "5 documents read again: 0 differ, 5 give the same record";
    assert!(all.text().contains(expected), "{}{}", all.text(), all.says);
    assert_eq!(run(&["case", "reread", &case, "d1", "--all", "-f", "json"]).text(), "");
    assert_eq!(run(&["case", "reread", &case, "d9"]).code, Some(2));
    let original = walk(&folder.path("case").join("originals"));
    std::fs::remove_file(&original).unwrap();
    let lost = run(&["case", "reread", &case, "--all"]);
    assert_eq!(lost.code, Some(1));
    assert!(lost.says.contains("restore this file from a copy"), "{}", lost.says);
}

/// The first file in a folder.
fn walk(folder: &std::path::Path) -> std::path::PathBuf {
    let first = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    if first.is_dir() { walk(&first) } else { first }
}
