use onrecord_record::Record;

/// A record that reads back is checked without a panic, and what it prints reads back to the same
/// record and the same bytes.
///
/// # Panics
/// Where that does not hold.
pub fn record_json(bytes: &[u8]) {
    let Ok(record) = serde_json::from_slice::<Record>(bytes) else { return };
    let _ = record.breaches();
    let printed = print(&record);
    let back: Option<Record> = serde_json::from_str(&printed).ok();
    assert_eq!(back.as_ref(), Some(&record), "a record does not read back: {printed}");
    assert_eq!(back.as_ref().map(print), Some(printed), "a record prints other bytes");
}

fn print(record: &Record) -> String {
    serde_json::to_string(record).unwrap_or_default()
}
