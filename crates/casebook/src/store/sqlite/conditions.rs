//! Conditions of a query as SQL, for a window of documents.
//!
//! Conditions on statements are met by one statement, those on an allegation or a figure by one of
//! these, made or given in such a statement where both are asked for.

use onrecord_record::LinkKind;
use rusqlite::types::Value;

use super::Sqlite;
use super::items::word;
use super::names::Named;
use super::search::matching_any;
use super::sql::{Sql, documents, meets, near, negated, one_of, texts, told, under, within};
use crate::joins::WholeKind;
use crate::search::{Condition, Query, What};

/// The conditions of a query by what they are on. The tables are `d`, `s`, `g` and `f`.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    document: Vec<Sql>,
    statement: Vec<Sql>,
    /// Words of a statement. They cost most to ask for and come last.
    says: Vec<Sql>,
    allegation: Vec<Sql>,
    figure: Vec<Sql>,
    /// When it happened, of an allegation or a figure.
    event: Vec<Condition>,
    /// For each, where an index gives them: the documents that can meet it.
    rows: Vec<Sql>,
}

impl Conditions {
    pub(super) fn of(store: &Sqlite, query: &Query) -> rusqlite::Result<Self> {
        let mut all = Self::default();
        for condition in &query.conditions {
            all.add(store, condition)?;
        }
        all.add_rows_of_events();
        Ok(all)
    }

    fn add(&mut self, store: &Sqlite, condition: &Condition) -> rusqlite::Result<()> {
        let holds = condition.holds;
        let mut rows = None;
        match &condition.what {
            What::Act(acts) => {
                self.statement.push(one_of("s.act", told(acts), holds));
                rows = Some(documents("statement", &one_of("act", told(acts), true)));
            }
            What::Polarity(polarities) => {
                self.statement.push(one_of("s.polarity", told(polarities), holds));
                rows = Some(documents("statement", &one_of("polarity", told(polarities), true)));
            }
            What::Said(days) => {
                self.statement.push(meets("s.said", *days, holds));
                rows = Some(within("statement", "said", *days));
            }
            What::Says(phrases) => {
                let found = |select: &str| {
                    let sql = "SELECT {select} FROM statement_words WHERE \
                               rowid BETWEEN ?1 << 20 AND ?2 << 20 | 1048575 \
                               AND statement_words MATCH ?";
                    let words = Value::Text(matching_any(phrases));
                    Sql::new(sql.replace("{select}", select), vec![words])
                };
                let mut is_there = Sql::default();
                is_there.push("s.document << 20 | s.id IN (", &found("rowid"), ")");
                self.says.push(negated(is_there, holds));
                rows = Some(found("rowid >> 20 AS document"));
            }
            What::Speaker(phrases) => {
                let named = Named::by(store, phrases)?;
                let is = named.is("coalesce(s.source, -s.id)", "s");
                self.statement.push(negated(is, holds));
                rows = Some(named.documents());
            }
            What::FigureSource(phrases) => {
                let named = Named::by(store, phrases)?;
                let is = named.is("coalesce(f.source, -f.statement, 0)", "f");
                self.figure.push(negated(is, holds));
                rows = Some(named.documents());
            }
            What::Accused(phrases) => {
                let named = Named::by(store, phrases)?;
                let accused = "EXISTS (SELECT 1 FROM accused c WHERE c.document = g.document \
                               AND c.allegation = g.id AND ";
                let mut is = Sql::default();
                is.push(accused, &named.is("c.actor", "c"), ")");
                self.allegation.push(negated(is, holds));
                rows = Some(named.documents());
            }
            What::Taxon(codes) => {
                let under = under(codes);
                rows = Some(near(codes));
                let mut sql = Sql::new(
                    "EXISTS (SELECT 1 FROM allegation_conduct c WHERE c.document = g.document \
                     AND c.allegation = g.id AND (",
                    Vec::new(),
                );
                sql.push("", &under, "))");
                self.allegation.push(negated(sql, holds));
            }
            What::Answered(is_answered) => {
                let sql = Sql::new(answered(), Vec::new());
                self.allegation.push(negated(sql, holds == *is_answered));
            }
            What::Counted(counted) => {
                self.figure.push(one_of("f.counted", texts(counted), holds));
                rows = Some(documents("figure", &one_of("counted", texts(counted), true)));
            }
            What::Event(_) => self.event.push(condition.clone()),
            What::Outlet(phrases) => {
                let outlets = store.named_so("outlet", phrases)?;
                self.document.push(one_of("d.outlet", texts(&outlets), holds));
            }
            What::Agency(phrases) => {
                let agencies = store.named_so("agency", phrases)?;
                self.document.push(one_of("d.agency", texts(&agencies), holds));
            }
            What::Documents(ids) => {
                let ids = ids.iter().map(|id| Value::Integer(id.0.into())).collect();
                self.document.push(one_of("d.id", ids, holds));
            }
            // The case has made numbers of names.
            What::Document(_) => {}
            What::Language(tags) => {
                let tag = "(lower(d.language) = ? OR lower(d.language) GLOB ? || '-*')";
                let values = tags
                    .iter()
                    .flat_map(|tag| [Value::Text(tag.clone()), Value::Text(tag.clone())]);
                let any = vec![tag; tags.len()].join(" OR ");
                let sql = Sql::new(format!("coalesce({any}, FALSE)"), values.collect());
                self.document.push(negated(sql, holds));
            }
            What::Published(days) => {
                let (mut parts, mut values) = (Vec::new(), Vec::new());
                if let Some(first) = days.first {
                    parts.push("d.published >= ?");
                    values.push(Value::Text(first.to_string()));
                }
                if let Some(last) = days.last {
                    // A date-time of the last day is behind the day.
                    parts.push("d.published < ? || 'U'");
                    values.push(Value::Text(last.to_string()));
                }
                let sql = Sql::new(format!("coalesce({}, FALSE)", parts.join(" AND ")), values);
                self.document.push(negated(sql, holds));
            }
        }
        self.rows.extend(rows.filter(|_| holds));
        Ok(())
    }

