//! The sentences that the cues carry.
#![allow(clippy::unwrap_used, missing_docs)]

use onrecord_reading::Engine;

#[test]
fn cues_attribute_as_their_examples_say() {
    let (right, faults) = Engine::new().unwrap().cue_examples();
    assert!(faults.is_empty(), "{right} right, {} not\n{}", faults.len(), faults.join("\n"));
}
