//! Why a document was not read.

/// Why a document was not read: one line with the cause and the way out. The caller puts the
/// document's name before it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// No byte but white space and marks of byte order.
    #[error("holds no text: give a file with words in it")]
    Empty,
    /// Text without a letter or digit.
    #[error("holds no word, only marks: give a file with words in it")]
    NoWords,
    /// Bytes that are no text.
    #[error("is no text but {what} (at byte {at}): give its text or HTML")]
    Binary {
        /// What was found.
        what: &'static str,
        /// Where, in bytes from the start.
        at: usize,
    },
    /// A PDF.
    #[error("is a PDF, which is not read yet: convert it to text first")]
    Pdf,
    /// More text than the limit allows.
    #[error("has {bytes} bytes, the limit is {limit}: raise it with --max-size")]
    TooLarge {
        /// The document's length.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// Elements nested deeper than the limit allows.
    #[error("nests elements {depth} deep, the limit is {limit}: give the article without them")]
    TooDeep {
        /// The depth found before reading stopped.
        depth: usize,
        /// The limit.
        limit: usize,
    },
    /// A tag with more attributes than any page needs.
    #[error("has a tag with more than {limit} attributes: give the article without it")]
    TooManyAttributes {
        /// The limit.
        limit: usize,
    },
    /// JSON that cannot be read.
    #[error("is broken JSON at line {line}, column {column} ({cause}): mend the line")]
    BrokenJson {
        /// The line in the file, from 1.
        line: usize,
        /// The column in that line, in bytes from 1; 0 where the line ends too early.
        column: usize,
        /// What is wrong.
        cause: String,
    },
    /// JSON without a field that holds text, or HTML without words.
    #[error("has no text ({missing}): give the story's words there")]
    NoText {
        /// What is missing.
        missing: &'static str,
    },
    /// An option with a value that it cannot have.
    #[error("cannot be read with {option} {found:?}: expected {expected}")]
    BadOption {
        /// The option.
        option: &'static str,
        /// Its value.
        found: String,
        /// What it may be.
        expected: &'static str,
    },
}

impl Refusal {
    /// The cause's name, which never changes: `empty`, `broken-json`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NoWords => "no-words",
            Self::Binary { .. } => "binary",
            Self::Pdf => "pdf",
            Self::TooLarge { .. } => "too-large",
            Self::TooDeep { .. } => "too-deep",
            Self::TooManyAttributes { .. } => "too-many-attributes",
            Self::BrokenJson { .. } => "broken-json",
            Self::NoText { .. } => "no-text",
            Self::BadOption { .. } => "bad-option",
        }
    }
}
