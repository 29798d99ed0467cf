//! The documents that arguments name, each read and made a piece of the output, in the order given.

mod document;
mod in_order;
mod inputs;
mod original;
pub(crate) mod size;

use std::io::{self, IsTerminal};
use std::num::NonZeroUsize;
use std::path::Path;

use onrecord_intake::Document;
use onrecord_reading::Engine;

use crate::End;
use crate::arguments::Documents;
use crate::console::Console;
use crate::output::Stop;
use crate::writer::{Layout, Piece, Writer};
use document::Reader;
pub(crate) use inputs::is_known;
use original::Work;

/// Fewer files than this are read without a bar: it would be gone before it is seen.
const FILES_WORTH_A_BAR: usize = 4;

/// Reads every document that the arguments name and writes what `draw` makes of it: the piece of
/// the document that is so-manieth of the output, counted from 0. `draw` runs on many threads.
pub(crate) fn each(
    documents: &Documents,
    output: Option<&Path>,
    layout: Layout,
    console: &Console,
    draw: impl Fn(usize, &Engine, &Document) -> Piece + Sync,
) -> End {
    if documents.paths.iter().filter(|path| path.as_os_str() == "-").count() > 1 {
        console.say("standard input (-) can be read once: name it once");
        return End::Usage;
    }
    let opened = Writer::open(layout, output);
    let reader = || Reader::new(documents).map_err(Stop::Failed);
    let (mut writer, reader) = match opened.and_then(|writer| Ok((writer, reader()?))) {
        Ok(both) => both,
        Err(stop) => return stop.said(console),
    };
    let inputs = inputs::find(&documents.paths, output);
    for line in &inputs.skipped {
        console.say(line);
    }
    let bar = !documents.no_progress
        && inputs.list.len() >= FILES_WORTH_A_BAR
        && (output.is_some() || !io::stdout().is_terminal());
    let console = &if bar { Console::with_progress(inputs.list.len()) } else { Console::new() };
    let jobs = documents
        .jobs
        .unwrap_or_else(|| std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN));
    let written = in_order::in_order(
        jobs,
        original::documents(inputs.list, documents.max_size),
        |turn, work: Work| {
            let last = work.is_last;
            let read = work.what.and_then(|bytes| {
                reader.read(&bytes, |engine, document| draw(turn, engine, document))
            });
            (read.unwrap_or_else(|failure| Piece::failed(layout, turn, failure)), last)
        },
        |(piece, last): (Piece, bool)| {
            if last {
                console.file_read();
            }
            writer.piece(piece, console)
        },
    );
    writer.end(written, console)
}
