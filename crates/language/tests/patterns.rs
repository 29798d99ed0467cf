//! Patterns: every item of the grammar, matched and not, and patterns that are none.
#![allow(clippy::unwrap_used, missing_docs)]

use onrecord_language::{Analysis, Language, Layer, PatternSet, Vocabulary};
use onrecord_packs::Pack;

/// The language with a pattern's words learnt, and the pattern.
fn compiled(pattern: &str) -> (Language, PatternSet) {
    let mut language = Language::compile(&Pack::all().unwrap()[0]).unwrap();
    let vocabulary = language.vocabulary_mut();
    vocabulary.define("vessel", ["boat", "ship", "fishing boat"]);
    let set = PatternSet::compile([pattern], &["number"], vocabulary).unwrap();
    (language, set)
}

/// What a pattern takes of a text, and what it captures as `x`, match by match.
fn found(pattern: &str, text: &str) -> Vec<(String, Option<String>)> {
    let (language, set) = compiled(pattern);
    let analysis = language.analyse_paragraph(text);
    let numbers = language.numbers(&analysis);
    let layer = language.number_layer(&analysis, &numbers);
    let words = |analysis: &Analysis<'_>, tokens| analysis.words(tokens).to_owned();
    let mut all = Vec::new();
    for sentence in &analysis.sentences {
        for found in set.longest(&analysis, &[&layer], sentence.tokens) {
            let capture = found.capture(set.slot("x"));
            all.push((words(&analysis, found.tokens), capture.map(|x| words(&analysis, x))));
        }
    }
    all
}

fn takes(pattern: &str, text: &str) -> Vec<String> {
    found(pattern, text).into_iter().map(|(words, _)| words).collect()
}

#[test]
fn words_match_whatever_their_case() {
    assert_eq!(takes("boat sank", "The BOAT sank."), ["BOAT sank"]);
    assert_eq!(takes("boat sank", "The boat never sank."), [""; 0]);
}

#[test]
fn a_class_prefers_its_longest_phrase() {
    assert_eq!(takes("@vessel", "A fishing boat met a ship."), ["fishing boat", "ship"]);
}

#[test]
fn choices_options_and_repetitions() {
    assert_eq!(takes("( big | very big )+2 boat", "A big very big boat."), ["big very big boat"]);
    assert_eq!(takes("a old*2 boat", "A old old boat and a boat."), ["A old old boat", "a boat"]);
    assert_eq!(takes("a old*1 boat", "A old old boat."), [""; 0]);
    assert_eq!(takes("the old? boat", "The boat."), ["The boat"]);
}

#[test]
fn gaps_are_as_short_as_can_be() {
    assert_eq!(takes("boat ...3 sank", "The boat slowly sank and sank."), ["boat slowly sank"]);
    assert_eq!(takes("boat ...1 sank", "The boat very slowly sank."), [""; 0]);
}

#[test]
fn captures_name_what_they_take() {
    let found = found("x:( @vessel | car ) sank", "The fishing boat sank.");
    assert_eq!(found, [("fishing boat sank".to_owned(), Some("fishing boat".to_owned()))]);
}

#[test]
fn layers_take_all_of_what_was_read() {
    assert_eq!(takes("{number} @vessel", "Some two hundred boat owners."), ["two hundred boat"]);
}

#[test]
fn looking_round_takes_nothing() {
    assert_eq!(takes("boat >sank", "The boat sank, the boat swam."), ["boat"]);
    assert_eq!(takes("boat >!sank", "The boat sank, the boat."), ["boat"]);
    assert_eq!(takes("<the boat", "The boat met a boat."), ["boat"]);
    assert_eq!(takes("<!the boat", "The boat met a boat."), ["boat"]);
    assert_eq!(takes("^ the _", "The boat met the car."), ["The boat"]);
    assert_eq!(takes("car $", "The car met the car"), ["car"]);
}

#[test]
fn shapes_match_how_a_word_is_written() {
    assert_eq!(takes("#capital+3", "the Port Of Kesh sank"), ["Port Of Kesh"]);
    assert_eq!(takes("#upper", "the ABC sank"), ["ABC"]);
}

#[test]
fn suffixes_match_longer_words_that_end_so() {
    assert_eq!(takes("~ly sank", "The boat slowly sank, ly sank."), ["slowly sank"]);
}

#[test]
fn the_words_that_a_capture_begins_with_are_told() {
    let (language, set) = compiled("the ( x:( @vessel | big car ) | {number} ) x:sank");
    let words = set.words_captured(set.slot("x"));
    let holds = |word| words.holds(language.vocabulary().word(word));
    assert!(["boat", "ship", "fishing", "big", "sank"].into_iter().all(holds));
    assert!(!["the", "car"].into_iter().any(holds));
}

#[test]
fn what_is_no_pattern_is_refused_with_its_cause() {
    let cause = |pattern: &str| {
        let error = PatternSet::compile([pattern], &[], &mut Vocabulary::new()).unwrap_err();
        assert_eq!(error.pattern, pattern);
        error.cause
    };
    assert_eq!(cause("a?"), "it would match nothing at all");
    assert_eq!(cause(""), "an empty sequence");
    assert_eq!(cause("( a | b"), "a bracket that nothing closes");
    assert_eq!(cause("a ) b"), "`)` closes nothing");
    assert_eq!(cause("@none"), "no class `@none`");
    assert_eq!(cause("#none"), "no shape `#none`");
    assert_eq!(cause("{none}"), "no layer `{none}` here");
    assert_eq!(cause("A boat"), "`A` has a capital: words are in lower case");
    assert_eq!(cause("a ...x"), "`...x` needs a number");
    let deep = format!("{} a {}", "( ".repeat(40), ") ".repeat(40));
    assert!(cause(&deep).starts_with("more than 16"), "{}", cause(&deep));
    assert!(cause("( ( ( _*60 )*60 )*60 )").starts_with("longer than"), "length");
}

#[test]
fn an_error_tells_the_place_of_its_pattern() {
    let error = PatternSet::compile(["a b", "c ("], &[], &mut Vocabulary::new()).unwrap_err();
    assert_eq!((error.place, error.pattern.as_str()), (1, "c ("));
}

#[test]
fn ways_that_fail_are_tried_once() {
    // Doubling at every step if each failed way were tried again.
    let pattern = format!("{} end", "( _ | _ )? ".repeat(60));
    let text = "word ".repeat(90);
    assert_eq!(takes(&pattern, &text), [""; 0]);
}

#[test]
fn a_layer_gives_the_end_of_what_begins_at_a_token() {
    let (language, _) = compiled("boat");
    let analysis = language.analyse_paragraph("Two boats.");
    let numbers = language.numbers(&analysis);
    let layer = Layer::new(&analysis, numbers.iter().map(|n| (n.tokens, 7)));
    let first = analysis.sentences[0].tokens.start;
    assert_eq!(layer.at(first).map(|(_, item)| item), Some(7));
    assert_eq!(layer.at(analysis.sentences[0].tokens.end), None);
}
