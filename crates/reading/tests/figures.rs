//! Figures of whole texts: what is counted, where, as of when, by whom; and texts that are absurd.
#![allow(clippy::unwrap_used, missing_docs)]

mod story;

use onrecord_record::{Figure, Record};
use story::read;

fn counted(record: &Record) -> Vec<(&str, Option<f64>, Option<f64>)> {
    record.figures.iter().map(|f| (f.counted.as_str(), f.low, f.high)).collect()
}

fn exactly(value: f64) -> (Option<f64>, Option<f64>) {
    (Some(value), Some(value))
}

#[test]
fn a_figure_tells_where_and_as_of_when_it_was_counted() {
    let record = read("As of Monday, 12 people were missing in the town of Tarn.");
    let [figure] = record.figures.as_slice() else { panic!("{:?}", record.figures) };
    assert_eq!(figure.as_of.as_ref().unwrap().value, "2025-03-03");
    assert_eq!(figure.place.as_ref().unwrap().span.text, "the town of Tarn");
    assert_eq!(figure.when, None);
}

#[test]
fn a_figure_is_his_who_gives_it() {
    let record = read("The Harbour Front put the death toll at 29. The clinic burned 12 files.");
    let sources: Vec<bool> = record.figures.iter().map(|f| f.source.actor.is_some()).collect();
    assert_eq!(sources, [true, false]);
}

#[test]
fn parts_stand_to_their_wholes_across_sentences_and_in_lists() {
    let text = "The ferry carried 12 people: eight women and four children. \
                A storm killed 30 people. Among the dead were six girls.";
    let record = read(text);
    let words = |figure: &Figure| figure.span.text.clone();
    let parts = record.figures.iter().filter_map(|figure| {
        Some((words(figure), words(&record.figures[figure.part_of?.index()])))
    });
    let pair = |part: &str, whole: &str| (part.to_owned(), whole.to_owned());
    assert_eq!(
        parts.collect::<Vec<_>>(),
        [
            pair("eight women", "12 people"),
            pair("four children", "12 people"),
            pair("Among the dead were six girls", "killed 30 people"),
        ]
    );
}

#[test]
fn ages_dates_scores_and_names_are_no_figures() {
    let text = "Ada Venn, 34, flew Boeing 737 jets for 12 years. On 7 May the club won 3-2. \
                A 60-year-old man of Room 12 wrote to the Group of 20 under Article 7.";
    assert_eq!(counted(&read(text)), []);
}

#[test]
fn a_number_without_end_is_no_figure_and_ten_thousand_are_all_read() {
    let text = format!("The flood killed {} people and 12 dogs.", "9".repeat(400));
    let (low, high) = exactly(12.0);
    assert_eq!(counted(&read(&text)), [("dog", low, high)]);
    let many = read(&"12 boats sank, ".repeat(10_000));
    assert_eq!(many.figures.len(), 10_000);
}
