//! The map: docs/architecture.md's table of rooms against what cargo knows.

use crate::gate::Note;
use crate::repository::{Package, Repository};
use crate::{Outcome, purity};

const PAGE: &str = "docs/architecture.md";
const BEGIN: &str = "<!-- map: read by `cargo xtask check map` -->";
const END: &str = "<!-- end of map -->";

/// A row of the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Room {
    /// The folder, from the root.
    pub(crate) folder: String,
    /// The names of the workspace's packages that it uses.
    uses: Vec<String>,
    /// The names of the outside packages that it uses; `None` for an edge, which may use any.
    outside: Option<Vec<String>>,
}

impl Room {
    /// Whether it is pure: values in, values out.
    pub(crate) fn is_inner(&self) -> bool {
        self.outside.is_some()
    }
}

/// The step.
pub(crate) fn run(repository: &Repository) -> Outcome<Note> {
    let rooms = rooms(&repository.text(PAGE)?)?;
    let mut wrong = faults(&rooms, &repository.packages);
    wrong.extend(purity::faults(&rooms, &repository.files()?));
    if wrong.is_empty() {
        let inner = rooms.iter().filter(|room| room.is_inner()).count();
        Ok(Note::Passed(format!("{} rooms, {inner} of them pure", rooms.len())))
    } else {
        Err(wrong.join("\n"))
    }
}

/// The rooms of the map, in its order.
pub(crate) fn rooms(page: &str) -> Outcome<Vec<Room>> {
    let table = page.split_once(BEGIN).and_then(|(_, rest)| rest.split_once(END));
    let (table, _) = table.ok_or_else(|| format!("{PAGE}: no table between {BEGIN} and {END}"))?;
    table.lines().filter(|line| line.starts_with("| `")).map(room).collect()
}

fn room(line: &str) -> Outcome<Room> {
    let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
    let [folder, _, uses, outside] = cells.as_slice() else {
        return Err(format!("{PAGE}: not four cells: {line}"));
    };
    Ok(Room {
        folder: folder.trim_matches('`').to_owned(),
        uses: names(uses),
        outside: (*outside != "any").then(|| names(outside)),
    })
}

/// The names of a cell, in order of the alphabet; none for a dash.
fn names(cell: &str) -> Vec<String> {
    let mut names: Vec<String> = cell
        .split(',')
        .map(|name| name.trim().trim_matches('`').to_owned())
        .filter(|name| !name.is_empty() && name != "–")
        .collect();
    names.sort();
    names
}

fn faults(rooms: &[Room], packages: &[Package]) -> Vec<String> {
    let mut wrong = Vec::new();
    for package in packages {
        let Package { folder, name, uses, outside } = package;
        if let Some(short) = folder.strip_prefix("crates/")
            && *name != format!("onrecord-{short}")
        {
            wrong.push(format!("{folder}: its crate is to be named onrecord-{short}, not {name}"));
        }
        let Some(place) = rooms.iter().position(|room| room.folder == *folder) else {
            wrong.push(format!("{folder} is missing from the map in {PAGE}"));
            continue;
        };
        let (room, above) = (&rooms[place], &rooms[..place]);
        if room.uses != *uses {
            wrong.push(format!("{folder} uses {uses:?}, the map says {:?}", room.uses));
        }
        if let Some(allowed) = &room.outside
            && allowed != outside
        {
            wrong.push(format!("{folder} takes {outside:?} from outside, the map {allowed:?}"));
        }
        for used in uses {
            let folder_of = packages.iter().find(|p| p.name == *used).map(|p| &p.folder);
            if !above.iter().any(|room| Some(&room.folder) == folder_of) {
                wrong.push(format!("{folder} uses {used}, which does not stand above it"));
            }
        }
    }
    for room in rooms {
        if !packages.iter().any(|package| package.folder == room.folder) {
            wrong.push(format!("{} is on the map in {PAGE} and nowhere else", room.folder));
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(rows: &str) -> String {
        format!(
            "# A map\n{BEGIN}\n| room | holds | uses | outside |\n|---|---|---|---|\n{rows}{END}"
        )
    }

    fn package(folder: &str, uses: &[&str], outside: &[&str]) -> Package {
        let name = folder.replace("crates/", "onrecord-");
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        Package { name, folder: folder.into(), uses: owned(uses), outside: owned(outside) }
    }

    fn found(rows: &str, packages: &[Package]) -> String {
        faults(&rooms(&page(rows)).unwrap(), packages).join("; ")
    }

    const ROWS: &str = "| `crates/base` | first | – | `serde` |\n\
                        | `crates/edge` | last | `onrecord-base` | any |\n";

    fn packages() -> Vec<Package> {
        let edge = package("crates/edge", &["onrecord-base"], &["clap"]);
        vec![package("crates/base", &[], &["serde"]), edge]
    }

    #[test]
    fn a_true_map_passes() {
        assert_eq!(found(ROWS, &packages()), "");
    }

    #[test]
    fn a_room_missing_on_either_side_is_found() {
        let says = found(ROWS, &packages()[..1]);
        assert_eq!(says, format!("crates/edge is on the map in {PAGE} and nowhere else"));
        let first = ROWS.lines().next().unwrap().to_owned() + "\n";
        assert!(found(&first, &packages()).starts_with("crates/edge is missing"));
    }

    #[test]
    fn a_room_that_uses_more_than_the_map_says_is_found() {
        let mut more = packages();
        more[0].outside.push("tokio".into());
        assert!(found(ROWS, &more).contains("tokio"));
        let mut less = packages();
        less[1].uses.clear();
        assert!(found(ROWS, &less).contains("crates/edge uses []"));
    }

    #[test]
    fn a_room_that_uses_one_below_it_is_found() {
        let turned: String = ROWS.lines().rev().flat_map(|line| [line, "\n"]).collect();
        assert!(found(&turned, &packages()).contains("does not stand above it"));
    }

    #[test]
    fn a_crate_of_another_name_is_found() {
        let mut named = packages();
        named[1].name = "edge".into();
        assert!(found(ROWS, &named).contains("to be named onrecord-edge"));
    }

    #[test]
    fn a_page_without_a_table_is_refused() {
        assert!(rooms("# A map").is_err());
        assert!(rooms(&page("| `crates/base` | two cells |\n")).is_err());
    }
}
