//! The timeline.

use super::Cards;
use crate::view::{Event, date, timeline};

pub(super) fn draw(cards: &mut Cards<'_, '_>) {
    let view = cards.view;
    let days = timeline(view.record);
    if days.is_empty() {
        return;
    }
    cards.section("Timeline", &days.len());
    cards.html.raw("<ol class=timeline>\n");
    for (value, events) in days {
        cards.html.raw("<li><time>").text(&date(value)).raw("</time><ul>");
        for event in events {
            cards.html.raw("<li>").text(&view.told(event)).raw(" ");
            if event != Event::Published {
                cards.item(event.id());
            }
            cards.html.raw("</li>");
        }
        cards.html.raw("</ul></li>\n");
    }
    cards.html.raw("</ol>\n");
}
