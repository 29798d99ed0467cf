//! `onrecord man`: manual pages made from the command line and its help.

use std::io;

use clap::{Command, CommandFactory};

use crate::arguments::{Cli, ManArguments};
use crate::console::Console;
use crate::{End, print};

/// Prints the page of the program or of one command.
pub(crate) fn run(arguments: &ManArguments, console: &Console) -> End {
    let mut program = Cli::command();
    program.build();
    let command = match &arguments.command {
        None => Some(&program),
        Some(name) => program.find_subcommand(name),
    };
    let Some(command) = command else {
        let names: Vec<_> = program.get_subcommands().map(Command::get_name).collect();
        let name = arguments.command.as_deref().unwrap_or_default();
        console.say(&format!("man: {name} is no command: name one of {}", names.join(", ")));
        return End::Usage;
    };
    match page(command) {
        Ok(page) => print(console, &page),
        Err(error) => {
            console.say(&format!("man: the page cannot be made: {error}"));
            End::Short
        }
    }
}

fn page(command: &Command) -> io::Result<Vec<u8>> {
    let man = clap_mangen::Man::new(command.clone());
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    let more = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
    page.extend(sections(&more).into_bytes());
    Ok(page)
}

/// The sections of the long help in the language of man(7): a line in capitals begins one, and its
/// lines stay as they are.
fn sections(help: &str) -> String {
    let mut out = String::new();
    let mut fixed = false;
    for line in help.lines() {
        let head =
            !line.is_empty() && line.chars().all(|c| c.is_ascii_uppercase() || " -".contains(c));
        if head {
            let line = line.replace('-', "\\-");
            out.push_str(&format!("{}.SH {line}\n.nf\n", if fixed { ".fi\n" } else { "" }));
            fixed = true;
        } else {
            let line = line.replace('\\', "\\e").replace('-', "\\-");
            // A line that begins with a point or an apostrophe would be an order to man.
            out.push_str(&format!("\\&{}\n", line.strip_prefix("  ").unwrap_or(&line)));
        }
    }
    out.push_str(if fixed { ".fi\n" } else { "" });
    out
}
