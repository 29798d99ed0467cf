//! Where quoted words stand in a story.

use onrecord_record::Extent;

use crate::Outcome;

/// Stands for words left out.
const GAP: char = '…';

/// A text as quotations see it: any white space is one space.
#[derive(Debug)]
pub(super) struct Words {
    plain: String,
    /// For each byte of `plain`, and for its end, the byte of the text.
    places: Vec<usize>,
}

/// What a pair of marks means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// `<…>`
    Source,
    /// `*…*`
    Cue,
    /// `{…}`
    Content,
}

impl Mark {
    const ALL: [(char, char, Self); 3] =
        [('<', '>', Self::Source), ('*', '*', Self::Cue), ('{', '}', Self::Content)];

    /// Whether a character is kept for marks, gaps and columns, so that no story may hold it.
    pub(super) fn is_kept(c: char) -> bool {
        c == GAP || c == '|' || Self::ALL.iter().any(|(open, close, _)| c == *open || c == *close)
    }
}

/// Words of a text and the marked ones among them.
#[derive(Debug, PartialEq)]
pub(super) struct Found {
    pub(super) all: Extent,
    pub(super) marks: Vec<(Mark, Extent)>,
}

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let mut words = Self { plain: String::with_capacity(text.len()), places: Vec::new() };
        for (at, c) in text.char_indices() {
            let c = if c.is_whitespace() { ' ' } else { c };
            if c == ' ' && words.plain.ends_with(' ') {
                continue;
            }
            words.plain.push(c);
            words.places.extend(std::iter::repeat_n(at, c.len_utf8()));
        }
        words.places.push(text.len());
        words
    }

    /// The one place where the quoted words stand. Words apart from their neighbours only: `it` is
    /// not found in `with`. A gap `…` reaches to the nearest place of what follows it; `#2` before
    /// the words means their second place.
    ///
    /// # Errors
    /// Where the words stand nowhere, or in several places and no ordinal says which.
    pub(super) fn find(&self, quoted: &str) -> Outcome<Found> {
        let (ordinal, quoted) = ordinal(quoted)?;
        let (flat, marks) = unmarked(quoted)?;
        let parts = parts(&flat);
        let places = match parts.split_first() {
            Some((first, rest)) if !first.1.is_empty() => {
                let starts = self.places_of(first.1);
                starts.into_iter().filter_map(|start| self.follow(start, first, rest)).collect()
            }
            _ => Vec::new(),
        };
        let place = match (places.as_slice(), ordinal) {
            ([], _) => return Err(format!("“{flat}” stands nowhere in the story")),
            ([place], None) => place,
            (places, None) => {
                let many = places.len();
                return Err(format!(
                    "“{flat}” stands in {many} places: quote more, or put #1 to #{many} before it"
                ));
            }
            (places, Some(ordinal)) => {
                let place = ordinal.checked_sub(1).and_then(|nth| places.get(nth));
                place.ok_or_else(|| format!("“{flat}” stands in {} places", places.len()))?
            }
        };
        let extent = |from: usize, to: usize| {
            let at = |flat_place: usize| {
                let part = place.iter().find(|(flat_start, _, length)| {
                    (*flat_start..flat_start + length).contains(&flat_place)
                });
                part.map(|(flat_start, start, _)| start + flat_place - flat_start)
            };
            let last = flat[from..to].char_indices().next_back();
            let (last, size) = last.map(|(at, c)| (from + at, c.len_utf8()))?;
            Some(Extent::at(self.places[at(from)?]..self.places[at(last)? + size]))
        };
        let whole = extent(parts[0].0, parts.last().map_or(0, |(at, part)| at + part.len()));
        let marks = marks.into_iter().map(|(mark, from, to)| Some((mark, extent(from, to)?)));
        let marks: Option<Vec<_>> = marks.collect();
        let bad = || format!("a mark in “{quoted}” begins or ends in a gap or holds nothing");
        Ok(Found { all: whole.ok_or_else(bad)?, marks: marks.ok_or_else(bad)? })
    }

    /// Whether the words stand anywhere, in capitals or not.
    pub(super) fn hold(&self, words: &str) -> bool {
        self.plain.to_lowercase().contains(&words.to_lowercase())
    }

    fn places_of(&self, part: &str) -> Vec<usize> {
        let apart = |at: &usize| {
            let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let before = self.plain[..*at].chars().next_back();
            let behind = self.plain[at + part.len()..].chars().next();
            let (first, last) = (part.chars().next(), part.chars().next_back());
            !(joins(before) && joins(first) || joins(last) && joins(behind))
        };
        self.plain.match_indices(part).map(|(at, _)| at).filter(apart).collect()
    }

    /// The parts of a quotation that begins at `start`: place in it, place here, length.
    fn follow(
        &self,
        start: usize,
        first: &(usize, &str),
        rest: &[(usize, &str)],
    ) -> Option<Vec<(usize, usize, usize)>> {
        let mut place = vec![(first.0, start, first.1.len())];
        let mut end = start + first.1.len();
        for (at, part) in rest {
            let next = self.places_of(part).into_iter().find(|&next| next >= end)?;
            place.push((*at, next, part.len()));
            end = next + part.len();
        }
        Some(place)
    }
}

