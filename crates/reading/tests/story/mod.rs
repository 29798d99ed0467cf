//! A story and its record, for tests that read whole texts.

use std::sync::LazyLock;

use onrecord_intake::{Intake, Options, units};
use onrecord_reading::Engine;
use onrecord_record::Record;

static INTAKE: LazyLock<Intake> = LazyLock::new(|| Intake::new().unwrap());
static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new().unwrap());

/// The record of an English story published on 5 March 2025; it keeps its contract.
pub(crate) fn read(text: &str) -> Record {
    let unit = units("story.txt", text.as_bytes()).next().unwrap();
    let options = Options {
        published: Some("2025-03-05".to_owned()),
        language: Some("en".to_owned()),
        ..Options::default()
    };
    let record = ENGINE.read(&INTAKE.read(&unit, &options).unwrap(), None);
    assert_eq!(record.breaches(), []);
    record
}
