//! Time expressions as a table.

use onrecord_record::Anchor;

use super::Cards;
use crate::view::{date, words};

pub(super) fn draw(cards: &mut Cards<'_, '_>) {
    let times = &cards.view.record.times;
    if times.is_empty() {
        return;
    }
    cards.section("Times", &times.len());
    cards.heads(&["", "words", "means", "counted from"]);
    for time in times {
        cards.begin("tr", "time", time.id);
        cards.html.raw("<td>");
        cards.own(time.id, &time.span);
        cards.html.raw("</td><td>");
        cards.quoted(&time.span);
        cards.html.raw(" ");
        cards.line(time.id, 1, &time.span);
        let means = time.value.as_deref().map_or_else(|| "no date".to_owned(), date);
        cards.html.raw("</td><td>").text(&means);
        if let Some(modifier) = time.modifier {
            let modifier = words::kind(modifier).replace('_', " ").to_lowercase();
            cards.html.raw(" (").text(&modifier).raw(")");
        }
        cards.html.raw("</td><td>");
        match time.from {
            Some(Anchor::Published) => {
                cards.html.text("publication");
            }
            Some(Anchor::Time(id)) => cards.item(id),
            None => {}
        }
        cards.html.raw("</td></tr>\n");
    }
    cards.end_table();
}
