//! Checks.

use super::Cards;
use crate::view::words;

pub(super) fn draw(cards: &mut Cards<'_, '_>) {
    let checks = &cards.view.record.checks;
    if checks.is_empty() {
        return;
    }
    cards.section("Checks", &checks.len());
    cards.html.raw("<ul class=checks>");
    for check in checks {
        let (class, mark) = if check.holds { ("holds", "holds") } else { ("fails", "fails") };
        cards.html.raw("<li class=").raw(class).raw("><span class=act>").raw(mark).raw("</span> ");
        cards.html.text(&check.says).raw(" <small>").text(words::check(check.kind));
        for item in &check.items {
            cards.html.raw(" ");
            cards.item(item);
        }
        cards.html.raw("</small></li>\n");
    }
    cards.html.raw("</ul>\n");
}
