//! `onrecord case status`.

use onrecord_casebook::{Case, Counts, Error, System};
use serde::Serialize;

use crate::arguments::{CaseStatusArguments, ListFormat};
use crate::console::Console;
use crate::{End, print};

/// What JSON holds of a case.
#[derive(Serialize)]
struct Status<'c> {
    case: &'c str,
    key: &'c str,
    #[serde(flatten)]
    counts: Counts,
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<usize>,
    acts: u64,
    last_act: Option<String>,
    ledger: u64,
}

pub(super) fn run(arguments: &CaseStatusArguments, console: &Console) -> Result<End, Error> {
    let case = Case::open_to_read(&arguments.case, &System::real())?;
    let manifest = case.manifest();
    let seen = case.ledger().seen(&case.trust()?)?;
    let findings = arguments.findings.then(|| case.store().findings()).transpose()?;
    let status = Status {
        case: &manifest.name,
        key: &manifest.key,
        counts: case.store().counts()?,
        findings: findings.map(|findings| findings.len()),
        acts: case.store().entry_count()?,
        last_act: case.store().last_act()?.map(|at| at.to_string()),
        ledger: seen.map_or(0, |seen| seen.checkpoint.size),
    };
    let text = match arguments.format {
        ListFormat::Json => serde_json::to_string_pretty(&status).unwrap_or_default() + "\n",
        ListFormat::Text => page(&status),
    };
    Ok(print(console, text.as_bytes()))
}

fn page(status: &Status<'_>) -> String {
    let Status { counts, .. } = status;
    let mut page = String::new();
    let mut line = |label: &str, value: String| page.push_str(&format!("{label:<12}{value}\n"));
    line("case", status.case.to_owned());
    line("key", status.key.to_owned());
    line("documents", documents(counts));
    line("originals", size(counts.bytes));
    line("statements", counts.statements.to_string());
    line("allegations", counts.allegations.to_string());
    line("figures", counts.figures.to_string());
    line("proceedings", counts.proceedings.to_string());
    line("entities", counts.entities.to_string());
    line(
        "copied",
        format!("{} {}", counts.copied, if counts.copied == 1 { "story" } else { "stories" }),
    );
    line("series", counts.series.to_string());
    line("matters", counts.matters.to_string());
    if let Some(findings) = status.findings {
        line("findings", findings.to_string());
    }
    let behind = status.acts.saturating_sub(status.ledger);
    let ledger = match behind {
        0 => format!("{} acts, all signed", status.acts),
        _ => format!(
            "{} acts, {behind} of them not yet signed: the next run that writes signs them",
            status.acts
        ),
    };
    line("ledger", ledger);
    line("last act", status.last_act.clone().unwrap_or_else(|| "none".to_owned()));
    page
}

fn documents(counts: &Counts) -> String {
    let mut line = counts.documents.to_string();
    if counts.unread > 0 {
        line.push_str(&format!(", {} of them not read", counts.unread));
    }
    if counts.removed > 0 {
        line.push_str(&format!(", {} removed", counts.removed));
    }
    line
}

/// A number of bytes as people write it.
fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["bytes", "KiB", "MiB", "GiB"];
    let mut shown = bytes;
    let mut unit = 0;
    while shown >= 10 * 1024 && unit + 1 < UNITS.len() {
        shown /= 1024;
        unit += 1;
    }
    format!("{shown} {}", UNITS[unit])
}
