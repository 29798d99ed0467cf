//! Times of any text: in the text, in order, apart, and with values that other programs take.
#![allow(clippy::unwrap_used, missing_docs)]

use std::sync::LazyLock;

use onrecord_language::Language;
use onrecord_packs::Pack;
use onrecord_record::Time;
use onrecord_times::{Domain, Setting, Times};
use proptest::prelude::*;

static TIMES: LazyLock<(Language, Times)> = LazyLock::new(|| {
    let pack = Pack::find("en").unwrap().unwrap();
    let mut language = Language::compile(&pack).unwrap();
    let times = Times::compile(&pack, &mut language).unwrap();
    (language, times)
});

fn read(text: &str, published: Option<&str>, domain: Option<Domain>) -> Vec<Time> {
    let (language, times) = &*TIMES;
    let analysis = language.analyse_paragraph(text);
    let values = language.numbers(&analysis);
    let numbers = language.number_layer(&analysis, &values);
    let published = published.map(|date| date.parse().unwrap());
    let reading = times.read(&analysis, &numbers, &values, Setting { published, domain });
    reading.expressions.into_iter().map(|expression| expression.time).collect()
}

/// Words that times are told with, and some that break them.
const WORDS: [&str; 72] = [
    "the",
    "in",
    "on",
    "of",
    "early",
    "late",
    "May",
    "March",
    "January",
    "31",
    "30",
    "29",
    "2",
    "1999",
    "2024",
    "0000",
    "9999",
    "99999",
    "264",
    "BC",
    "AD",
    "last",
    "next",
    "that",
    "same",
    "year",
    "month",
    "week",
    "day",
    "days",
    "century",
    "19th",
    "21st",
    "twenty-first",
    "two",
    "half",
    "and",
    "to",
    "-",
    "–",
    ",",
    ".",
    "ago",
    "later",
    "after",
    "before",
    "Friday",
    "night",
    "morning",
    "3:30",
    "25:61",
    "p.m.",
    "GMT",
    "31/12/2019",
    "31/31/2020",
    "2019-02-30",
    "Easter",
    "every",
    "first",
    "final",
    "Monday",
    "weekend",
    "weekends",
    "through",
    "Q3",
    "12/25",
    "overnight",
    "local time",
    "months",
    "45",
    "’90s",
    "٣ مايو",
];

fn holds(text: &str, times: &[Time]) {
    let mut end = 0;
    for time in times {
        assert_eq!(time.span.extent().of(text), Some(time.span.text.as_str()), "{text:?}");
        assert!(time.span.start.index() >= end, "{text:?}: {time:?} overlaps");
        end = time.span.end.index();
        if let Some(edtf) = &time.edtf {
            assert!(edtf_core::Edtf::parse(edtf).is_ok(), "{text:?}: `{edtf}` is no EDTF");
            assert!(time.value.is_some(), "{text:?}: {time:?} has EDTF without a value");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_words_of_time_give_times_that_hold(
        words in prop::collection::vec(prop::sample::select(&WORDS[..]), 0..40),
        published in prop::sample::select(vec![None, Some("2024-02-29"), Some("9999-12-31"), Some("-009999-01-01")]),
        domain in prop::sample::select(vec![None, Some(Domain::News), Some(Domain::Narrative)]),
    ) {
        let text = words.join(" ");
        holds(&text, &read(&text, published, domain));
    }

    #[test]
    fn any_text_gives_times_that_hold(text in "\\PC{0,200}") {
        holds(&text, &read(&text, Some("2024-02-29"), None));
    }
}

#[test]
fn a_date_that_does_not_exist_is_marked_and_has_no_value() {
    for (text, words) in [
        ("It fell on February 30.", "February 30"),
        ("It fell on February 29, 2023.", "February 29, 2023"),
        ("It fell on 31/31/2020.", "31/31/2020"),
        ("It fell on 2020-13-01.", "2020-13-01"),
        ("It fell on 31 June 1999.", "31 June 1999"),
        ("It fell on March 45, 2020.", "March 45, 2020"),
    ] {
        let times = read(text, Some("2024-02-29"), None);
        let found: Vec<_> = times.iter().map(|time| (&*time.span.text, &time.value)).collect();
        assert_eq!(found, [(words, &None)], "{text}");
    }
}

#[test]
fn without_a_published_date_nothing_is_invented() {
    for text in
        ["It fell on Thursday.", "It fell yesterday.", "It fell last month.", "In May it fell."]
    {
        let times = read(text, None, None);
        assert_eq!(times.len(), 1, "{text}");
        assert_eq!((&times[0].value, times[0].from), (&None, None), "{text}");
    }
}

#[test]
fn what_is_no_time_stays_silent() {
    for text in [
        "They may come.",
        "The march of protesters grew.",
        "The second accused spoke.",
        "The Sunday Times printed it.",
        "They won 10-12 in Kesh.",
        "Some 20 people fled.",
        "A minute crack grew.",
        "The 9/11 Commission met.",
    ] {
        let times = read(text, Some("2024-02-29"), None);
        assert!(times.is_empty(), "{text}: {times:?}");
    }
    let inside = read("Its October 7 mastermind fled.", Some("2024-02-29"), None);
    assert_eq!(inside[0].span.text, "October 7");
}
