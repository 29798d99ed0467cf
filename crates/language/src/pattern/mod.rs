//! Patterns: what a pack's rules look for, as expressions over words.
//!
//! A pattern is a sequence of items with white space between them:
//!
//! | item | matches |
//! |---|---|
//! | `killed` | that word, whatever its case (words stand apart as segmentation has them: `did n't`) |
//! | `@month` | a word or phrase of that class |
//! | `#capital` | a token of that shape: `lower`, `capital`, `upper`, `initial`, `digits`, `mixed`, `open`, `close`, `stop`, `comma`, `dash`, `mark`, or `name` for any with a capital |
//! | `~ly` | a word that ends so and is longer |
//! | `{number}` | what another step has read there, all of its tokens: the layers that the caller gives |
//! | `_` | any token |
//! | `( a \| b c )` | one of several sequences |
//! | `...4` | up to four tokens, as few as can be |
//! | `>@month`, `>!@month` | nothing, where the next token is, or is not, such a word, class, shape or layer |
//! | `<@month`, `<!@month` | the same of the token before |
//! | `^`, `$` | nothing, at the start or end of the tokens searched |
//!
//! `?` behind an item makes it optional, `*3` lets it stand up to three times, `+3` one to three
//! times; as many as can be. `count:` before an item captures what it matches. A character that is
//! part of this grammar is taken as itself after a backslash: `\(`.
//!
//! Patterns match in time linear in the tokens they look at, and look at [`WINDOW`] tokens at most.

mod compile;
mod phrases;
mod run;

pub use compile::PatternError;
use compile::{Atom, Instruction, Program};
pub use phrases::{Phrase, Phrases};
pub use run::{Layer, Match, WINDOW};

use crate::{Vocabulary, WordId, WordSet};

/// A set of compiled patterns, searched together.
#[derive(Debug, Clone, Default)]
pub struct PatternSet {
    programs: Vec<Program>,
    slots: Vec<Box<str>>,
    layers: Vec<Box<str>>,
    /// The patterns that may begin with a word of the vocabulary, by word.
    by_word: Vec<Vec<u32>>,
    /// The patterns that may begin with a token of a shape, by shape.
    by_shape: Vec<Vec<u32>>,
    /// The patterns that may begin with a layer, by layer.
    by_layer: Vec<Vec<u32>>,
    /// What the second token of a match of each pattern can be.
    seconds: Vec<Second>,
    /// The patterns that need a word, or another in its place, by word: each with a bit for the
    /// need.
    needing: Vec<Vec<(u32, u8)>>,
    /// A bit for each need of each pattern.
    needs: Vec<u8>,
}

/// What the second token of a pattern's matches can be, so that most places where only the first
/// one fits need not be tried.
#[derive(Debug, Clone, Default)]
struct Second {
    /// Whether a match needs no second token, or anything can be it.
    free: bool,
    words: WordSet,
    /// A bit for each shape.
    shapes: u32,
    layer: bool,
}

/// The name of a capture, as an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot(pub(crate) u8);

impl PatternSet {
    /// Compiles patterns. A match names its pattern by its place in `patterns`. The classes they
    /// use are defined before; `layers` names the layers that they may use, in the order in which
    /// [`PatternSet::scan`] is given them.
    ///
    /// # Errors
    /// Where a pattern is no pattern, or names a class, shape or layer that does not exist; the
    /// error names the pattern.
    pub fn compile<'p>(
        patterns: impl IntoIterator<Item = &'p str>,
        layers: &[&str],
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, PatternError> {
        let mut set =
            Self { layers: layers.iter().map(|&name| name.into()).collect(), ..Self::default() };
        for (place, pattern) in patterns.into_iter().enumerate() {
            let Self { layers, slots, .. } = &mut set;
            let program = compile::compile(place, pattern, layers, slots, vocabulary)?;
            set.programs.push(program);
        }
        set.index();
        Ok(set)
    }

    /// The slot of a capture's name; `None` where no pattern of the set captures it.
    #[must_use]
    pub fn slot(&self, name: &str) -> Option<Slot> {
        let place = self.slots.iter().position(|slot| &**slot == name)?;
        u8::try_from(place).ok().map(Slot)
    }

    /// The names of the captures, by their slots.
    pub fn slots(&self) -> impl Iterator<Item = (Slot, &str)> {
        (0u8..).map(Slot).zip(self.slots.iter().map(|name| &**name))
    }

