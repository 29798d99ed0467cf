//! Checks: what can be checked inside the record, and how it came out.

use super::{Page, Tone, indent, run};
use crate::view::{View, words};

pub(super) fn draw(page: &mut Page, view: &View<'_>) {
    let checks = &view.record.checks;
    if checks.is_empty() {
        return;
    }
    page.section("Checks", &checks.len());
    for check in checks {
        let (mark, tone) =
            if check.holds { ("holds  ", Tone::Green) } else { ("fails  ", Tone::Red) };
        let items: Vec<String> = check.items.iter().map(ToString::to_string).collect();
        let sure = words::sure(check.confidence);
        let about = format!("  {} {} {sure}", words::kind(check.kind), items.join(", "));
        let runs = [run(Tone::Plain, &check.says), run(Tone::Faint, about)];
        page.put(&[run(tone, mark)], &[indent(mark.len())], &runs, "");
    }
}
