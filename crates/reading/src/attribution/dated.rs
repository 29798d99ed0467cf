//! The day of saying where it stands among what is said.

use onrecord_language::engine::Word;
use onrecord_language::{TokenId, Tokens};

use super::Attribution;

/// The time that goes with the cue and stands behind the one thing that the cue takes before it, where
/// that is content: before what else the cue takes, or at the end of what is said.
pub(crate) fn dated(words: &[Word], times: &[Tokens], attribution: &Attribution) -> Option<Tokens> {
    let cue = attribution.cue?;
    let part = attribution.content.iter().find(|part| part.start == cue.end)?;
    let head = |token: TokenId| words[token.index()].head;
    let taken = |start: TokenId, end: TokenId| {
        Tokens::new(start, end).into_iter().filter(|token| cue.holds(head(*token))).count()
    };
    let with_cue = |time: &&Tokens| {
        let above: Vec<TokenId> = time.into_iter().map(head).filter(|h| !time.holds(*h)).collect();
        let is_of_cue = !above.is_empty() && above.iter().all(|head| cue.holds(*head));
        let is_followed = time.end < part.end && taken(time.end, part.end) > 0;
        let is_behind = time.start >= part.end;
        is_of_cue && (is_followed || is_behind) && taken(part.start, time.start) == 1
    };
    let behind = times.partition_point(|time| time.start < part.start);
    let near = |time: &&Tokens| time.end <= part.end || time.start.0 <= part.end.0 + 1;
    times[behind..].iter().take_while(near).find(with_cue).copied()
}
