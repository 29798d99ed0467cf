//! What does not agree with a gold standard, to be read one by one.

use std::fmt;
use std::ops::Range;

use super::Timex;
use super::agreement::partners;
use super::corpus::Story;

/// How much of the text is shown on each side, in characters.
const AROUND: usize = 40;

/// Ways to part from the gold standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A gold expression that was not found.
    Miss,
    /// What was found and is none.
    FalseAlarm,
    /// One found with other words.
    WrongSpan,
    /// One found with another type.
    WrongType,
    /// One found with another value.
    WrongValue,
}

/// One place where what was found parts from the gold standard. By kind, then in the order of the
/// stories and their text.
#[derive(Debug)]
pub(super) struct Error<'s> {
    pub(super) kind: Kind,
    story: &'s Story,
    gold: Option<&'s Timex>,
    found: Option<Timex>,
}

/// The errors of a story, in the order of its text. A pair may part in several ways, and then
/// stands once for each.
pub(super) fn of<'s>(story: &'s Story, found: &[Timex]) -> Vec<Error<'s>> {
    let gold = &story.marked.gold;
    let partners = partners(gold, found);
    let mut errors = Vec::new();
    let mut add = |kind, gold, found: Option<&Timex>| {
        errors.push(Error { kind, story, gold, found: found.cloned() });
    };
    for (at, timex) in gold.iter().enumerate() {
        if !partners.contains(&Some(at)) {
            add(Kind::Miss, Some(timex), None);
        }
    }
    for (timex, partner) in found.iter().zip(&partners) {
        let Some(gold) = partner.map(|at| &gold[at]) else {
            add(Kind::FalseAlarm, None, Some(timex));
            continue;
        };
        for (kind, wrong) in [
            (Kind::WrongSpan, gold.place != timex.place),
            (Kind::WrongType, gold.kind != timex.kind),
            (Kind::WrongValue, gold.value != timex.value),
        ] {
            if wrong {
                add(kind, Some(gold), Some(timex));
            }
        }
    }
    errors.sort_by_key(|error| error.place().start);
    errors
}

impl Error<'_> {
    /// What the gold's and the one found cover together.
    fn place(&self) -> Range<usize> {
        let mut places =
            self.gold.iter().map(|t| &t.place).chain(self.found.iter().map(|t| &t.place));
        let first = places.next().cloned().unwrap_or_default();
        places.fold(first, |all, place| all.start.min(place.start)..all.end.max(place.end))
    }
}

/// Two lines: the kind, the corpus, the story and the words with what stands around them; then what
/// each side says of them.
impl fmt::Display for Error<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            Kind::Miss => "miss",
            Kind::FalseAlarm => "false alarm",
            Kind::WrongSpan => "wrong span",
            Kind::WrongType => "wrong type",
            Kind::WrongValue => "wrong value",
        };
        let Story { corpus, name, marked } = self.story;
        let text = marked.text.as_str();
        let Range { start, end } = self.place();
        let before = text[..start].char_indices().rev().take(AROUND).last();
        let before = before.map_or(start, |(at, _)| at);
        let behind: usize = text[end..].chars().take(AROUND).map(char::len_utf8).sum();
        let words = [before..start, start..end, end..end + behind];
        let [before, words, behind] = words.map(|place| one_line(&text[place]));
        writeln!(f, "{kind:<11}  {corpus}/{name}  {before}[[{words}]]{behind}")?;
        let says = |timex: Option<&Timex>| match timex {
            Some(Timex { place, kind, value }) => {
                let [kind, value] = [kind, value].map(|says| says.as_deref().unwrap_or("-"));
                format!("{kind} {value} [[{}]]", one_line(&text[place.clone()]))
            }
            None => "none".to_owned(),
        };
        write!(f, "{:13}gold {}; ours {}", "", says(self.gold), says(self.found.as_ref()))
    }
}

fn one_line(words: &str) -> String {
    words.replace(char::is_whitespace, " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::times::corpus::Marked;

    fn timex(place: Range<usize>, kind: &str, value: &str) -> Timex {
        Timex { place, kind: Some(kind.to_owned()), value: Some(value.to_owned()) }
    }

    #[test]
    fn each_way_to_part_is_an_error_of_its_kind() {
        let text = "In May the old\nport was shut, in June it opened, in 2031 it burnt.".to_owned();
        let gold = vec![timex(3..6, "DATE", "2031-05"), timex(33..37, "DATE", "2031-06")];
        let story = Story {
            corpus: "north".into(),
            name: "kesh".into(),
            marked: Marked { text, published: None, gold },
        };
        let found = [timex(0..6, "SET", "2030-05"), timex(52..56, "DATE", "2031")];
        let mut errors = of(&story, &found);
        errors.sort_by_key(|error| error.kind);
        let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
        let miss = "miss         north/kesh  In May the old port was shut, in [[June]] it opened, \
                    in 2031 it burnt.\n             gold DATE 2031-06 [[June]]; ours none";
        assert_eq!(told[0], miss);
        let kinds: Vec<Kind> = errors.iter().map(|error| error.kind).collect();
        let all =
            [Kind::Miss, Kind::FalseAlarm, Kind::WrongSpan, Kind::WrongType, Kind::WrongValue];
        assert_eq!(kinds, all);
        assert!(told[1].ends_with("gold none; ours DATE 2031 [[2031]]"));
        let span = "wrong span   north/kesh  [[In May]] the old port was shut, in June it opene\n";
        assert!(told[2].starts_with(span), "{}", told[2]);
        assert!(told[2].ends_with("gold DATE 2031-05 [[May]]; ours SET 2030-05 [[In May]]"));
    }

    #[test]
    fn what_agrees_is_no_error() {
        let gold = vec![timex(0..3, "DATE", "2031-05")];
        let marked = Marked { text: "May".into(), published: None, gold: gold.clone() };
        let story = Story { corpus: "north".into(), name: "kesh".into(), marked };
        assert!(of(&story, &gold).is_empty());
    }
}
