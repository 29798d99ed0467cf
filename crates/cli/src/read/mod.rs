//! `onrecord read`: originals to their records, in the order given.

mod document;
mod in_order;
mod inputs;
mod original;
pub(crate) mod size;

use std::io::{self, IsTerminal};
use std::num::NonZeroUsize;

use crate::End;
use crate::arguments::ReadArguments;
use crate::console::Console;
use crate::output::Output;
use crate::pages::{Pages, Piece, Writer};
use document::Reader;
use original::Work;

/// Fewer files than this are read without a bar: it would be gone before it is seen.
const FILES_WORTH_A_BAR: usize = 4;

/// Reads everything that the arguments name.
pub(crate) fn run(arguments: &ReadArguments, console: &Console) -> End {
    if arguments.paths.iter().filter(|path| path.as_os_str() == "-").count() > 1 {
        console.say("standard input (-) can be read once: name it once");
        return End::Usage;
    }
    let pages = Pages::asked(&arguments.show);
    let output = arguments.show.file();
    let opened = Output::open(output).and_then(|output| Writer::new(&pages, output));
    let (mut writer, reader) = match opened.and_then(|w| Ok((w, Reader::new(arguments)?))) {
        Ok(both) => both,
        Err(failure) => {
            console.say(&failure.to_string());
            return End::Short;
        }
    };
    let inputs = inputs::find(&arguments.paths, output);
    for line in &inputs.skipped {
        console.say(line);
    }
    let bar = !arguments.no_progress
        && inputs.list.len() >= FILES_WORTH_A_BAR
        && (output.is_some() || !io::stdout().is_terminal());
    let console = &if bar { Console::with_progress(inputs.list.len()) } else { Console::new() };
    let jobs = arguments
        .jobs
        .unwrap_or_else(|| std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN));
    let mut all_read = true;
    let written = in_order::in_order(
        jobs,
        original::documents(inputs.list, arguments.max_size),
        |turn, work: Work| {
            let last = work.is_last;
            (reader.piece(&pages, turn, work), last)
        },
        |(piece, last): (Piece, bool)| {
            if let Some(failure) = &piece.failure {
                all_read = false;
                console.say(&failure.to_string());
            }
            if last {
                console.file_read();
            }
            writer.piece(piece)
        },
    );
    writer.end(written, all_read, console)
}
