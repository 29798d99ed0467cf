//! `onrecord verify`: what of a case or a dossier holds.

use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

use base64ct::{Base64, Encoding};
use jiff::Timestamp;
use onrecord_casebook::{Asked, Depth, Exported, System, Verified, verify_case, verify_dossier};
use onrecord_ledger::PublicKey;

use crate::across::VerifyArguments;
use crate::arguments::ListFormat;
use crate::console::Console;
use crate::failure::Failure;
use crate::view::words::counted;
use crate::{End, case, print};

/// Verifies what the arguments name.
pub(crate) fn run(arguments: &VerifyArguments, console: &Console) -> End {
    let asked = match asked(arguments) {
        Ok(asked) => asked,
        Err(failure) => {
            console.say(&failure.to_string());
            return End::Usage;
        }
    };
    let path = &arguments.what;
    if path.is_file() {
        let of_a_case =
            [(arguments.ledger, "--ledger"), (!asked.exported.is_empty(), "--exported")];
        if let Some((_, option)) = of_a_case.iter().find(|(is_given, _)| *is_given) {
            console.say(&format!(
                "{option}: this is for a case, and a dossier is verified as a whole"
            ));
            return End::Usage;
        }
    }
    let verified = if path.is_dir() {
        verify_case(path, &System::real(), &asked)
    } else {
        verify_dossier(path, &asked)
    };
    let verified = match verified {
        Ok(verified) => verified,
        Err(error) => return case::said(&error, console),
    };
    let text = match arguments.format {
        ListFormat::Json => serde_json::to_string_pretty(&verified).unwrap_or_default() + "\n",
        ListFormat::Text => page(&verified, path),
    };
    let end = print(console, crate::view::lines_plain(&text).as_bytes());
    for line in &verified.unverified {
        console.say(&format!("not verified: {line}"));
    }
    for flaw in &verified.flaws {
        console.say(&flaw.to_string());
    }
    if verified.holds() {
        return end;
    }
    let places = counted(verified.flaws.len(), "place does", "places do");
    console.say(&format!("{}: {places} not hold", path.display()));
    End::Short
}

fn asked(arguments: &VerifyArguments) -> Result<Asked, Failure> {
    let jobs = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    Ok(Asked {
        key: arguments.key.as_deref().map(|words| key("--key", words)).transpose()?,
        witnesses: arguments
            .witness
            .iter()
            .map(|words| key("--witness", words))
            .collect::<Result<_, _>>()?,
        roots: arguments.root.iter().map(|path| certificate(path)).collect::<Result<_, _>>()?,
        depth: match (arguments.ledger, arguments.deep) {
            (true, _) => Depth::Ledger,
            (false, true) => Depth::Deep,
            (false, false) => Depth::Whole,
        },
        exported: arguments.exported.clone(),
        jobs: arguments.jobs.unwrap_or(jobs),
    })
}

/// A public key: its text, or a file that holds it.
pub(crate) fn key(option: &str, words: &str) -> Result<PublicKey, Failure> {
    let told = match fs::read_to_string(words) {
        Ok(text) => text.trim().to_owned(),
        Err(_) => words.to_owned(),
    };
    told.parse().map_err(|error| {
        let says = format!("{words}: {error}; give the key's text or a file that holds it");
        Failure::new(option, "no-key", says)
    })
}

/// A certificate from a file, PEM or DER, as DER.
pub(crate) fn certificate(path: &Path) -> Result<Vec<u8>, Failure> {
    const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
    let bytes = fs::read(path).map_err(|error| Failure::of_io(path, &error))?;
    let text = String::from_utf8_lossy(&bytes);
    let Some((_, rest)) = text.split_once(BEGIN) else { return Ok(bytes) };
    let inside = rest.split("-----END").next().unwrap_or_default();
    let digits: String = inside.split_whitespace().collect();
    Base64::decode_vec(&digits).map_err(|_| {
        let says = "is no certificate: give one in PEM or DER";
        Failure::new(path.display().to_string(), "no-certificate", says)
    })
}

/// What holds, line by line.
fn page(verified: &Verified, path: &Path) -> String {
    let mut page = String::new();
    let mut line = |label: &str, value: &str| page.push_str(&format!("{label:<14}{value}\n"));
    if let Some(signed) = verified.signed {
        let entries = number(signed, "entry", "entries");
        line("checkpoint", &format!("signed by {}: {entries}", verified.origin));
    }
    if !verified.key_given {
        line(
            "key",
            "came from what is verified itself: this shows that it agrees with itself, not",
        );
        line("", "whose it is. Get the key from its keeper and give it with --key");
    }
    let opened = format!("{} proven, {} of them opened", verified.proven, verified.opened);
    line("entries", &opened);
    if verified.unsigned > 0 {
        let acts = number(verified.unsigned, "act waits", "acts wait");
        line("", &format!("{acts} for the next run that writes to be signed"));
    }
    if verified.earlier > 0 {
        let earlier = number(verified.earlier, "earlier checkpoint", "earlier checkpoints");
        line("history", &format!("continues {earlier}"));
    }
    if let Some(originals) = verified.originals {
        line("originals", &format!("{originals} are what was taken in"));
    }
    if let Some(records) = verified.records {
        line("records", &format!("{records} are what was read"));
    }
    if let Some(items) = verified.items {
        let documents = number(items, "document", "documents");
        line("items", &format!("tables of {documents} are what their records say"));
    }
    if let Some(files) = verified.files {
        let files = number(files, "file", "files");
        line("files", &format!("{files} as the export committed to"));
    }
    for Exported { file, entry, at, by, asked } in &verified.exported {
        let all = if asked.is_empty() { "all of the case" } else { asked };
        line("exported", &format!("{file}: {all}, by {by} at {at} (entry {entry})"));
    }
    for by in &verified.seen_by {
        let time = i64::try_from(by.time).ok().and_then(|time| Timestamp::from_second(time).ok());
        let time = time.map_or_else(|| by.time.to_string(), |time| time.to_string());
        let entries = number(by.entries, "entry", "entries");
        let how = if by.stamp { "stamped" } else { "cosigned" };
        line("seen by", &format!("{}: {how} the first {entries} by {time}", by.name));
    }
    if verified.holds() {
        let what = if verified.originals.is_some() { "" } else { "the ledger of " };
        line("", &format!("{what}{} holds", path.display()));
    }
    page
}

fn number(count: u64, one: &str, many: &str) -> String {
    counted(usize::try_from(count).unwrap_or(usize::MAX), one, many)
}
