//! Checks.

use super::{Cards, attribute};
use crate::view::words;

pub(super) fn draw(cards: &mut Cards<'_, '_>) {
    let checks = &cards.view.record.checks;
    if checks.is_empty() {
        return;
    }
    cards.section("Checks", &checks.len());
    cards.html.raw("<ul class=checks>");
    for (place, check) in checks.iter().enumerate() {
        let id = attribute(&cards.anchors.check(place));
        let class = if check.holds { "holds" } else { "fails" };
        cards.html.raw("<li class=").raw(class).raw(" id=").raw(&id).raw("><span class=act>");
        cards.html.text(words::outcome(check)).raw("</span> ").text(&check.says);
        cards.html.raw(" <small>");
        for item in &check.items {
            cards.item(item);
            cards.html.raw(" ");
        }
        cards.html.raw("</small>");
        cards.sure(check.confidence);
        cards.html.raw("</li>\n");
    }
    cards.html.raw("</ul>\n");
}
