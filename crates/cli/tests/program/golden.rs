//! The views, held against what they were when somebody last looked at them. The files change by
//! `UPDATE_GOLDEN=1 cargo test -p onrecord-cli --test program golden`, never by a failing test.

use std::path::Path;

use crate::{example, fixture, program, run_with};

fn held(name: &str, arguments: &[&str], input: &[u8]) {
    let run = run_with(program().args(arguments), input);
    assert_eq!((run.code, run.says.as_str()), (Some(0), ""));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1") {
        std::fs::write(&path, &run.out).unwrap();
        return;
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = golden.lines().zip(run.text().lines()).position(|(old, new)| old != new);
    assert!(
        golden == run.text(),
        "{name} is not what it was, from line {:?}; look at it, then UPDATE_GOLDEN=1",
        differs.map(|at| at + 1)
    );
}

#[test]
fn golden_text_page() {
    held("rich.txt", &["show", &fixture("rich.json")], b"");
}

#[test]
fn golden_text_page_of_a_narrow_terminal_in_colour() {
    let record = fixture("rich.json");
    held("rich.ansi", &["show", &record, "--width", "60", "--color", "always"], b"");
}

#[test]
fn golden_html_page() {
    held("rich.html", &["show", &fixture("rich.json"), "-f", "html"], b"");
}

#[test]
fn golden_pages_of_a_record_with_every_kind_of_value() {
    held("valley.txt", &["show", &fixture("valley.json")], b"");
    held("valley.html", &["show", &fixture("valley.json"), "-f", "html"], b"");
}

#[test]
fn golden_table_of_times() {
    let story = std::fs::read(example("clinic.txt")).unwrap();
    held("times.txt", &["times", "-"], &story);
}
