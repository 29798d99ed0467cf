//! What a whole text tells of its names by where they stand: behind an article, where a place would
//! be, beside what belongs to states, or alone.

use std::collections::BTreeSet;

use onrecord_language::{Analysis, TokenId, Tokens};

use super::apposition::Owner;
use super::cast::{LONGEST_ENDING, Look, SHORTEST_NAME};
use super::entry::words_of;
use super::{Lexicon, Name};

/// The names of a text, by their words in lower case, of which something is told.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// Those with an article before them.
    pointed: BTreeSet<String>,
    /// Those that stand behind a word for where something is.
    placed: BTreeSet<String>,
    /// Single words that stand as a name.
    alone: BTreeSet<String>,
    /// Those beside what only states have, and those beside what persons and lands may have too.
    states: BTreeSet<String>,
    maybe_states: BTreeSet<String>,
}

impl Evidence {
    pub(super) fn of_names(
        analysis: &Analysis<'_>,
        lexicon: &Lexicon,
        look: Look<'_>,
        names: &[Name],
    ) -> Self {
        let mut told = Self::default();
        let word = |token: TokenId| analysis.token(token).word;
        for name in names.iter().filter(|name| name.body.is_none()) {
            let Some(sentence) = analysis.sentence_of(name.tokens.start) else { continue };
            let before = Tokens::new(sentence.tokens.start, name.tokens.start);
            let key = key(analysis, name.tokens);
            if let Some(Owner::Named(owner)) = name.of
                && let Some(title) = name.title
                && title.start == owner.end
            {
                told.tell_state(analysis, lexicon, owner, title);
            }
            let last = before.into_iter().next_back();
            let pointed = last.is_some_and(|token| look.rules.article.holds(word(token)));
            let behind = Tokens::new(name.tokens.end, sentence.tokens.end);
            let owns =
                behind.into_iter().next().is_some_and(|t| look.rules.possessive.holds(word(t)));
            if last.is_some_and(|token| look.rules.where_at.holds(word(token))) && !owns {
                told.placed.insert(key.clone());
            } else if name.tokens.len() == 1 && !pointed {
                told.alone.insert(key.clone());
            }
            if pointed && name.title.is_none() {
                told.pointed.insert(key);
            }
            let behind = Tokens::new(TokenId(behind.start.0 + u32::from(owns)), behind.end);
            if !behind.is_empty() && name.title.is_none() {
                told.tell_state(analysis, lexicon, name.tokens, behind);
            }
            // The Kesh government is one name.
            if let Some((words, _)) = lexicon.of_states.at_end(analysis, name.tokens)
                && words.start > name.tokens.start
            {
                let state = Tokens::new(name.tokens.start, words.start);
                told.tell_state(analysis, lexicon, state, words);
            }
        }
        told
    }

    /// Takes a name beside words that begin with what belongs to states.
    fn tell_state(
        &mut self,
        analysis: &Analysis<'_>,
        lexicon: &Lexicon,
        name: Tokens,
        beside: Tokens,
    ) {
        if let Some((_, only)) = lexicon.of_states.at_start(analysis, beside) {
            let sure = if *only { &mut self.states } else { &mut self.maybe_states };
            sure.insert(key(analysis, name));
        }
    }

    /// Whether a name has an article somewhere.
    pub(super) fn is_pointed(&self, words: &[String]) -> bool {
        self.pointed.contains(&words.join(" "))
    }

    /// Whether something happens in what has a name.
    pub(super) fn is_place(&self, words: &[String]) -> bool {
        self.placed.contains(&words.join(" "))
    }

    /// Whether a name of several words is cut to its last elsewhere, as persons' names are.
    pub(super) fn is_called_last(&self, words: &[String]) -> bool {
        words.len() > 1 && words.last().is_some_and(|word| self.alone.contains(word))
    }

    /// Whether a name is that of a state: it stands beside what only states have, or it is a
    /// place and has what states have, or the word for its people has.
    pub(super) fn is_state(&self, words: &[String]) -> bool {
        let name = words.join(" ");
        let has = |sets: [&BTreeSet<String>; 2]| {
            sets.iter().any(|set| alike(set, &name).any(|people| is_people_of(people, &name)))
        };
        self.states.contains(&name)
            || self.maybe_states.contains(&name) && self.placed.contains(&name)
            || has([&self.states, &self.maybe_states])
    }

    /// Whether a word is one for the people of what is named elsewhere in the text.
    pub(super) fn is_people(&self, word: &str) -> bool {
        let places = [&self.alone, &self.placed];
        places.iter().any(|set| alike(set, word).any(|place| is_people_of(word, place)))
    }
}

/// Other names of a set that begin like one; the first of them only.
fn alike<'a>(names: &'a BTreeSet<String>, name: &'a str) -> impl Iterator<Item = &'a String> {
    let start =
        name.char_indices().map(|(at, c)| at + c.len_utf8()).find(|at| *at >= SHORTEST_NAME);
    let start = &name[..start.unwrap_or(name.len())];
    let near = names.range(start.to_owned()..).take_while(move |other| other.starts_with(start));
    near.take(SAME_START).filter(move |other| *other != name)
}

/// Whether a word can tell the people of a place: both begin alike and differ in few letters at the
/// end, as Keshian and Kesh, or Sarnish and Sarnia.
fn is_people_of(word: &str, place: &str) -> bool {
    let same =
        word.chars().zip(place.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8());
    let same: usize = same.sum();
    let [more, less] = [word, place].map(|name| name[same..].chars().count());
    same >= SHORTEST_NAME && (1..=LONGEST_ENDING).contains(&more) && less <= MOST_CUT
}

fn key(analysis: &Analysis<'_>, tokens: Tokens) -> String {
    words_of(analysis.words(tokens)).join(" ")
}

/// How many letters of a place's name the word for its people may lack.
const MOST_CUT: usize = 2;
/// How many names that begin alike are compared.
const SAME_START: usize = 16;
