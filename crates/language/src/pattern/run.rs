//! Patterns run over an analysis.

use super::compile::{Atom, Instruction, Program};
use super::{PatternSet, Second, Slot};
use crate::{Analysis, TokenId, Tokens};

/// How many tokens a match may span. Longer ones are not found.
pub const WINDOW: usize = 96;

/// What another step has read, by the token where it begins: of several that begin together, the
/// last one given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    begins: Vec<Option<(TokenId, u32)>>,
}

impl Layer {
    /// A layer over an analysis, from the tokens of each item and the item's number.
    #[must_use]
    pub fn new(analysis: &Analysis<'_>, items: impl IntoIterator<Item = (Tokens, u32)>) -> Self {
        let mut begins = vec![None; analysis.tokens.len()];
        for (tokens, item) in items.into_iter().filter(|(tokens, _)| !tokens.is_empty()) {
            if let Some(begin) = begins.get_mut(tokens.start.index()) {
                *begin = Some((tokens.end, item));
            }
        }
        Self { begins }
    }

    /// Lets an item with its end and number begin at a token, or none.
    pub fn set(&mut self, token: TokenId, item: Option<(TokenId, u32)>) {
        if let Some(begin) = self.begins.get_mut(token.index()) {
            *begin = item;
        }
    }

    /// The end and number of the item that begins at a token.
    #[must_use]
    pub fn at(&self, token: TokenId) -> Option<(TokenId, u32)> {
        self.begins.get(token.index()).copied().flatten()
    }
}

/// Where a pattern matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The pattern's place in its set.
    pub pattern: usize,
    /// The tokens that it took, at least one.
    pub tokens: Tokens,
    captures: Vec<(Slot, Tokens)>,
}

impl Match {
    /// What a capture took; `None` where it took no part. Of a repeated one, the last.
    #[must_use]
    pub fn capture(&self, slot: Option<Slot>) -> Option<Tokens> {
        let slot = slot?;
        self.captures.iter().rev().find(|(name, _)| *name == slot).map(|(_, tokens)| *tokens)
    }

    /// All that was captured, in the order in which the captures were closed.
    pub fn captures(&self) -> impl Iterator<Item = (Slot, Tokens)> {
        self.captures.iter().copied()
    }
}

impl PatternSet {
    /// Every match in `tokens`, at most one for a pattern and a place to begin, by place and then
    /// by pattern. Matches may overlap. `layers` are those that the set was compiled with.
    #[must_use]
    pub fn scan(&self, analysis: &Analysis<'_>, layers: &[&Layer], tokens: Tokens) -> Vec<Match> {
        self.scan_from(analysis, layers, tokens, tokens)
    }

    /// The matches of [`PatternSet::scan`] that begin at one of `begins`, which lie in `tokens`.
    #[must_use]
    pub fn scan_from(
        &self,
        analysis: &Analysis<'_>,
        layers: &[&Layer],
        tokens: Tokens,
        begins: Tokens,
    ) -> Vec<Match> {
        let lacking = self.lacking(analysis, tokens);
        let mut matches = Vec::new();
        let mut machine = Machine {
            analysis,
            layers,
            tokens,
            seen: Vec::new(),
            jobs: Vec::new(),
            marks: Vec::new(),
        };
        let mut candidates: Vec<u32> = Vec::new();
        for begin in begins {
            let token = analysis.token(begin);
            candidates.clear();
            if let Some(list) = self.by_word.get(token.word.0 as usize) {
                candidates.extend(list);
            }
            candidates.extend(&self.by_shape[token.shape as usize]);
            for (layer, list) in layers.iter().zip(&self.by_layer) {
                if layer.at(begin).is_some() {
                    candidates.extend(list);
                }
            }
            candidates.sort_unstable();
            candidates.dedup();
            for &pattern in &candidates {
                let pattern = pattern as usize;
                if lacking[pattern] != 0 || !machine.may_go_on(&self.seconds[pattern], begin) {
                    continue;
                }
                if let Some((end, captures)) = machine.run(&self.programs[pattern], begin) {
                    matches.push(Match { pattern, tokens: Tokens::new(begin, end), captures });
                }
            }
        }
        matches
    }

