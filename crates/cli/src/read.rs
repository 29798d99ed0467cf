//! `onrecord read`: originals to their records, in the order given.

use crate::arguments::ReadArguments;
use crate::console::Console;
use crate::pages::Pages;
use crate::{End, documents};

/// Reads everything that the arguments name.
pub(crate) fn run(arguments: &ReadArguments, console: &Console) -> End {
    let pages = Pages::asked(arguments.format, arguments.min_confidence, &arguments.show);
    let domain = arguments.documents.domain.map(Into::into);
    let output = arguments.show.file();
    documents::each(&arguments.documents, output, pages.layout(), console, |turn, engine, read| {
        pages.piece(turn, engine.read(read, domain))
    })
}
