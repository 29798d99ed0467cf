//! `onrecord validate`: records held against their contract.

use std::io::{self, Write};
use std::path::Path;

use crate::End;
use crate::arguments::ValidateArguments;
use crate::console::Console;
use crate::output::Output;
use crate::records::{self, NO_RECORD};
use crate::view::{plain, words};

/// Holds every record of every file against the contract.
pub(crate) fn run(arguments: &ValidateArguments, console: &Console) -> End {
    let mut output = Output::stdout();
    let mut all_keep = true;
    for path in &arguments.files {
        match file(path, &mut output, console) {
            Ok(keeps) => all_keep &= keeps,
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => break,
            Err(error) => {
                console.say(&output.refusal(&error).to_string());
                return End::Short;
            }
        }
    }
    if all_keep { End::Done } else { End::Short }
}

fn file(path: &Path, output: &mut Output, console: &Console) -> io::Result<bool> {
    let found = match records::load(path) {
        Ok(found) => found,
        Err(failure) => {
            console.say(&failure.to_string());
            return Ok(false);
        }
    };
    let (mut keep, mut broken, mut errors) = (0, 0, 0);
    for found in found {
        match found.what {
            Ok(record) => {
                let breaches = record.breaches();
                for breach in &breaches {
                    writeln!(output, "{}", plain(&format!("{}: {breach}", found.name)))?;
                }
                if breaches.is_empty() { keep += 1 } else { broken += 1 }
            }
            Err(failure) if failure.kind == NO_RECORD => {
                broken += 1;
                writeln!(output, "{}", plain(&failure.to_string()))?;
            }
            Err(_) => errors += 1,
        }
    }
    let mut says = vec![format!("{} keep the contract", words::counted(keep, "record", "records"))];
    if keep == 1 {
        says = vec!["1 record keeps the contract".to_owned()];
    }
    if broken > 0 {
        says.push(format!("{broken} break it"));
    }
    if errors > 0 {
        says.push(format!(
            "{} kept in place of a record",
            words::counted(errors, "error", "errors")
        ));
    }
    writeln!(output, "{}", plain(&format!("{}: {}", path.display(), says.join(", "))))?;
    output.flush()?;
    Ok(broken == 0)
}