    /// The needs of each pattern that no word of some tokens meets: it has no match there unless
    /// all are met.
    fn lacking(&self, analysis: &Analysis<'_>, tokens: Tokens) -> Vec<u8> {
        let mut lacking = self.needs.clone();
        for token in tokens {
            let word = analysis.token(token).word;
            for (pattern, need) in self.needing.get(word.0 as usize).into_iter().flatten() {
                lacking[*pattern as usize] &= !need;
            }
        }
        lacking
    }

    /// The matches that stand when the longest at each place wins, from left to right, and none
    /// overlaps; of two as long, that of the earlier pattern.
    #[must_use]
    pub fn longest(
        &self,
        analysis: &Analysis<'_>,
        layers: &[&Layer],
        tokens: Tokens,
    ) -> Vec<Match> {
        let mut matches = self.scan(analysis, layers, tokens);
        matches.sort_by_key(|m| (m.tokens.start, std::cmp::Reverse(m.tokens.end), m.pattern));
        let mut free = tokens.start;
        matches.retain(|found| {
            let stands = found.tokens.start >= free;
            if stands {
                free = found.tokens.end;
            }
            stands
        });
        matches
    }
}

struct Machine<'m> {
    analysis: &'m Analysis<'m>,
    layers: &'m [&'m Layer],
    tokens: Tokens,
    /// A bit for each instruction and place: what failed once there fails again.
    seen: Vec<u64>,
    /// What is left to try.
    jobs: Vec<Job>,
    /// What opened and closed on the way here; cut back when a way fails.
    marks: Vec<(bool, u8, TokenId)>,
}

enum Job {
    Go(usize, TokenId),
    Forget,
}

