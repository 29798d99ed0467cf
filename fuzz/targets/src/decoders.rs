use std::sync::LazyLock;

use onrecord_intake::{Document, Format, Intake, Options, Unit, units};
use onrecord_record::{Extent, MadeBy, Offset, Record, Sha256};

static INTAKE: LazyLock<Intake> =
    LazyLock::new(|| Intake::new().unwrap_or_else(|e| unreachable!("the packs compile: {e}")));

/// Plain text gives a sound document, with every character where the bytes are UTF-8 beyond doubt.
/// NULs make them look like UTF-16.
///
/// # Panics
/// Where that does not hold.
pub fn text(bytes: &[u8]) {
    let unit = Unit { name: "story.txt".into(), bytes, format: Format::Text };
    let (Some(document), Ok(text)) = (document(&unit), str::from_utf8(bytes)) else { return };
    if text.contains('\0') {
        return;
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    assert_eq!(document.record.text, text, "plain text was changed");
    assert!(document.record.origins.is_empty(), "plain text needs no way back");
}

/// HTML gives a sound document.
///
/// # Panics
/// Where that does not hold.
pub fn html(bytes: &[u8]) {
    document(&Unit { name: "page.html".into(), bytes, format: Format::Html });
}

/// Each line of JSON Lines gives a sound document, under a name of its own.
///
/// # Panics
/// Where that does not hold.
pub fn json_lines(bytes: &[u8]) {
    let units: Vec<_> = units("stories.jsonl", bytes).collect();
    for (unit, next) in units.iter().zip(units.iter().skip(1)) {
        assert_ne!(unit.name, next.name, "two lines of one name");
    }
    for unit in &units {
        document(unit);
    }
}

/// What intake makes of a unit, found sound; `None` where it refuses it, in one line.
///
/// # Panics
/// Where it is not sound, or the refusal is no line.
pub(crate) fn document(unit: &Unit<'_>) -> Option<Document> {
    let options = Options::default();
    let document = match INTAKE.read(unit, &options) {
        Ok(document) => document,
        Err(refusal) => {
            let says = refusal.to_string();
            assert!(!says.is_empty() && !says.contains(['\n', '\r']), "not one line: {says:?}");
            return None;
        }
    };
    assert_eq!(INTAKE.read(unit, &options).as_ref(), Ok(&document), "read twice, made twice");
    let made_by = MadeBy { onrecord: String::new(), pack: None, model: None };
    let breaches = Record::of_document(made_by, document.record.clone()).breaches();
    assert!(breaches.is_empty(), "{breaches:?}");
    assert_eq!(document.record.source.sha256, Sha256::of(unit.bytes), "another original");
    sound(&document);
    Some(document)
}

/// The blocks stand in order, touch no white space at their ends, and hold all else.
fn sound(document: &Document) {
    let text = &document.record.text;
    let blank = |range: Extent| {
        let between = range.of(text);
        assert!(between.is_some_and(|words| words.trim().is_empty()), "lost: {between:?}");
    };
    let mut end = Offset(0);
    for block in &document.blocks {
        let words = block.extent.of(text);
        assert!(block.extent.start >= end, "blocks overlap: {block:?}");
        assert!(
            words.is_some_and(|words| !words.is_empty() && words.trim() == words),
            "{block:?} holds {words:?}"
        );
        blank(Extent::new(end, block.extent.start));
        end = block.extent.end;
    }
    blank(Extent::new(end, Offset::at(text.len())));
}
