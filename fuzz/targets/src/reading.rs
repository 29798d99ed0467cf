use std::sync::LazyLock;

use onrecord_intake::units;
use onrecord_reading::Engine;
use onrecord_record::Record;

use crate::decoders::document;

static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::new().unwrap_or_else(|e| unreachable!("the packs compile: {e}")));

/// All the way: a file of any kind gives records that keep their contract, so that no span leaves
/// its text, and that come out the same again.
///
/// # Panics
/// Where that does not hold.
pub fn read(bytes: &[u8]) {
    for document in units("story", bytes).filter_map(|unit| document(&unit)) {
        let record = ENGINE.read(&document, None);
        let breaches = record.breaches();
        assert!(breaches.is_empty(), "{breaches:?}");
        let printed = serde_json::to_string(&record).unwrap_or_default();
        let again = serde_json::to_string(&ENGINE.read(&document, None)).unwrap_or_default();
        assert_eq!(printed, again, "read twice, two records");
        let back: Option<Record> = serde_json::from_str(&printed).ok();
        assert_eq!(back, Some(record), "a record does not read back: {printed}");
    }
}
