//! What could not be read, and why.

use std::fmt;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// An original or document that could not be read. JSON output keeps it in the place of the record
/// as `{"error": …}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Failure {
    /// What was not read: the path as given, with `#` and the line for a line of JSON Lines.
    pub(crate) name: String,
    /// The cause, as a word that stays the same from version to version.
    pub(crate) kind: String,
    /// The cause and the way out, for people: one line.
    pub(crate) says: String,
}

impl Failure {
    pub(crate) fn new(name: impl Into<String>, kind: &str, says: impl Into<String>) -> Self {
        Self { name: name.into(), kind: kind.to_owned(), says: says.into() }
    }

    /// The failure of an attempt to open or read `path`.
    pub(crate) fn of_io(path: &Path, error: &std::io::Error) -> Self {
        let name = path.display().to_string();
        match error.kind() {
            std::io::ErrorKind::NotFound => {
                Self::new(name, "missing", "does not exist: check the path")
            }
            std::io::ErrorKind::PermissionDenied => {
                let says = "may not be read by this user: change its permissions or copy it";
                Self::new(name, "unreadable", says)
            }
            _ => Self::new(
                name,
                "unreadable",
                format!("cannot be read ({error}): check the file and its disk"),
            ),
        }
    }

    /// The failure of an attempt to write what is called `name`.
    pub(crate) fn not_written(name: &str, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let says = match error.kind() {
            ErrorKind::NotFound => "its folder does not exist: make it first".to_owned(),
            ErrorKind::PermissionDenied => {
                "may not be written by this user: choose another place".to_owned()
            }
            ErrorKind::StorageFull => "the disk is full: make room and run again".to_owned(),
            _ => format!("cannot be written ({error}): choose another place"),
        };
        Self::new(name, "not-written", says)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.says)
    }
}
