//! The `onrecord` program: reads documents and shows their records.

mod across;
mod arguments;
mod case;
mod confidence;
mod console;
mod csv;
mod documents;
mod failure;
mod help;
mod html;
mod jsonld;
mod law;
mod man;
mod output;
mod pages;
mod read;
mod records;
mod review;
mod search;
mod show;
mod terminal;
mod text;
mod times;
mod validate;
mod verify;
mod view;
mod writer;

use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use arguments::{Cli, Command};
use console::Console;
use output::Output;

/// How a run ends. Wrong usage ends it with 2.
enum End {
    /// Everything asked for was done.
    Done,
    /// Something was not read, is not valid or could not be written. It was said on standard error.
    Short,
    /// The arguments ask for what cannot be done. It was said on standard error.
    Usage,
}

impl From<End> for ExitCode {
    fn from(end: End) -> Self {
        match end {
            End::Done => Self::SUCCESS,
            End::Short => Self::FAILURE,
            End::Usage => Self::from(2),
        }
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let console = Console::new();
    match cli.command {
        Command::Read(arguments) => read::run(&arguments, &console),
        Command::Times(arguments) => times::run(&arguments, &console),
        Command::Show(arguments) => show::run(&arguments, &console),
        Command::Case(command) => case::run(&command, &console),
        Command::Timeline(arguments) => across::timeline(&arguments, &console),
        Command::Figures(arguments) => across::figures(&arguments, &console),
        Command::Proceedings(arguments) => across::proceedings(&arguments, &console),
        Command::Actors(arguments) => across::actors(&arguments, &console),
        Command::Allegations(arguments) => across::allegations(&arguments, &console),
        Command::Dossier(arguments) => across::dossier(&arguments, &console),
        Command::Verify(arguments) => verify::run(&arguments, &console),
        Command::Review(arguments) => review::run(&arguments, &console),
        Command::Search(arguments) => search::run(&arguments, &console),
        Command::Law(arguments) => law::run(&arguments, &console),
        Command::Validate(arguments) => validate::run(&arguments, &console),
        Command::Schema => {
            let schema = onrecord_record::json_schema();
            print(&console, format!("{schema:#}\n").as_bytes())
        }
        Command::Completions(arguments) => {
            let mut script = Vec::new();
            let name = "onrecord";
            clap_complete::generate(arguments.shell, &mut Cli::command(), name, &mut script);
            print(&console, &script)
        }
        Command::Man(arguments) => man::run(&arguments, &console),
    }
    .into()
}

/// Writes all of `bytes` to standard output. A reader that has closed the pipe has read enough.
fn print(console: &Console, bytes: &[u8]) -> End {
    let mut output = Output::stdout();
    match output.write_all(bytes).and_then(|()| output.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            console.say(&output.refusal(&error).to_string());
            End::Short
        }
        _ => End::Done,
    }
}
