//! Every rule of every pack fires and stays silent as its examples say.
#![allow(clippy::unwrap_used, missing_docs)]

use onrecord_language::Language;
use onrecord_packs::Pack;
use onrecord_times::Times;

#[test]
fn every_rule_does_as_its_examples_say() {
    for pack in Pack::all().unwrap() {
        let mut language = Language::compile(&pack).unwrap();
        let times = Times::compile(&pack, &mut language).unwrap();
        let faults = times.examples(&language);
        assert!(faults.is_empty(), "{}\n{}", pack.tag(), faults.join("\n"));
    }
}