fn ordinal(quoted: &str) -> Outcome<(Option<usize>, &str)> {
    let quoted = quoted.trim();
    let Some(rest) = quoted.strip_prefix('#') else { return Ok((None, quoted)) };
    let (number, words) = rest.split_once(' ').unwrap_or((rest, ""));
    let number = number.parse().map_err(|_| format!("#{number} is no ordinal"))?;
    Ok((Some(number), words.trim()))
}

/// A quotation without its marks, and the marks as places in it.
type Unmarked = (String, Vec<(Mark, usize, usize)>);

fn unmarked(quoted: &str) -> Outcome<Unmarked> {
    let mut flat = String::new();
    let mut marks = Vec::new();
    let mut open: Option<(char, Mark, usize)> = None;
    for c in quoted.chars() {
        match open {
            Some((close, mark, from)) if c == close => {
                marks.push((mark, from, flat.len()));
                open = None;
            }
            _ => match Mark::ALL.iter().find(|(begin, end, _)| c == *begin || c == *end) {
                Some((begin, close, mark)) if open.is_none() && c == *begin => {
                    open = Some((*close, *mark, flat.len()));
                }
                Some(_) => return Err(format!("a mark in a mark, or {c} alone, in “{quoted}”")),
                None => flat.push(c),
            },
        }
    }
    match open {
        Some((close, ..)) => Err(format!("no {close} at the end of a mark in “{quoted}”")),
        None => Ok((flat, marks)),
    }
}

/// What stands between the gaps, each with its place.
fn parts(flat: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut parts = Vec::new();
    for part in flat.split(GAP) {
        let trimmed = part.trim_start();
        parts.push((at + part.len() - trimmed.len(), trimmed.trim_end()));
        at += part.len() + GAP.len_utf8();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "The army\n\nsaid it was “ready”. It said no more, and the army left with it.";

    fn found(quoted: &str) -> Vec<&'static str> {
        let found = Words::of(TEXT).find(quoted).unwrap();
        let marks = found.marks.iter().map(|(_, extent)| *extent);
        std::iter::once(found.all).chain(marks).map(|extent| extent.of(TEXT).unwrap()).collect()
    }

    fn fault(quoted: &str) -> String {
        Words::of(TEXT).find(quoted).unwrap_err()
    }

    #[test]
    fn marked_words_are_found_over_any_white_space() {
        let all = "The army\n\nsaid it was “ready”";
        assert_eq!(
            found("<The army> *said* {it was “ready”}"),
            [all, "The army", "said", "it was “ready”"]
        );
        assert_eq!(found("<It> … {the army … with it}")[2], "the army left with it");
    }

    #[test]
    fn words_that_are_not_there_or_not_alone_are_refused() {
        assert!(fault("the navy").contains("nowhere"));
        assert!(fault("wit").contains("nowhere"));
        assert_eq!(
            fault("said"),
            "“said” stands in 2 places: quote more, or put #1 to #2 before it"
        );
        assert_eq!(found("#2 said"), ["said"]);
        assert_eq!(fault("#3 said"), "“said” stands in 2 places");
        for bad in ["{it *was* “ready”}", "{it was", "it} was", "<>it was", "#two said"] {
            assert!(Words::of(TEXT).find(bad).is_err(), "{bad}");
        }
    }
}
