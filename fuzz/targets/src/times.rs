use std::sync::LazyLock;

use onrecord_language::Language;
use onrecord_times::{Setting, Times};

use crate::english;
use crate::segment::paragraphs;

static TIMES: LazyLock<(Times, Language)> = LazyLock::new(|| {
    let compile = || {
        let pack = english();
        let mut language = Language::compile(&pack)?;
        Times::compile(&pack, &mut language).map(|times| (times, language))
    };
    compile().unwrap_or_else(|e| unreachable!("the pack compiles: {e}"))
});

/// Time expressions lie in the text, in order, apart from one another, whatever the published
/// date. The first ten bytes may be that date.
///
/// # Panics
/// Where that does not hold.
pub fn times(bytes: &[u8]) {
    let (times, language) = &*TIMES;
    let text = String::from_utf8_lossy(bytes);
    let published = text.get(..10).and_then(|date| date.parse().ok());
    let setting = Setting { published, domain: None };
    let analysis = language.analyse(&text, &paragraphs(&text));
    let values = language.numbers(&analysis);
    let numbers = language.number_layer(&analysis, &values);
    let mut end = 0;
    for found in times.read(&analysis, &numbers, &values, setting).expressions {
        let span = &found.time.span;
        assert_eq!(span.extent().of(&text), Some(span.text.as_str()), "{span:?} is not the text's");
        assert_eq!(span.extent(), analysis.extent(found.tokens), "tokens and span part");
        assert!(span.start.index() >= end, "{span:?} overlaps its predecessor");
        assert!(!span.text.is_empty(), "{found:?} has no words");
        end = span.end.index();
    }
    for value in &values {
        assert!(!value.tokens.is_empty(), "{value:?} has no words");
        assert!(value.value.is_finite() && value.value >= 0.0, "{value:?} is no number");
    }
}
