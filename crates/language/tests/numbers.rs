//! The numbers of every pack's examples are read with their values.
#![allow(clippy::unwrap_used, missing_docs)]

use onrecord_language::Language;
use onrecord_packs::Pack;

#[test]
fn every_example_gives_its_values() {
    for pack in Pack::all().unwrap() {
        let language = Language::compile(&pack).unwrap();
        let faults = language.number_examples();
        assert!(faults.is_empty(), "{}\n{}", pack.tag(), faults.join("\n"));
    }
}

#[test]
fn digits_without_end_are_no_number() {
    let language = Language::compile(&Pack::all().unwrap()[0]).unwrap();
    let text = format!("It is {} long.", "9".repeat(400));
    let analysis = language.analyse_paragraph(&text);
    assert_eq!(language.numbers(&analysis), []);
}
