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
    cards.heads(&["", "words", "type", "value", "counted from", "confidence"]);
    for time in times {
        cards.begin("tr", "time", time.id);
        cards.html.raw("<td>");
        cards.own(time.id, &time.span);
        cards.html.raw("</td><td>");
        cards.quoted(&time.span);
        cards.html.raw(" ");
        cards.line(time.id, &time.span);
        cards.html.raw("</td><td>").text(&words::kind(time.kind)).raw("</td><td>");
        let class = if time.value.is_some() { "value" } else { "value open" };
        cards.html.said("b", class, &words::value(time));
        let value = time.value.as_deref().unwrap_or_default();
        let said = date(value);
        if said != value {
            cards.html.raw("<br>").text(&said);
        }
        cards.html.raw("</td><td>");
        match time.from {
            Some(Anchor::Published) => {
                cards.html.text("publication");
            }
            Some(Anchor::Time(id)) => {
                if let Some(other) = cards.view.time(id) {
                    cards.quoted(&other.span);
                    cards.html.raw(" ");
                }
                cards.item(id);
            }
            None => {}
        }
        cards.html.raw("</td><td>");
        cards.sure(time.confidence);
        cards.html.raw("</td></tr>\n");
    }
    cards.end_table();
}