impl Machine<'_> {
    fn run(&mut self, program: &Program, begin: TokenId) -> Option<(TokenId, Vec<(Slot, Tokens)>)> {
        let length = program.instructions.len();
        let most = program.longest.map_or(WINDOW, |longest| longest.min(WINDOW));
        let limit = self.tokens.end.index().min(begin.index() + most);
        let places = limit - begin.index() + 1;
        self.seen.clear();
        self.seen.resize((length * places).div_ceil(64), 0);
        self.jobs.clear();
        self.marks.clear();
        self.jobs.push(Job::Go(0, begin));
        while let Some(job) = self.jobs.pop() {
            let Job::Go(mut at, mut token) = job else {
                self.marks.pop();
                continue;
            };
            loop {
                let bit = at * places + (token.index() - begin.index());
                if self.seen[bit / 64] >> (bit % 64) & 1 == 1 {
                    break;
                }
                self.seen[bit / 64] |= 1 << (bit % 64);
                match &program.instructions[at] {
                    Instruction::Take(atom) => match self.take(atom, token) {
                        Some(next) if next.index() <= limit => token = next,
                        _ => break,
                    },
                    Instruction::Split(first, second) => {
                        self.jobs.push(Job::Go(*second, token));
                        at = *first;
                        continue;
                    }
                    Instruction::Jump(to) => {
                        at = *to;
                        continue;
                    }
                    Instruction::Open(slot) | Instruction::Close(slot) => {
                        let opens = matches!(program.instructions[at], Instruction::Open(_));
                        self.marks.push((opens, *slot, token));
                        self.jobs.push(Job::Forget);
                    }
                    Instruction::Next { atom, wanted } => {
                        if self.take(atom, token).is_some() != *wanted {
                            break;
                        }
                    }
                    Instruction::Before { atom, wanted } => {
                        let before = token.0.checked_sub(1).map(TokenId);
                        let before = before.filter(|&before| self.tokens.holds(before));
                        let found = before.is_some_and(|before| self.take(atom, before).is_some());
                        if found != *wanted {
                            break;
                        }
                    }
                    Instruction::Start if token != self.tokens.start => break,
                    Instruction::End if token != self.tokens.end => break,
                    Instruction::Start | Instruction::End => {}
                    Instruction::Match => return Some((token, captures(&self.marks))),
                }
                at += 1;
            }
        }
        None
    }

    /// Whether the token behind one can be the second of a match.
    fn may_go_on(&self, second: &Second, begin: TokenId) -> bool {
        let next = TokenId(begin.0 + 1);
        if second.free {
            return true;
        }
        if !self.tokens.holds(next) {
            return false;
        }
        let token = self.analysis.token(next);
        second.words.holds(token.word)
            || second.shapes >> token.shape as u32 & 1 == 1
            || second.layer && self.layers.iter().any(|layer| layer.at(next).is_some())
    }

    /// One past the tokens that an atom takes at a place.
    fn take(&self, atom: &Atom, token: TokenId) -> Option<TokenId> {
        if !self.tokens.holds(token) {
            return None;
        }
        let found = self.analysis.token(token);
        let takes = match atom {
            Atom::Word(word) => found.word == *word,
            Atom::Words(words) => words.holds(found.word),
            Atom::Shapes(shapes) => shapes >> found.shape as u32 & 1 == 1,
            Atom::Suffix(suffix) => {
                let word = self.analysis.word(token);
                crate::Shape::WORDS >> found.shape as u32 & 1 == 1
                    && word.len() > suffix.len()
                    && word.ends_with(&**suffix)
            }
            Atom::Layer(layer) => {
                let layer = self.layers.get(usize::from(*layer))?;
                return layer.at(token).map(|(end, _)| end).filter(|end| *end <= self.tokens.end);
            }
        };
        takes.then_some(TokenId(token.0 + 1))
    }
}

fn captures(marks: &[(bool, u8, TokenId)]) -> Vec<(Slot, Tokens)> {
    let mut captures: Vec<(Slot, Tokens)> = Vec::new();
    let mut open: Vec<(u8, TokenId)> = Vec::new();
    for &(opens, slot, token) in marks {
        if opens {
            open.push((slot, token));
        } else if let Some((_, start)) = open.pop() {
            captures.push((Slot(slot), Tokens::new(start, token)));
        }
    }
    captures
}

#[cfg(test)]
mod tests {
    use onrecord_packs::Pack;
    use proptest::prelude::*;

    use super::*;
    use crate::Language;

    const PATTERNS: [&str; 9] = [
        "a b",
        "( a | b c )? d",
        "( a | b | @small ) ...3 ( c | d )",
        "#lower >b",
        "<a #lower",
        "( a | #lower ) d",
        "one:( a b )+2 c?",
        "@small ( c | ~ed )",
        "^ #lower*2 a",
    ];

    proptest! {
        /// What patterns need only spares work: with no needs told, the same is found.
        #[test]
        fn needs_change_nothing(words in prop::collection::vec("a|b|c|d|e|of|one|walked", 1..24)) {
            let mut language = Language::compile(&Pack::find("en").unwrap().unwrap()).unwrap();
            let vocabulary = language.vocabulary_mut();
            vocabulary.define("small", ["of", "one", "e of"]);
            let set = PatternSet::compile(PATTERNS, &[], vocabulary).unwrap();
            let mut plain = set.clone();
            plain.needs.fill(0);
            prop_assert!(set.needs.iter().any(|needs| *needs != 0));
            let text = words.join(" ");
            let analysis = language.analyse_paragraph(&text);
            let all = Tokens::at(0..analysis.tokens.len());
            prop_assert_eq!(set.scan(&analysis, &[], all), plain.scan(&analysis, &[], all));
        }
    }
}
