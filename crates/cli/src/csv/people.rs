//! Tables of actors.

use onrecord_record::Record;

use super::{CONFIDENCE, Rows, Table, cell, kind, name, words};

pub(super) const ACTORS: Table =
    Table { name: "actors", columns: &["id", "name", "kind", CONFIDENCE], rows: actors };

fn actors(record: &Record, rows: &mut Rows) {
    for actor in &record.actors {
        rows.add(vec![
            actor.id.to_string(),
            actor.name.clone(),
            kind(actor.kind),
            actor.confidence.to_string(),
        ]);
    }
}

pub(super) const MENTIONS: Table = Table {
    name: "mentions",
    columns: &["actor", "actor_name", "form", "start", "end", "text"],
    rows: mentions,
};

fn mentions(record: &Record, rows: &mut Rows) {
    for actor in &record.actors {
        for mention in &actor.mentions {
            let mut cells = vec![actor.id.to_string(), actor.name.clone(), kind(mention.form)];
            cells.extend(words(Some(&mention.span)));
            rows.add(cells);
        }
    }
}

pub(super) const ROLES: Table = Table {
    name: "roles",
    columns: &["actor", "actor_name", "title", "status", "of", "of_name", "start", "end", "text"],
    rows: roles,
};

fn roles(record: &Record, rows: &mut Rows) {
    for actor in &record.actors {
        for role in &actor.roles {
            let mut cells = vec![
                actor.id.to_string(),
                actor.name.clone(),
                role.title.clone(),
                kind(role.status),
                cell(role.of),
                name(record, role.of),
            ];
            cells.extend(words(Some(&role.span)));
            rows.add(cells);
        }
    }
}

pub(super) const RELATIONS: Table = Table {
    name: "relations",
    columns: &["actor", "actor_name", "kind", "to", "to_name", "start", "end", "text"],
    rows: relations,
};

fn relations(record: &Record, rows: &mut Rows) {
    for actor in &record.actors {
        for relation in &actor.relations {
            let mut cells = vec![
                actor.id.to_string(),
                actor.name.clone(),
                kind(relation.kind),
                relation.to.to_string(),
                name(record, Some(relation.to)),
            ];
            cells.extend(words(Some(&relation.span)));
            rows.add(cells);
        }
    }
}
