//! `onrecord search`.

use std::io::Write;

use onrecord_casebook::search::{Hits, Query};
use onrecord_casebook::{Case, Error, System};
use serde_json::json;

use crate::arguments::{FoundFormat, SearchArguments};
use crate::console::Console;
use crate::output::Output;
use crate::terminal::Terminal;
use crate::{End, case, text};

/// Does what the arguments ask for.
pub(crate) fn run(arguments: &SearchArguments, console: &Console) -> End {
    let found = match search(arguments) {
        Ok(found) => found,
        Err(error) => return case::said(&error, console),
    };
    if found.hits.is_empty() {
        console.say("nothing was found: `onrecord search --help` tells how words are looked for");
    }
    let bytes = match arguments.format {
        FoundFormat::Text => text::hits(&found, Terminal::asked(&arguments.show)),
        FoundFormat::Json => {
            let Hits { hits, is_cut, is_partly_ranked } = &found;
            let object = json!({
                "documents": hits, "is_cut": is_cut, "is_partly_ranked": is_partly_ranked,
            });
            format!("{object:#}\n")
        }
        FoundFormat::Jsonl => found
            .hits
            .iter()
            .map(|hit| serde_json::to_string(hit).unwrap_or_default() + "\n")
            .collect(),
    };
    let end = if found.hits.is_empty() { End::Short } else { End::Done };
    let mut output = match Output::open(arguments.show.file()) {
        Ok(output) => output,
        Err(failure) => {
            console.say(&failure.to_string());
            return End::Short;
        }
    };
    match output.write_all(bytes.as_bytes()) {
        Err(error) => case::ended(&output, &error, console),
        Ok(()) => output.finish().map_or_else(|stop| stop.said(console), |()| end),
    }
}

fn search(arguments: &SearchArguments) -> Result<Hits, Error> {
    let query = Query::parse(&arguments.query.join(" "))?;
    Case::open_to_read(&arguments.case, &System::real())?.search(query, arguments.limit)
}
