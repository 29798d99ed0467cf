//! Tables of the document itself and of its times.

use onrecord_record::Record;

use super::{CONFIDENCE, Rows, Table, cell, kind, words};

pub(super) const ERROR_KIND: &str = "error_kind";
pub(super) const ERROR: &str = "error";

/// A row for each document, and for each that was not read.
pub(super) const DOCUMENTS: Table = Table {
    name: "documents",
    columns: &[
        "title",
        "byline",
        "agency",
        "outlet",
        "url",
        "published",
        "published_basis",
        "dateline_place",
        "dateline_date",
        "language",
        "media_type",
        "bytes",
        "sha256",
        "onrecord",
        "pack",
        "model",
        ERROR_KIND,
        ERROR,
    ],
    rows: documents,
};

fn documents(record: &Record, rows: &mut Rows) {
    let (document, made_by) = (&record.document, &record.made_by);
    let published = document.published.as_ref();
    let dateline = document.dateline.as_ref();
    rows.add(vec![
        cell(document.title.as_ref()),
        cell(document.byline.as_ref()),
        cell(document.agency.as_ref()),
        cell(document.outlet.as_ref()),
        cell(document.url.as_ref()),
        cell(published.map(|published| &published.value)),
        cell(published.map(|published| kind(published.basis))),
        cell(dateline.and_then(|dateline| dateline.place.as_ref())),
        cell(dateline.and_then(|dateline| dateline.date.as_ref())),
        document.language.clone(),
        document.source.media_type.clone(),
        document.source.bytes.to_string(),
        document.source.sha256.to_string(),
        made_by.onrecord.clone(),
        cell(made_by.pack.as_ref()),
        cell(made_by.model.as_ref()),
        String::new(),
        String::new(),
    ]);
}

pub(super) const NOTICES: Table =
    Table { name: "notices", columns: &["kind", "says"], rows: notices };

fn notices(record: &Record, rows: &mut Rows) {
    for notice in &record.document.notices {
        rows.add(vec![kind(notice.kind), notice.says.clone()]);
    }
}

pub(super) const HEADINGS: Table =
    Table { name: "headings", columns: &["start", "end", "text"], rows: headings };

fn headings(record: &Record, rows: &mut Rows) {
    for heading in &record.document.headings {
        rows.add(words(Some(heading)).to_vec());
    }
}

pub(super) const TIMES: Table = Table {
    name: "times",
    columns: &["id", "type", "value", "edtf", "mod", "from", "start", "end", "text", CONFIDENCE],
    rows: times,
};

fn times(record: &Record, rows: &mut Rows) {
    for time in &record.times {
        let mut cells = vec![
            time.id.to_string(),
            kind(time.kind),
            cell(time.value.as_ref()),
            cell(time.edtf.as_ref()),
            cell(time.modifier.map(kind)),
            cell(time.from),
        ];
        cells.extend(words(Some(&time.span)));
        cells.push(time.confidence.to_string());
        rows.add(cells);
    }
}
