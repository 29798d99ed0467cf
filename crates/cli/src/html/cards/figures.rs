//! Figures as a table.

use onrecord_record::Figure;

use super::Cards;
use crate::view::words;

pub(super) fn draw(cards: &mut Cards<'_, '_>) {
    let figures = &cards.view.record.figures;
    if figures.is_empty() {
        return;
    }
    cards.section("Figures", &figures.len());
    cards.heads(&[
        "",
        "counts",
        "as said",
        "of whom",
        "when, where",
        "whose",
        "checks",
        "confidence",
    ]);
    for figure in figures {
        row(cards, figure);
    }
    cards.end_table();
}

fn row(cards: &mut Cards<'_, '_>, figure: &Figure) {
    cards.begin("tr", "figure", figure.id);
    cards.html.raw("<td>");
    cards.own(figure.id, &figure.span);
    cards.html.raw("</td><td><b>").text(&words::count(figure)).raw("</b>");
    if let Some(whole) = figure.part_of {
        cards.html.raw(" of ");
        cards.item(whole);
    }
    cards.html.raw("</td><td>");
    cards.quoted(&figure.span);
    cards.html.raw(" ");
    cards.line(figure.id, &figure.span);
    cards.html.raw("</td><td>");
    if let Some(of) = &figure.of {
        match of.actor {
            Some(actor) => cards.actor(actor),
            None => {
                cards.html.said("span", "words", &of.span.text);
            }
        }
    }
    let mut when: Vec<String> = figure.when.iter().map(words::when).collect();
    when.extend(figure.as_of.iter().map(|as_of| format!("as of {}", words::when(as_of))));
    cards.html.raw("</td><td>").text(&when.join(", "));
    if let Some(place) = &figure.place {
        cards.html.raw(if when.is_empty() { "" } else { ", " });
        cards.html.said("span", "words", &place.span.text).raw(" ");
        cards.line(figure.id, &place.span);
    }
    cards.html.raw("</td><td>");
    match (figure.source.actor, figure.statement) {
        (Some(actor), _) => cards.actor(actor),
        (None, _) => {
            let whose = cards.view.whose(figure);
            cards.html.said("span", "words", whose);
        }
    }
    if let Some(statement) = figure.statement {
        cards.html.raw(" ");
        cards.item(statement);
    }
    cards.html.raw("</td><td>");
    for (place, check) in cards.view.checks(figure.id) {
        let class = if check.holds { "act holds" } else { "act fails" };
        let card = cards.anchors.check(place);
        cards.html.link(class, &card, words::outcome(check)).raw(" ");
    }
    cards.html.raw("</td><td>");
    cards.sure(figure.confidence);
    cards.html.raw("</td></tr>\n");
}
