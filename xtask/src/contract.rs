//! The seed's record against its contract, where `../shared` is there.

use std::process::Command;
use std::{fs, io};

use crate::Outcome;
use crate::gate::Note;
use crate::repository::Repository;

/// How many of the seed's facts must hold. May be raised, never lowered.
const FACTS_THAT_MUST_HOLD: u64 = 70;

/// The step.
pub(crate) fn run(repository: &Repository) -> Outcome<Note> {
    let places = ["tools/check_record.py", "seed/article.txt", "seed/expected.json"];
    let [Some(checker), Some(article), Some(expected)] =
        places.map(|place| repository.shared(place))
    else {
        let why = "there is no ../shared beside the checkout with the seed and its checker";
        return Ok(Note::Skipped(why.into()));
    };
    let record = repository.target.join("seed-record.json");
    let read = Command::new(repository.program()?)
        .args(["read", "--format", "json", "--output"])
        .args([&record, &article])
        .current_dir(&repository.root)
        .status();
    ended(read, "onrecord")?;
    let check = Command::new("python3").arg(&checker).args([&record, &expected]).output();
    let check = check.map_err(|e| format!("python3 does not start ({e}): install it"))?;
    let says = String::from_utf8_lossy(&check.stdout);
    let _ = fs::remove_file(&record);
    judge(check.status.code(), &says).map(Note::Passed)
}

fn ended(status: io::Result<std::process::ExitStatus>, program: &str) -> Outcome<()> {
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{program} ended with {status}")),
        Err(e) => Err(format!("{program} does not start: {e}")),
    }
}

/// What the checker's exit status and closing line mean.
fn judge(status: Option<i32>, says: &str) -> Outcome {
    let closing = says.lines().last().unwrap_or_default();
    let passed = closing.split(" passed").next().and_then(|count| count.parse::<u64>().ok());
    match (status, passed) {
        (Some(0 | 1), Some(passed)) if passed >= FACTS_THAT_MUST_HOLD => Ok(closing.to_owned()),
        (Some(0 | 1), Some(_)) => {
            Err(format!("{closing}: at least {FACTS_THAT_MUST_HOLD} must hold\n{says}"))
        }
        _ => Err(format!("the record breaks its contract, or was not checked\n{says}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_contract_or_too_few_facts_fail() {
        let enough = format!("{FACTS_THAT_MUST_HOLD} passed, 9 failed");
        let too_few = format!("{} passed, 0 failed", FACTS_THAT_MUST_HOLD - 1);
        assert_eq!(judge(Some(1), &format!("x: found\n{enough}\n")), Ok(enough.clone()));
        assert!(judge(Some(0), &too_few).unwrap_err().contains("at least"));
        assert!(judge(Some(2), &format!("contract: off\n{enough}")).is_err());
        assert!(judge(Some(1), "Traceback").is_err());
        assert!(judge(None, &enough).is_err());
    }
}
