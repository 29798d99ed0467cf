//! A view across documents, for the terminal.

use super::{Page, Tone, indent, run};
use crate::terminal::Terminal;
use crate::view::{Entry, Group};

/// The columns of an item's id.
const AT: usize = 10;

/// The page of a view, as wide as the terminal at most.
pub(crate) fn entries(groups: &[Group], terminal: Terminal) -> String {
    let mut page = Page::new(terminal);
    for group in groups {
        if !page.out.is_empty() {
            page.out.push('\n');
        }
        let mut head = vec![run(Tone::Head, &group.heading)];
        if !group.note.is_empty() {
            head.push(run(Tone::Strong, format!(" · {}", group.note)));
        }
        head.push(run(Tone::Faint, format!(" · {}", group.counted())));
        page.put(&[], &[], &head, "");
        for entry in &group.entries {
            one(&mut page, entry);
        }
    }
    page.out
}

fn one(page: &mut Page, entry: &Entry) {
    let first = [run(Tone::Faint, format!("{:<AT$}", entry.at))];
    let rest = [indent(AT)];
    let mut says = Vec::new();
    if !entry.when.is_empty() {
        says.push(run(Tone::Strong, format!("{}: ", entry.when)));
    }
    says.push(run(Tone::Plain, &entry.says));
    page.put(&first, &rest, &says, "");
    if !entry.words.is_empty() {
        page.put(&rest, &rest, &[run(Tone::Quoted, format!("“{}”", entry.words))], "");
    }
    let about = format!("{}{}", entry.about, entry.copied());
    page.put(&rest, &rest, &[run(Tone::Faint, about)], "");
}
