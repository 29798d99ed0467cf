//! Rows as lines: CSV that no spreadsheet takes for formulas, JSON.

use serde::Serialize;

use super::{Cell, Column};

/// A line of cells as RFC 4180 has it, ended by CR LF. A cell that a spreadsheet could take for a
/// formula begins with an apostrophe.
pub fn csv_line(cells: impl IntoIterator<Item = String>) -> Vec<u8> {
    let mut line = String::new();
    for (i, cell) in cells.into_iter().enumerate() {
        line.push_str(if i == 0 { "" } else { "," });
        let cell = harmless(cell);
        if cell.contains(['"', ',', '\r', '\n']) {
            line.push_str(&format!("\"{}\"", cell.replace('"', "\"\"")));
        } else {
            line.push_str(&cell);
        }
    }
    line.push_str("\r\n");
    line.into_bytes()
}

/// A cell that no spreadsheet takes for a formula: one that could be begins with an apostrophe.
fn harmless(cell: String) -> String {
    const BEGIN: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if cell.starts_with(BEGIN) { format!("'{cell}") } else { cell }
}

/// A row as a JSON object on one line, its names those of the columns, in their order.
#[must_use]
pub fn json_line(own: &[(&str, &str)], columns: &[Column], row: &[Cell]) -> Vec<u8> {
    let own = own.iter().map(|(name, value)| (*name, json(value)));
    let cells = columns.iter().zip(row).map(|(column, cell)| (column.name, json(cell)));
    let pairs: Vec<String> =
        own.chain(cells).map(|(name, value)| format!("{}:{value}", json(&name))).collect();
    format!("{{{}}}\n", pairs.join(",")).into_bytes()
}

/// Words and numbers, which serialise whatever they hold.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::ColumnKind;

    #[test]
    fn a_line_is_rfc_4180_and_no_cell_is_a_formula() {
        let cells = ["plain", "a,b", "say “x”", "\"q\"", "two\nlines", "", "=1+1", "-5", "'tis"];
        assert_eq!(
            String::from_utf8(csv_line(cells.map(str::to_owned))).unwrap(),
            "plain,\"a,b\",say “x”,\"\"\"q\"\"\",\"two\nlines\",,'=1+1,'-5,'tis\r\n"
        );
    }

    #[test]
    fn a_row_is_an_object_in_the_order_of_its_columns() {
        let column = |name| Column { name, kind: ColumnKind::Text };
        let row = [Cell::from("=x \"y\""), Cell::Nothing, Cell::from(2.5), Cell::from(7_u32)];
        let line = json_line(&[("table", "t")], &["b", "a", "n", "w"].map(column), &row);
        assert_eq!(
            String::from_utf8(line).unwrap(),
            "{\"table\":\"t\",\"b\":\"=x \\\"y\\\"\",\"a\":null,\"n\":2.5,\"w\":7}\n"
        );
    }
}
