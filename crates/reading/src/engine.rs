//! The engine: every pack that ships, compiled.

use onrecord_intake::Document;
use onrecord_language::{Analysis, Language, Tokens};
use onrecord_packs::{Pack, PackError};
use onrecord_record::{MadeBy, Record};

use crate::confidence::Calibration;
use crate::reader::Reader;
use onrecord_times::{Domain, Reading};

/// Everything that reads, compiled once and shared by all threads.
///
/// ```
/// # use onrecord_intake::{Intake, Options, units};
/// # use onrecord_reading::Engine;
/// let intake = Intake::new()?;
/// let engine = Engine::new()?;
/// let story = "The ministry said on Monday that twelve people were killed in the flood.";
/// let unit = units("story.txt", story.as_bytes()).into_iter().next().unwrap();
/// let options = Options { published: Some("2025-03-05".into()), ..Options::default() };
/// let record = engine.read(&intake.read(&unit, &options).unwrap(), None);
/// let statement = &record.statements[0];
/// assert_eq!(statement.cue.as_ref().unwrap().span.text, "said");
/// assert_eq!(statement.said.as_ref().unwrap().value, "2025-03-03");
/// assert_eq!(record.figures[0].statement, Some(statement.id));
/// # Ok::<(), onrecord_packs::PackError>(())
/// ```
#[derive(Debug)]
pub struct Engine {
    readers: Vec<Reader>,
}

impl Engine {
    /// The engine with every pack that ships. Attributions are found by the trained engine of a
    /// language, where one ships in `models/`, and by its rules inside their contents; by the rules
    /// alone where none does.
    ///
    /// # Errors
    /// Where a pack cannot be compiled, the error names the file and the rule; where weights cannot
    /// be read, their folder.
    pub fn new() -> Result<Self, PackError> {
        let packs = Pack::all()?;
        Ok(Self { readers: packs.iter().map(Reader::compile).collect::<Result<_, _>>()? })
    }

    /// The record of a document, which keeps its contract. A language without a pack gives
    /// document, text and language. Without a `domain`, the text decides how its times are told.
    #[must_use]
    pub fn read(&self, document: &Document, domain: Option<Domain>) -> Record {
        match self.reader(document) {
            Some(reader) => reader.read(document, domain),
            None => Record::of_document(made_by(None, None), document.record.clone()),
        }
    }

    /// The times of a document alone, those of its record; `None` for a language without a pack.
    #[must_use]
    pub fn times(&self, document: &Document, domain: Option<Domain>) -> Option<Reading> {
        self.reader(document).map(|reader| reader.times(document, domain))
    }

    /// What made the times of a document.
    #[must_use]
    pub fn made_by(&self, document: &Document) -> MadeBy {
        self.reader(document).map_or_else(|| made_by(None, None), Reader::made_by)
    }

    /// What splits texts of a language into words, for tools that measure or train; `None` for a
    /// language without a pack.
    #[must_use]
    pub fn language(&self, tag: &str) -> Option<&Language> {
        self.of(tag).map(Reader::splits)
    }

    /// The parties of a text, as [`onrecord_language::engine::Engine::read`] hides them, where the text
    /// was split by [`Engine::language`] of the same language.
    #[must_use]
    pub fn parties(&self, tag: &str, analysis: &Analysis<'_>) -> Vec<Tokens> {
        self.of(tag).map(|reader| reader.parties(analysis)).unwrap_or_default()
    }

    /// What the confidences of a language's items are taken from, for tools that measure; `None` for
    /// a language without a pack.
    #[must_use]
    pub fn calibration(&self, tag: &str) -> Option<&Calibration> {
        self.of(tag).map(|reader| &reader.calibration)
    }

    fn reader(&self, document: &Document) -> Option<&Reader> {
        self.of(document.record.language.split('-').next().unwrap_or_default())
    }

    fn of(&self, language: &str) -> Option<&Reader> {
        self.readers.iter().find(|reader| reader.language() == language)
    }

    /// Words that tell some conduct of the law, by its code, each with the language that they are of:
    /// those in which the rules of the packs show what they read.
    #[must_use]
    pub fn words_for(&self, code: &str) -> Vec<(&str, &str)> {
        let words = self.readers.iter().flat_map(|reader| {
            let words = reader.allegations.words_for(code);
            words.into_iter().map(|words| (reader.language(), words))
        });
        words.collect()
    }

    /// Runs every example that the rules of reading of every pack carry. Each line names a pack, a rule
    /// and what it did otherwise; none where all rules do as they say.
    #[must_use]
    pub fn examples(&self) -> Vec<String> {
        self.readers.iter().flat_map(Reader::examples).collect()
    }

    /// Reads the sentences that the cues of every pack carry: how many come out as they say, and
    /// a line for each that does not.
    #[must_use]
    pub fn cue_examples(&self) -> (usize, Vec<String>) {
        let mut right = 0;
        let mut faults = Vec::new();
        for (more, missed) in self.readers.iter().map(Reader::cue_examples) {
            right += more;
            faults.extend(missed);
        }
        (right, faults)
    }
}

/// What made a record.
pub(crate) fn made_by(pack: Option<String>, model: Option<String>) -> MadeBy {
    MadeBy { onrecord: env!("CARGO_PKG_VERSION").to_owned(), pack, model }
}
