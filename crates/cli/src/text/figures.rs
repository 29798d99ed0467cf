//! Figures: what is counted, and whose each number is.

use onrecord_record::{Figure, ItemId};

use super::{ID, Page, Tone, indent, run, table};
use crate::view::{View, words};

pub(super) fn draw(page: &mut Page, view: &View<'_>) {
    let figures = &view.record.figures;
    if figures.is_empty() {
        return;
    }
    page.section("Figures", &figures.len());
    let heads = ["", "counts", "as said", "of whom", "when", "where", "whose", "sure", "line"];
    let rows: Vec<_> = figures.iter().map(|figure| row(view, figure)).collect();
    table::draw_with(page, &heads, &rows, |page, place| {
        if let Some(figure) = figures.get(place) {
            checks(page, view, figure);
        }
    });
}

/// How the checks of a figure came out, each on a line beneath it.
fn checks(page: &mut Page, view: &View<'_>, figure: &Figure) {
    for (_, check) in view.checks(figure.id) {
        let own = ItemId::from(figure.id);
        let others = check.items.iter().filter(|item| **item != own);
        let others: Vec<_> = others.map(ToString::to_string).collect();
        let with = if others.is_empty() { "" } else { " with " };
        let tone = if check.holds { Tone::Green } else { Tone::Red };
        let about = run(Tone::Faint, format!("{with}{}", others.join(", ")));
        page.put(&[indent(ID)], &[indent(ID)], &[run(tone, words::outcome(check)), about], "");
    }
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
        run(Tone::Faint, words::sure(figure.confidence)),
        run(Tone::Faint, view.line(&figure.span).to_string()),
    ]
}