    /// Documents in which something happened on the days asked for.
    fn add_rows_of_events(&mut self) {
        for condition in &self.event {
            let (What::Event(days), true) = (&condition.what, condition.holds) else { continue };
            let of = |table| within(table, "when", *days);
            let both = || Sql::joined(&[of("allegation"), of("figure")], " UNION ALL ");
            self.rows.push(match (self.allegation.is_empty(), self.figure.is_empty()) {
                (true, true) => both(),
                (false, _) => of("allegation"),
                (true, false) => of("figure"),
            });
        }
    }

    /// For each condition that an index can answer, a selection of documents that can meet it.
    pub(super) fn rows(&self) -> &[Sql] {
        &self.rows
    }

    /// Whether nothing is asked for.
    pub(super) fn are_none(&self) -> bool {
        self.on_document().text.is_empty()
    }

    /// Whether something is asked for of documents themselves.
    pub(super) fn are_on_documents(&self) -> bool {
        !self.document.is_empty()
    }

    /// Whether words of statements are asked for.
    pub(super) fn has_words(&self) -> bool {
        !self.says.is_empty()
    }

    /// What a document has to be; empty where there are no conditions.
    pub(super) fn on_document(&self) -> Sql {
        let mut parts = self.document.clone();
        let exists = |table: &str, sql: Sql| {
            let mut exists = Sql::new(format!("EXISTS (SELECT 1 FROM {table} AND "), Vec::new());
            exists.push("", &sql, ")");
            exists
        };
        let allegation = self.on_allegation();
        let figure = self.on_figure();
        let allegation = allegation.map(|sql| exists("allegation g WHERE g.document = d.id", sql));
        let figure = figure.map(|sql| exists("figure f WHERE f.document = d.id", sql));
        match (allegation, figure) {
            (None, None) => parts.extend(
                self.on_statement().map(|sql| exists("statement s WHERE s.document = d.id", sql)),
            ),
            (Some(allegation), Some(figure)) if self.is_event_alone() => {
                let mut either = Sql::new("(", Vec::new());
                either.push("", &Sql::joined(&[allegation, figure], " OR "), ")");
                parts.push(either);
            }
            (allegation, figure) => parts.extend(allegation.into_iter().chain(figure)),
        }
        Sql::joined(&parts, " AND ")
    }

    /// Whether it is only asked when something happened, of an allegation or a figure.
    fn is_event_alone(&self) -> bool {
        self.allegation.is_empty() && self.figure.is_empty() && !self.event.is_empty()
    }

