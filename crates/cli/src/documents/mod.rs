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
use crate::failure::Failure;
use crate::output::Stop;
use crate::writer::{Layout, Piece, Writer};
pub(crate) use document::Reader;
pub(crate) use in_order::in_order;
pub(crate) use inputs::is_known;
pub(crate) use original::Bytes;
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
    if let Some(end) = misused(documents, console) {
        return end;
    }
    let mut writer = match Writer::open(layout, output) {
        Ok(writer) => writer,
        Err(stop) => return stop.said(console),
    };
    let is_page = output.is_none() && io::stdout().is_terminal();
    let fed = feed(
        documents,
        output,
        !is_page,
        console,
        |turn, reader, what| {
            let read = what.and_then(|bytes| {
                reader.read(&bytes, |engine, document| draw(turn, engine, document))
            });
            read.unwrap_or_else(|failure| Piece::failed(layout, turn, failure))
        },
        |piece, console| writer.piece(piece, console),
    );
    writer.end(fed, console)
}

/// The end of a run whose arguments cannot be followed; it was said why.
pub(crate) fn misused(documents: &Documents, console: &Console) -> Option<End> {
    let stdin = documents.paths.iter().filter(|path| path.as_os_str() == "-").count();
    (stdin > 1).then(|| {
        console.say("standard input (-) can be read once: name it once");
        End::Usage
    })
}

/// Does `work` on every document that the arguments name, on many threads, and hands what it gives
/// to `sink`, in the order of the documents, on this thread. `output` is passed over in folders. A
/// bar tells how far it is, where `with_bar` lets it.
///
/// # Errors
/// Where a language pack is broken; the error of `sink`.
pub(crate) fn feed<R: Send>(
    documents: &Documents,
    output: Option<&Path>,
    with_bar: bool,
    console: &Console,
    work: impl Fn(usize, &Reader, Result<Bytes, Failure>) -> R + Sync,
    mut sink: impl FnMut(R, &Console) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let reader = Reader::new(documents).map_err(Stop::Failed)?;
    let inputs = inputs::find(&documents.paths, output);
    for line in &inputs.skipped {
        console.say(line);
    }
    let bar = with_bar && !documents.no_progress && inputs.list.len() >= FILES_WORTH_A_BAR;
    let console = &if bar { Console::with_progress(inputs.list.len()) } else { Console::new() };
    let jobs = documents
        .jobs
        .unwrap_or_else(|| std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN));
    in_order(
        jobs,
        original::documents(inputs.list, documents.max_size),
        |turn, Work { what, is_last }| (work(turn, &reader, what), is_last),
        |(made, is_last)| {
            if is_last {
                console.file_read();
            }
            sink(made, console)
        },
    )
}
