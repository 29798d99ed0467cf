//! Tables of figures, proceedings and checks.

use onrecord_record::Record;

use super::{CONFIDENCE, Rows, Table, cell, kind, list, name, taxa, when, words};

pub(super) const FIGURES: Table = Table {
    name: "figures",
    columns: &[
        "id",
        "counted",
        "low",
        "high",
        "approximate",
        "as_said",
        "of_actor",
        "of",
        "part_of",
        "when",
        "when_time",
        "as_of",
        "as_of_time",
        "where",
        "source_kind",
        "source",
        "source_name",
        "statement",
        "start",
        "end",
        "text",
        CONFIDENCE,
    ],
    rows: figures,
};

fn figures(record: &Record, rows: &mut Rows) {
    for f in &record.figures {
        let mut cells = vec![
            f.id.to_string(),
            f.counted.clone(),
            cell(f.low),
            cell(f.high),
            f.approximate.to_string(),
            cell(f.as_said.as_ref().map(|span| &span.text)),
            cell(f.of.as_ref().and_then(|of| of.actor)),
            cell(f.of.as_ref().map(|of| &of.span.text)),
            cell(f.part_of),
        ];
        cells.extend(when(f.when.as_ref()));
        cells.extend(when(f.as_of.as_ref()));
        cells.extend([
            cell(f.place.as_ref().map(|place| &place.span.text)),
            kind(f.source.kind),
            cell(f.source.actor),
            name(record, f.source.actor),
            cell(f.statement),
        ]);
        cells.extend(words(Some(&f.span)));
        cells.push(f.confidence.to_string());
        rows.add(cells);
    }
}

pub(super) const PROCEEDINGS: Table = Table {
    name: "proceedings",
    columns: &[
        "id",
        "instrument",
        "forum",
        "forum_name",
        "subject",
        "subject_name",
        "taxa",
        "state",
        "as_of",
        "as_of_time",
        CONFIDENCE,
    ],
    rows: proceedings,
};

fn proceedings(record: &Record, rows: &mut Rows) {
    for p in &record.proceedings {
        let mut cells = vec![
            p.id.to_string(),
            kind(p.instrument),
            cell(p.forum),
            name(record, p.forum),
            cell(p.subject),
            name(record, p.subject),
            taxa(&p.conduct),
            kind(p.state),
        ];
        cells.extend(when(p.as_of.as_ref()));
        cells.push(p.confidence.to_string());
        rows.add(cells);
    }
}

pub(super) const STEPS: Table = Table {
    name: "steps",
    columns: &[
        "proceeding",
        "turn",
        "step",
        "on",
        "on_time",
        "reason",
        "start",
        "end",
        "text",
        CONFIDENCE,
    ],
    rows: steps,
};

fn steps(record: &Record, rows: &mut Rows) {
    for p in &record.proceedings {
        for (i, step) in p.steps.iter().enumerate() {
            let mut cells = vec![p.id.to_string(), (i + 1).to_string(), kind(step.step)];
            cells.extend(when(step.on.as_ref()));
            cells.push(cell(step.reason.as_ref()));
            cells.extend(words(Some(&step.span)));
            cells.push(step.confidence.to_string());
            rows.add(cells);
        }
    }
}

pub(super) const CHECKS: Table = Table {
    name: "checks",
    columns: &["kind", "items", "holds", "says", CONFIDENCE],
    rows: checks,
};

fn checks(record: &Record, rows: &mut Rows) {
    for check in &record.checks {
        rows.add(vec![
            kind(check.kind),
            list(&check.items),
            check.holds.to_string(),
            check.says.clone(),
            check.confidence.to_string(),
        ]);
    }
}