    /// The words that a capture can begin with, in any pattern. A text without one of them has no
    /// match that captures it, unless it may begin with a shape, a suffix or a layer.
    #[must_use]
    pub fn words_captured(&self, slot: Option<Slot>) -> WordSet {
        let mut words = Vec::new();
        for program in &self.programs {
            for (at, instruction) in program.instructions.iter().enumerate() {
                if matches!(instruction, Instruction::Open(name) if Some(Slot(*name)) == slot) {
                    for atom in program.first(at + 1) {
                        match atom {
                            Atom::Word(word) => words.push(*word),
                            Atom::Words(set) => words.extend(set.iter()),
                            Atom::Shapes(_) | Atom::Suffix(_) | Atom::Layer(_) => {}
                        }
                    }
                }
            }
        }
        words.into_iter().collect()
    }

    /// How many patterns there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.programs.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.programs.is_empty()
    }

    fn index(&mut self) {
        self.by_shape = vec![Vec::new(); crate::Shape::COUNT];
        self.by_layer = vec![Vec::new(); self.layers.len()];
        self.seconds = self.programs.iter().map(Program::second).collect();
        for (place, program) in (0u32..).zip(&self.programs) {
            let mut all = 0;
            for (need, words) in program.needs.iter().enumerate() {
                all |= 1 << need;
                for word in words {
                    add(&mut self.needing, *word, (place, 1 << need));
                }
            }
            self.needs.push(all);
        }
        for (place, program) in (0u32..).zip(&self.programs) {
            for atom in program.first(0) {
                match atom {
                    Atom::Word(word) => add(&mut self.by_word, *word, place),
                    Atom::Words(words) => {
                        words.iter().for_each(|word| add(&mut self.by_word, word, place));
                    }
                    Atom::Shapes(shapes) => add_shapes(&mut self.by_shape, *shapes, place),
                    Atom::Suffix(_) => add_shapes(&mut self.by_shape, crate::Shape::WORDS, place),
                    Atom::Layer(layer) => self.by_layer[usize::from(*layer)].push(place),
                }
            }
        }
        for list in self.by_word.iter_mut().chain(&mut self.by_shape).chain(&mut self.by_layer) {
            list.sort_unstable();
            list.dedup();
        }
    }
}

fn add<T: Clone>(by_word: &mut Vec<Vec<T>>, word: WordId, place: T) {
    let index = word.0 as usize;
    if index >= by_word.len() {
        by_word.resize(index + 1, Vec::new());
    }
    by_word[index].push(place);
}

fn add_shapes(by_shape: &mut [Vec<u32>], shapes: u32, place: u32) {
    for (shape, list) in by_shape.iter_mut().enumerate() {
        if shapes >> shape & 1 == 1 {
            list.push(place);
        }
    }
}

impl Program {
    /// What the second token of its matches can be.
    fn second(&self) -> Second {
        let mut second = Second::default();
        let mut words = Vec::new();
        for at in self.reach(0).0 {
            let layer = matches!(&self.instructions[at], Instruction::Take(Atom::Layer(_)));
            if layer || self.reach(at + 1).1 {
                return Second { free: true, ..second };
            }
            for atom in self.first(at + 1) {
                match atom {
                    Atom::Word(word) => words.push(*word),
                    Atom::Words(set) => words.extend(set.iter()),
                    Atom::Shapes(shapes) => second.shapes |= shapes,
                    Atom::Suffix(_) => second.shapes |= crate::Shape::WORDS,
                    Atom::Layer(_) => second.layer = true,
                }
            }
        }
        second.words = words.into_iter().collect();
        second
    }

    /// The instructions that can be the first to take a token from one on, and whether it can end
    /// before there is any.
    fn reach(&self, from: usize) -> (Vec<usize>, bool) {
        let mut seen = vec![false; self.instructions.len()];
        let mut open = vec![from];
        let (mut takes, mut ends) = (Vec::new(), false);
        while let Some(at) = open.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            match &self.instructions[at] {
                Instruction::Take(_) => takes.push(at),
                Instruction::Split(first, second) => open.extend([*first, *second]),
                Instruction::Jump(to) => open.push(*to),
                Instruction::Match => ends = true,
                _ => open.push(at + 1),
            }
        }
        (takes, ends)
    }

    /// The atoms that can be the first to take a token from an instruction on.
    fn first(&self, from: usize) -> impl Iterator<Item = &Atom> {
        let (takes, _) = self.reach(from);
        takes.into_iter().filter_map(|at| match &self.instructions[at] {
            Instruction::Take(atom) => Some(atom),
            _ => None,
        })
    }
}