    /// What a statement has to be; `None` where nothing is asked.
    fn on_statement(&self) -> Option<Sql> {
        let parts: Vec<Sql> = self.statement.iter().chain(&self.says).cloned().collect();
        (!parts.is_empty()).then(|| Sql::joined(&parts, " AND "))
    }

    fn on_allegation(&self) -> Option<Sql> {
        if self.allegation.is_empty() && !self.is_event_alone() {
            return None;
        }
        let mut parts = self.allegation.clone();
        parts.extend(self.event.iter().filter_map(|condition| event(condition, "g.when")));
        if let Some(statement) = self.on_statement() {
            let mut by = Sql::new(
                "EXISTS (SELECT 1 FROM allegation_by b JOIN statement s \
                 ON s.document = b.document AND s.id = b.statement \
                 WHERE b.document = g.document AND b.allegation = g.id AND ",
                Vec::new(),
            );
            by.push("", &statement, ")");
            parts.push(by);
        }
        Some(Sql::joined(&parts, " AND "))
    }

    fn on_figure(&self) -> Option<Sql> {
        if self.figure.is_empty() && !self.is_event_alone() {
            return None;
        }
        let mut parts = self.figure.clone();
        parts.extend(self.event.iter().filter_map(|condition| event(condition, "f.when")));
        if let Some(statement) = self.on_statement() {
            let mut by = Sql::new(
                "EXISTS (SELECT 1 FROM statement s \
                 WHERE s.document = f.document AND s.id = f.statement AND ",
                Vec::new(),
            );
            by.push("", &statement, ")");
            parts.push(by);
        }
        Some(Sql::joined(&parts, " AND "))
    }

    /// Selects the statements of a window of documents.
    pub(super) fn statements(&self) -> Option<Sql> {
        let is_alone =
            self.allegation.is_empty() && self.figure.is_empty() && self.event.is_empty();
        let sql = self.on_statement().filter(|_| is_alone);
        sql.map(|sql| items("statement s", "s", &sql))
    }

    /// Selects the allegations of a window of documents.
    pub(super) fn allegations(&self) -> Option<Sql> {
        self.on_allegation().map(|sql| items("allegation g", "g", &sql))
    }

    /// Selects the figures of a window of documents.
    pub(super) fn figures(&self) -> Option<Sql> {
        self.on_figure().map(|sql| items("figure f", "f", &sql))
    }
}

/// Whether an allegation is answered: in its own document, or in another report, where a statement
/// answers the one that makes it or one that tells the same: as [`crate::store::Joins::answers_to`] has
/// it.
fn answered() -> String {
    let told = format!(
        "JOIN part p ON p.kind = {} AND p.document = b.document AND p.item = b.statement \
         JOIN part t ON t.whole = p.whole",
        WholeKind::Telling as u8
    );
    let own = "EXISTS (SELECT 1 FROM response r \
               WHERE r.document = g.document AND r.allegation = g.id)";
    let elsewhere = [
        ("", "answer a ON a.other_document = b.document AND a.other_statement = b.statement"),
        (&told, "answer a ON a.other_document = t.document AND a.other_statement = t.item"),
        (&told, "link a ON a.document = t.document AND a.target = t.item"),
    ];
    let elsewhere = elsewhere.map(|(told, answer)| {
        format!(
            " OR EXISTS (SELECT 1 FROM allegation_by b {told} JOIN {answer} \
             WHERE b.document = g.document AND b.allegation = g.id \
             AND a.document <> g.document AND a.kind NOT IN ('{}', '{}') \
             AND NOT EXISTS (SELECT 1 FROM part c JOIN part o ON o.whole = c.whole \
                 WHERE c.kind = {} AND c.document = g.document AND o.document = a.document))",
            word(LinkKind::Repeats),
            word(LinkKind::Supports),
            WholeKind::Copies as u8
        )
    });
    format!("({own}{})", elsewhere.concat())
}

fn items(table: &str, name: &str, conditions: &Sql) -> Sql {
    let mut sql = Sql::default();
    let select =
        format!("SELECT {name}.id FROM {table} WHERE {name}.document BETWEEN ?1 AND ?2 AND ");
    sql.push(&select, conditions, &format!(" ORDER BY {name}.document, {name}.id"));
    sql
}

fn event(condition: &Condition, column: &str) -> Option<Sql> {
    match &condition.what {
        What::Event(days) => Some(meets(column, *days, condition.holds)),
        _ => None,
    }
}
