//! The board of proceedings: a row for each, with its steps in time order and its state.

use onrecord_record::{Proceeding, State};

use super::Cards;
use crate::view::words;

pub(super) fn draw(cards: &mut Cards<'_, '_>) {
    let proceedings = &cards.view.record.proceedings;
    if proceedings.is_empty() {
        return;
    }
    cards.section("Proceedings", &proceedings.len());
    cards.heads(&["", "against", "what", "steps", "state", "confidence"]);
    for proceeding in proceedings {
        row(cards, proceeding);
    }
    cards.end_table();
}

fn row(cards: &mut Cards<'_, '_>, proceeding: &Proceeding) {
    cards.begin("tr", "proceeding", proceeding.id);
    cards.html.raw("<td>");
    if let Some(step) = proceeding.steps.first() {
        cards.own(proceeding.id, &step.span);
    }
    cards.html.raw("</td><td>");
    if let Some(subject) = proceeding.subject {
        cards.actor(subject);
    }
    cards.html.raw("</td><td><b>").text(&words::kind(proceeding.instrument)).raw("</b>");
    if let Some(forum) = proceeding.forum {
        cards.html.raw(" before ");
        cards.actor(forum);
    }
    for conduct in &proceeding.conduct {
        cards.html.raw(" for ");
        cards.quoted(&conduct.span);
        cards.html.raw(" (").text(&words::article(&conduct.taxon)).raw(") ");
        cards.line(proceeding.id, &conduct.span);
    }
    cards.html.raw("</td><td>");
    steps(cards, proceeding);
    let class = match proceeding.state {
        State::Active | State::Pending => "act open",
        State::Withdrawn | State::Closed | State::Decided => "act",
    };
    cards.html.raw("</td><td>");
    cards.html.said("span", class, &words::kind(proceeding.state));
    if let Some(as_of) = &proceeding.as_of {
        cards.html.raw(" <small>as of ").text(&words::when(as_of)).raw("</small>");
    }
    cards.html.raw("</td><td>");
    cards.sure(proceeding.confidence);
    cards.html.raw("</td></tr>\n");
}

fn steps(cards: &mut Cards<'_, '_>, proceeding: &Proceeding) {
    cards.html.raw("<ol class=steps>");
    for step in &proceeding.steps {
        let on = step.on.as_ref().map_or_else(|| "no date".to_owned(), words::when);
        cards.html.raw("<li><time>").text(&on).raw("</time> <b>");
        cards.html.text(&words::kind(step.step)).raw("</b> ");
        if let Some(reason) = &step.reason {
            cards.html.raw("(").text(reason).raw(") ");
        }
        cards.quoted(&step.span);
        cards.html.raw(" ");
        cards.line(proceeding.id, &step.span);
        cards.sure(step.confidence);
        cards.html.raw("</li>");
    }
    cards.html.raw("</ol>");
}
