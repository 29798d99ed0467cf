//! `onrecord case merge` and `onrecord case split`.

use crate::{Folder, example, run};

#[test]
fn entities_are_merged_and_split_by_hand_with_a_reason() {
    let folder = Folder::with(&[]);
    let case = folder.name("case");
    let does = |arguments: &[&str], code: i32, words: &str| {
        let arguments = [&["case"], arguments].concat();
        let run = run(&arguments);
        assert_eq!(run.code, Some(code), "{arguments:?}: {}", run.says);
        let told = if code == 0 { run.text() } else { &run.says };
        assert!(told.contains(words) && told.lines().count() == 1, "{arguments:?}: {told}");
    };
    assert_eq!(run(&["case", "new", &case]).code, Some(0));
    does(&["add", &case, &example("clinic.txt")], 0, "1 document added");
    let why = ["--reason", "one body, two names"];
    let merge = |one, other| [&["merge", &case, one, other], &why[..]].concat();
    let split =
        |parts: &[&'static str]| [&["split", case.as_str(), "e1"], parts, &why[..]].concat();
    does(&merge("e2", "e1"), 0, "e2 and e1 are one: e1, ");
    does(&merge("e1", "e2"), 1, "there is nothing to merge");
    does(&merge("e1", "e999"), 2, "e999: no entity of this case");
    does(&split(&["e2"]), 0, "e2 is somebody else than e1: e2, ");
    does(&split(&["e2"]), 2, "e2: no entity of this case, or no part");
    does(&split(&["s1"]), 2, "s1: no entity of this case, or no part");
    does(&split(&["e1"]), 1, "nothing of this entity would stay");
    does(&["merge", &case, "e1", "e2", "--reason", " "], 2, "--reason: is empty");
    let wrong = run(&["case", "merge", &case, "7", "e2", "--reason", "x"]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.says.contains("such as e7"), "{}", wrong.says);
}
