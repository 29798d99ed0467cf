//! Actors: who speaks, is spoken of or is charged.

use onrecord_record::Actor;

use super::{Page, Run, Tone, run, table};
use crate::view::{View, words};

pub(super) fn draw(page: &mut Page, view: &View<'_>) {
    let actors = &view.record.actors;
    if actors.is_empty() {
        return;
    }
    page.section("Actors", &actors.len());
    let heads = ["", "name", "kind", "roles and relations", "mentions", "sure", "line"];
    let rows: Vec<_> = actors.iter().map(|actor| row(view, actor)).collect();
    table::draw(page, &heads, &rows);
}

fn row(view: &View<'_>, actor: &Actor) -> Vec<Run> {
    let first = actor.mentions.first();
    let line = first.map(|mention| view.line(&mention.span).to_string()).unwrap_or_default();
    let roles = actor.roles.iter().map(|role| words::role(role, role.of.map(|id| view.name(id))));
    let relations = actor.relations.iter();
    let relations = relations.map(|r| format!("{} {}", words::kind(r.kind), view.name(r.to)));
    let standing: Vec<_> = roles.chain(relations).collect();
    vec![
        run(Tone::Faint, actor.id.to_string()),
        run(Tone::Strong, &actor.name),
        run(Tone::Plain, words::actor(actor.kind)),
        run(Tone::Plain, standing.join("; ")),
        run(Tone::Faint, actor.mentions.len().to_string()),
        run(Tone::Faint, words::sure(actor.confidence)),
        run(Tone::Faint, line),
    ]
}
