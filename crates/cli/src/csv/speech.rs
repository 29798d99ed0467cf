//! Tables of statements and of the allegations that rest on them.

use onrecord_record::Record;

use super::{CONFIDENCE, Rows, Table, cell, kind, list, name, taxa, when, words};

pub(super) const STATEMENTS: Table = Table {
    name: "statements",
    columns: &[
        "id",
        "source_kind",
        "source",
        "source_name",
        "source_text",
        "act",
        "polarity",
        "cue",
        "lemma",
        "content",
        "manner",
        "said",
        "said_time",
        "medium",
        "medium_text",
        "to",
        "via",
        "within",
        CONFIDENCE,
        "start",
        "end",
        "text",
    ],
    rows: statements,
};

fn statements(record: &Record, rows: &mut Rows) {
    for s in &record.statements {
        let content: Vec<&str> = s.content.iter().map(|part| part.text.as_str()).collect();
        let mut cells = vec![
            s.id.to_string(),
            kind(s.source.kind),
            cell(s.source.actor),
            name(record, s.source.actor),
            cell(s.source.span.as_ref().map(|span| &span.text)),
            kind(s.act),
            kind(s.polarity),
            cell(s.cue.as_ref().map(|cue| &cue.span.text)),
            cell(s.cue.as_ref().map(|cue| &cue.lemma)),
            content.join(" … "),
            kind(s.manner),
        ];
        cells.extend(when(s.said.as_ref()));
        cells.extend([
            cell(s.medium.as_ref().map(|medium| kind(medium.kind))),
            cell(s.medium.as_ref().map(|medium| &medium.span.text)),
            list(&s.to),
            list(&s.via),
            cell(s.within),
            s.confidence.to_string(),
        ]);
        cells.extend(words(Some(&s.span)));
        rows.add(cells);
    }
}

pub(super) const CONTENTS: Table =
    Table { name: "contents", columns: &["statement", "start", "end", "text"], rows: contents };

fn contents(record: &Record, rows: &mut Rows) {
    for s in &record.statements {
        for content in &s.content {
            let mut cells = vec![s.id.to_string()];
            cells.extend(words(Some(content)));
            rows.add(cells);
        }
    }
}

pub(super) const LINKS: Table =
    Table { name: "links", columns: &["from", "kind", "to", CONFIDENCE], rows: links };

fn links(record: &Record, rows: &mut Rows) {
    for link in &record.links {
        rows.add(vec![
            link.from.to_string(),
            kind(link.kind),
            link.to.to_string(),
            link.confidence.to_string(),
        ]);
    }
}

pub(super) const ALLEGATIONS: Table = Table {
    name: "allegations",
    columns: &["id", "taxa", "accused", "by", "standing", "when", "when_time", "where", CONFIDENCE],
    rows: allegations,
};

fn allegations(record: &Record, rows: &mut Rows) {
    for g in &record.allegations {
        let accused = g.accused.iter().map(|accused| match accused.actor {
            Some(_) => name(record, accused.actor),
            None => accused.span.text.clone(),
        });
        let mut cells = vec![
            g.id.to_string(),
            taxa(&g.conduct),
            accused.collect::<Vec<_>>().join("; "),
            list(&g.by),
            kind(g.standing),
        ];
        cells.extend(when(g.when.as_ref()));
        cells.push(cell(g.place.as_ref().map(|place| &place.span.text)));
        cells.push(g.confidence.to_string());
        rows.add(cells);
    }
}

/// The conduct of allegations and of proceedings: `item` is the id of one of either.
pub(super) const CONDUCT: Table =
    Table { name: "conduct", columns: &["item", "taxon", "start", "end", "text"], rows: conduct };

fn conduct(record: &Record, rows: &mut Rows) {
    let alleged = record.allegations.iter().map(|g| (g.id.to_string(), &g.conduct));
    let pursued = record.proceedings.iter().map(|p| (p.id.to_string(), &p.conduct));
    for (id, all) in alleged.chain(pursued) {
        for conduct in all {
            let mut cells = vec![id.clone(), conduct.taxon.0.clone()];
            cells.extend(words(Some(&conduct.span)));
            rows.add(cells);
        }
    }
}

pub(super) const ACCUSED: Table = Table {
    name: "accused",
    columns: &["allegation", "actor", "actor_name", "degree", "start", "end", "text"],
    rows: accused,
};

fn accused(record: &Record, rows: &mut Rows) {
    for g in &record.allegations {
        for accused in &g.accused {
            let mut cells = vec![
                g.id.to_string(),
                cell(accused.actor),
                name(record, accused.actor),
                cell(accused.degree.map(kind)),
            ];
            cells.extend(words(Some(&accused.span)));
            rows.add(cells);
        }
    }
}

pub(super) const VICTIMS: Table = Table {
    name: "victims",
    columns: &["allegation", "actor", "actor_name", "start", "end", "text"],
    rows: victims,
};

fn victims(record: &Record, rows: &mut Rows) {
    for g in &record.allegations {
        for victim in &g.victims {
            let mut cells = vec![g.id.to_string(), cell(victim.actor), name(record, victim.actor)];
            cells.extend(words(Some(&victim.span)));
            rows.add(cells);
        }
    }
}

pub(super) const LIMITS: Table =
    Table { name: "limits", columns: &["allegation", "start", "end", "text"], rows: limits };

fn limits(record: &Record, rows: &mut Rows) {
    for g in &record.allegations {
        for limit in &g.limits {
            let mut cells = vec![g.id.to_string()];
            cells.extend(words(Some(limit)));
            rows.add(cells);
        }
    }
}

pub(super) const RESPONSES: Table =
    Table { name: "responses", columns: &["allegation", "kind", "statement"], rows: responses };

fn responses(record: &Record, rows: &mut Rows) {
    for g in &record.allegations {
        for response in &g.responses {
            let statement = response.statement.to_string();
            rows.add(vec![g.id.to_string(), kind(response.kind), statement]);
        }
    }
}
