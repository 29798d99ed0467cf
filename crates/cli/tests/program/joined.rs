//! What belongs together across documents, as views, dossiers and `onrecord case status` show it.

use std::fs;

use crate::{Folder, done};

const ACCUSED: &str = "Clinic shelled in Sorrel

MARENTH, March 3, 2026 (NNA) — The charity Doctors Abroad on Tuesday accused the Harbour Front of shelling a clinic in the port town of Sorrel on February 24.

Doctors Abroad said on Tuesday that at least 14 people were killed in Sorrel on February 24.
";

/// A denial of what another document alleges.
const DENIED: &str = "Harbour Front answers

TARN, March 4, 2026 (NNA) — The Harbour Front on Wednesday denied shelling a clinic in the port town of Sorrel on February 24.
";

/// A toll that is lower than before.
const COUNTED: &str = "Doctors count the dead

MARENTH, March 5, 2026 (NNA) — Doctors Abroad said on Thursday that nine people were killed in Sorrel on February 24.
";

/// A case with these stories, as d1, d2, …
fn case(stories: &[&str]) -> (Folder, String) {
    let names: Vec<String> = (1..=stories.len()).map(|number| format!("{number}.txt")).collect();
    let files = names.iter().zip(stories).map(|(name, text)| (name.as_str(), text.as_bytes()));
    let folder = Folder::with(&files.collect::<Vec<_>>());
    let case = folder.name("case");
    done(&["case", "new", &case]);
    for name in &names {
        done(&["case", "add", &case, &folder.name(name)]);
    }
    (folder, case)
}

fn text(view: &str, case: &str) -> String {
    done(&[view, case, "--width", "200", "--color", "never"]).text().to_owned()
}

#[test]
fn figures_stand_in_series_and_what_does_not_agree_behind_them() {
    let (folder, case) = case(&[ACCUSED, DENIED, COUNTED]);
    let shown = text("figures", &case);
    let heads: Vec<&str> = shown.split("\n\n").filter_map(|group| group.lines().next()).collect();
    assert_eq!(heads.len(), 2, "{shown}");
    assert!(heads[0].contains("· Sorrel · Tue 24 February 2026 · from 9 to 14 ·"), "{shown}");
    assert!(heads[0].ends_with("2 entries in 2 reports"), "{shown}");
    assert!(
        heads[1].starts_with("Does not agree: a count that can only grow falls · d1:f1, d3:f1")
    );
    let alone = done(&["figures", &case, "--document", "d2", "-f", "text"]);
    assert_eq!(alone.text(), "");
    let tables = folder.name("tables");
    done(&["case", "export", &case, "-f", "csv", "-o", &tables]);
    let table = fs::read_to_string(folder.path("tables").join("findings.csv")).unwrap();
    assert_eq!(table, "finding,kind,document,item\r\n1,falls,d1,d1:f1\r\n1,falls,d3,d3:f1\r\n");
    let status = done(&["case", "status", &case, "--findings", "-f", "json"]).json();
    assert_eq!((&status["series"], &status["findings"]), (&1.into(), &1.into()));
    assert_eq!((&status["copied"], &status["matters"]), (&0.into(), &0.into()));
}

#[test]
fn a_dossier_has_the_answers_of_other_documents_with_all_that_proves_them() {
    let (folder, case) = case(&[ACCUSED, DENIED]);
    let page = folder.name("page.html");
    done(&["dossier", &case, "--document", "d1", "-o", &page]);
    let shown = fs::read_to_string(&page).unwrap();
    let answer = shown.find("denies d1:s1 · in another document: d2, NNA").unwrap();
    assert!(shown[answer..].contains("<q data-words=\"d2 "), "its passage");
    done(&["dossier", &case, "--document", "d2", "-o", &page]);
    let shown = fs::read_to_string(&page).unwrap();
    assert!(shown.contains("denies d1:s1 in another document"));
    let archive = folder.name("dossier.zip");
    done(&["dossier", &case, "--document", "d1", "-o", &archive]);
    let verified = done(&["verify", &archive]);
    assert!(verified.text().contains("2 are what was read"), "{}", verified.text());
    assert!(verified.text().ends_with("dossier.zip holds\n"));
}

#[test]
fn copies_are_one_entry_and_one_report() {
    let copy = ACCUSED.replace("Clinic shelled in Sorrel", "Charity: clinic in Sorrel was shelled");
    let (_folder, case) = case(&[ACCUSED, &copy]);
    let shown = text("allegations", &case);
    assert!(
        shown.starts_with("Against Harbour Front · by 1 source by name · 1 entry in 1 report\n")
    );
    assert!(shown.contains(", and in 1 copy: d2:g1"), "{shown}");
    let status = done(&["case", "status", &case]);
    assert!(status.text().contains("\ncopied      1 story\n"), "{}", status.text());
}

#[test]
fn actors_are_whom_a_ruling_says_they_are() {
    let (_folder, case) = case(&[ACCUSED, DENIED]);
    let heads = |shown: &str| {
        let heads = shown.split("\n\n").filter_map(|group| group.lines().next());
        heads.map(str::to_owned).collect::<Vec<_>>()
    };
    let before = heads(&text("actors", &case));
    assert!(before.iter().any(|head| head.contains("Harbour Front") && head.contains("2 reports")));
    done(&["case", "split", &case, "e3", "d2:a2", "--reason", "another front"]);
    let after = heads(&text("actors", &case));
    assert_eq!(after.len(), before.len() + 1, "{after:?}");
}
