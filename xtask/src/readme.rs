//! The README's first command, as written.

use std::process::Command;

use serde_json::Value;

use crate::Outcome;
use crate::gate::Note;
use crate::repository::Repository;

const BEGIN: &str = "<!-- the two commands: run as written by .ci/run -->";

/// The step: the command prints a page that holds the first statement of the record that the
/// same command gives as JSON.
pub(crate) fn run(repository: &Repository) -> Outcome<Note> {
    let page = repository.text("README.md")?;
    let [first, _] = commands(&page)?;
    let page = shell(repository, first)?;
    let json = shell(repository, &format!("{first} --format json"))?;
    let record: Value =
        serde_json::from_str(&json).map_err(|e| format!("--format json gives no JSON: {e}"))?;
    let statements = record["statements"].as_array().map_or(0, Vec::len);
    let cue = record["statements"][0]["cue"]["span"]["text"].as_str();
    let cue = cue.ok_or("the example's record has no first statement with a cue")?;
    if page.contains(cue) {
        Ok(Note::Passed(format!("`{first}` shows its {statements} statements")))
    } else {
        Err(format!("`{first}` prints nothing of the first statement, whose cue is {cue:?}"))
    }
}

/// The two commands of the README: the lines of the fenced block behind the mark.
fn commands(page: &str) -> Outcome<[&str; 2]> {
    let block = page.split_once(BEGIN).and_then(|(_, rest)| rest.split_once("```sh\n"));
    let block = block.and_then(|(_, rest)| rest.split_once("\n```"));
    let lines: Vec<&str> = block.map_or(Vec::new(), |(block, _)| block.lines().collect());
    match lines.as_slice() {
        [first, second] => Ok([first, second]),
        _ => Err(format!("README.md: no block of two commands behind {BEGIN}")),
    }
}

fn shell(repository: &Repository, command: &str) -> Outcome {
    let output = Command::new("sh")
        .args(["-c", command])
        .current_dir(&repository.root)
        .output()
        .map_err(|e| format!("sh does not start: {e}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let says = String::from_utf8_lossy(&output.stderr);
        Err(format!("`{command}` ended with {}: {}", output.status, says.trim()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_are_the_lines_of_the_marked_block() {
        let page = format!("```sh\nno\n```\n{BEGIN}\n\n```sh\none\ntwo\n```\n");
        assert_eq!(commands(&page).unwrap(), ["one", "two"]);
        assert!(commands("```sh\none\ntwo\n```\n").is_err());
        assert!(commands(&page.replace("two\n", "")).is_err());
    }
}
