//! Every rule of every pack fires and stays silent as its examples say.
#![allow(clippy::unwrap_used, missing_docs)]

use onrecord_reading::Engine;

#[test]
fn every_rule_does_as_its_examples_say() {
    let faults = Engine::new().unwrap().examples();
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}
