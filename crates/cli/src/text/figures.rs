//! Figures: what is counted, and whose each number is.

use onrecord_record::Figure;

use super::{Page, Tone, run, table};
use crate::view::{View, words};

pub(super) fn draw(page: &mut Page, view: &View<'_>) {
    let figures = &view.record.figures;
    if figures.is_empty() {
        return;
    }
    page.section("Figures", &figures.len());
    let heads = ["", "counts", "as said", "of whom", "when", "where", "whose", "line"];
    let rows: Vec<_> = figures.iter().map(|figure| row(view, figure)).collect();
    table::draw(page, &heads, &rows);
}

fn row(view: &View<'_>, figure: &Figure) -> Vec<super::Run> {
    let mut when = figure.when.as_ref().map(words::when).unwrap_or_default();
    if let Some(as_of) = &figure.as_of {
        let gap = if when.is_empty() { "" } else { ", " };
        when.push_str(&format!("{gap}as of {}", words::when(as_of)));
    }
    let part = figure.part_of.map(|whole| format!(" of {whole}")).unwrap_or_default();
    let statement = figure.statement.map(|id| format!(" ({id})")).unwrap_or_default();
    let place = figure.place.as_ref().map(|place| place.span.text.clone());
    vec![
        run(Tone::Faint, figure.id.to_string()),
        run(Tone::Strong, words::count(figure) + &part),
        run(Tone::Plain, format!("“{}”", figure.span.text)),
        run(Tone::Plain, figure.of.as_ref().map(|of| view.named(of)).unwrap_or_default()),
        run(Tone::Plain, when),
        run(Tone::Plain, place.unwrap_or_default()),
        run(Tone::Plain, format!("{}{statement}", view.whose(figure))),
        run(Tone::Faint, view.line(&figure.span).to_string()),
    ]
}
