//! Tables that fit the page: the widest columns give way first, and their cells take more lines. On
//! a page too narrow for its columns, each row becomes a list.

use super::wrap::{Line, Run, columns, wrap};
use super::{ID, Page, Tone, indent, run};

/// The columns between two columns of a table.
const GAP: usize = 2;
/// The narrowest that a column may become.
const NARROW: usize = 8;

/// Draws rows beneath their heads. Every row has a cell for each head.
pub(super) fn draw(page: &mut Page, heads: &[&str], rows: &[Vec<Run>]) {
    draw_with(page, heads, rows, |_, _| ());
}

/// Draws rows beneath their heads, and what `beneath` draws beneath each, by its place from 0.
pub(super) fn draw_with(
    page: &mut Page,
    heads: &[&str],
    rows: &[Vec<Run>],
    beneath: impl Fn(&mut Page, usize),
) {
    let heads: Vec<Run> = heads.iter().map(|head| run(Tone::Faint, *head)).collect();
    let kept = kept(&heads, rows);
    let pick =
        |row: &[Run]| -> Vec<Run> { kept.iter().filter_map(|i| row.get(*i).cloned()).collect() };
    let rows: Vec<Vec<Run>> =
        std::iter::once(pick(&heads)).chain(rows.iter().map(|row| pick(row))).collect();
    let widths = widths(&rows, page.width);
    let needed = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
    if needed > page.width {
        return list(page, &rows, beneath);
    }
    for (place, row) in rows.iter().enumerate() {
        let cells: Vec<Vec<Line>> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| wrap(std::slice::from_ref(cell), *width, *width))
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..height {
            let mut line = Line::new();
            for (cell, width) in cells.iter().zip(&widths) {
                let words = cell.get(at).cloned().unwrap_or_default();
                let gap = (width + GAP).saturating_sub(columns(&words));
                line.extend(words);
                line.push(run(Tone::Plain, " ".repeat(gap)));
            }
            for (tone, words) in &line {
                super::paint(&mut page.out, *tone, words, page.colours);
            }
            page.trim();
            page.out.push('\n');
        }
        if let Some(row) = place.checked_sub(1) {
            beneath(page, row);
        }
    }
}

/// Draws each row as lines of a head and a cell.
fn list(page: &mut Page, rows: &[Vec<Run>], beneath: impl Fn(&mut Page, usize)) {
    let Some((heads, rows)) = rows.split_first() else { return };
    for (place, row) in rows.iter().enumerate() {
        let mut cells = row.iter().zip(heads);
        let Some((id, _)) = cells.next() else { return };
        let mut first = vec![super::id(&id.1)];
        for (cell, (_, head)) in cells.filter(|(cell, _)| !cell.1.is_empty()) {
            let label = run(Tone::Faint, format!("{head} "));
            page.put(&first, &[indent(ID)], &[label, cell.clone()], "");
            first = vec![indent(ID)];
        }
        beneath(page, place);
    }
}

/// The columns in which some row has words.
fn kept(heads: &[Run], rows: &[Vec<Run>]) -> Vec<usize> {
    let filled =
        |i: &usize| rows.iter().any(|row| row.get(*i).is_some_and(|cell| !cell.1.is_empty()));
    (0..heads.len()).filter(filled).collect()
}

fn widths(rows: &[Vec<Run>], page: usize) -> Vec<usize> {
    let count = rows.first().map_or(0, Vec::len);
    let natural = |i: usize| {
        let lines = rows.iter().map(|row| wrap(&row[i..=i], usize::MAX, usize::MAX));
        lines.filter_map(|lines| lines.first().map(columns)).max().unwrap_or(0)
    };
    let mut widths: Vec<usize> = (0..count).map(natural).collect();
    let room = page.saturating_sub(GAP * count.saturating_sub(1));
    // Cut the widest to the next widest, until all fit or none can give.
    while widths.iter().sum::<usize>() > room {
        let widest = widths.iter().copied().max().unwrap_or(0);
        if widest <= NARROW {
            break;
        }
        let next = widths.iter().copied().filter(|w| *w < widest).max().unwrap_or(0).max(NARROW);
        let many = widths.iter().filter(|w| **w == widest).count();
        let over = widths.iter().sum::<usize>() - room;
        let to = next.max(widest.saturating_sub(over.div_ceil(many)));
        for width in widths.iter_mut().filter(|w| **w == widest) {
            *width = to;
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::Terminal;

    #[test]
    fn a_table_fits_its_page_and_leaves_out_empty_columns() {
        let cell = |words: &str| run(Tone::Plain, words);
        let long = "a cell with many words that must give way to the others";
        let rows = vec![vec![cell("f1"), cell(""), cell(long), cell("12")]];
        let mut page = Page::new(Terminal { width: 40, colours: false });
        draw(&mut page, &["", "never", "words", "line"], &rows);
        assert!(page.out.lines().all(|line| line.chars().count() <= 40), "{}", page.out);
        assert!(!page.out.contains("never"));
        assert_eq!(page.out.split_whitespace().collect::<Vec<_>>().len(), 2 + 1 + 12 + 1);
    }
}
