//! A pattern's text to a program of a small machine.

use crate::vocabulary::WordSet;
use crate::{Shape, Vocabulary, WordId};

/// A pattern that cannot be compiled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("pattern `{pattern}`: {cause}")]
pub struct PatternError {
    /// Its place among the patterns that were compiled together.
    pub place: usize,
    /// The pattern.
    pub pattern: String,
    /// What is wrong with it.
    pub cause: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Program {
    pub(super) instructions: Vec<Instruction>,
    /// How many tokens it takes at most; `None` where a layer takes as many as it likes.
    pub(super) longest: Option<usize>,
    /// What every match has among the tokens that are searched: a word of each of these.
    pub(super) needs: Needs,
}

/// Words of which one is needed, for each of several needs.
pub(super) type Needs = Vec<Vec<WordId>>;

/// How many needs of a pattern are kept.
pub(super) const NEEDS: usize = 8;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Instruction {
    Take(Atom),
    /// Goes on at the first; where that fails, at the second.
    Split(usize, usize),
    Jump(usize),
    Open(u8),
    Close(u8),
    Next {
        atom: Atom,
        wanted: bool,
    },
    Before {
        atom: Atom,
        wanted: bool,
    },
    Start,
    End,
    Match,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Atom {
    Word(WordId),
    Words(WordSet),
    /// A bit for each shape.
    Shapes(u32),
    /// The end of a word, in lower case.
    Suffix(Box<str>),
    Layer(u8),
}

impl Shape {
    /// How many shapes there are.
    pub(crate) const COUNT: usize = 15;
    const ANY: u32 = (1 << Self::COUNT) - 1;
    /// The shapes of words.
    pub(super) const WORDS: u32 = Self::Lower.bit() | Self::Capital.bit() | Self::Upper.bit();

    const fn bit(self) -> u32 {
        1 << self as u32
    }

    /// The shapes of a name in patterns.
    fn named(name: &str) -> Option<u32> {
        Some(match name {
            "lower" => Self::Lower.bit(),
            "capital" => Self::Capital.bit(),
            "upper" => Self::Upper.bit(),
            "initial" => Self::Initial.bit(),
            "name" => Self::Capital.bit() | Self::Upper.bit() | Self::Initial.bit(),
            "word" => Self::WORDS | Self::Initial.bit() | Self::Mixed.bit() | Self::Digits.bit(),
            "digits" => Self::Digits.bit(),
            "mixed" => Self::Mixed.bit(),
            "open" => Self::QuoteOpen.bit(),
            "close" => Self::QuoteClose.bit(),
            "stop" => Self::Stop.bit(),
            "comma" => Self::Comma.bit(),
            "dash" => Self::Dash.bit(),
            "mark" => Self::Mark.bit(),
            _ => return None,
        })
    }
}

/// How deep brackets may stand in one another.
const DEPTH: usize = 16;
/// How many instructions a pattern may have.
const LENGTH: usize = 4096;

pub(super) fn compile(
    place: usize,
    pattern: &str,
    layers: &[Box<str>],
    slots: &mut Vec<Box<str>>,
    vocabulary: &mut Vocabulary,
) -> Result<Program, PatternError> {
    let items: Vec<&str> = pattern.split_whitespace().collect();
    let mut compiler =
        Compiler { items: &items, at: 0, layers, slots, vocabulary, instructions: Vec::new() };
    let result = compiler.choice(0).and_then(|needs| match compiler.items.get(compiler.at) {
        Some(item) => Err(format!("`{item}` closes nothing")),
        None if compiler.nullable() => Err("it would match nothing at all".to_owned()),
        None => Ok(needs),
    });
    let mut instructions = compiler.instructions;
    instructions.push(Instruction::Match);
    let fault = |cause| PatternError { place, pattern: pattern.to_owned(), cause };
    let mut needs = result.map_err(fault)?;
    needs.truncate(NEEDS);
    let longest = longest(&instructions);
    Ok(Program { instructions, longest, needs })
}

struct Compiler<'c> {
    items: &'c [&'c str],
    at: usize,
    layers: &'c [Box<str>],
    slots: &'c mut Vec<Box<str>>,
    vocabulary: &'c mut Vocabulary,
    instructions: Vec<Instruction>,
}

impl Compiler<'_> {
    /// Sequences parted by `|`, up to a bracket that closes or the end.
    fn choice(&mut self, depth: usize) -> Result<Needs, String> {
        if depth > DEPTH {
            return Err(format!("more than {DEPTH} brackets in one another"));
        }
        let mut jumps = Vec::new();
        let mut ways: Vec<Needs> = Vec::new();
        loop {
            let split = self.push(Instruction::Split(0, 0))?;
            let (empty, needs) = self.sequence(depth)?;
            if empty {
                return Err("an empty sequence".to_owned());
            }
            ways.push(needs);
            if self.items.get(self.at) == Some(&"|") {
                self.at += 1;
                jumps.push(self.push(Instruction::Jump(0))?);
                self.instructions[split] = Instruction::Split(split + 1, self.instructions.len());
            } else {
                self.instructions[split] = Instruction::Jump(split + 1);
                break;
            }
        }
        let end = self.instructions.len();
        for jump in jumps {
            self.instructions[jump] = Instruction::Jump(end);
        }
        Ok(one_of(ways))
    }

    /// Items up to `|`, a bracket that closes or the end. Whether there were none, and what they
    /// need.
    fn sequence(&mut self, depth: usize) -> Result<(bool, Needs), String> {
        let begin = self.at;
        let mut needs = Vec::new();
        while let Some(item) = self.items.get(self.at) {
            if *item == "|" || item.starts_with(')') {
                break;
            }
            needs.append(&mut self.item(item, depth)?);
        }
        Ok((self.at == begin, needs))
    }

    fn item(&mut self, item: &str, depth: usize) -> Result<Needs, String> {
        let (slot, item) = match item.split_once(':') {
            Some((name, rest)) if !name.is_empty() && name.bytes().all(is_name) => {
                (Some(self.slot(name)?), rest)
            }
            _ => (None, item),
        };
        if let Some(slot) = slot {
            self.push(Instruction::Open(slot))?;
        }
        let begin = self.instructions.len();
        let needs = if item == "(" {
            self.at += 1;
            let needs = self.choice(depth + 1)?;
            let close = self.items.get(self.at).ok_or("a bracket that nothing closes")?;
            let times = close.strip_prefix(')').ok_or("a bracket that nothing closes")?;
            self.repeat(begin, times)?.then_some(needs)
        } else {
            let (atom, times) = split_times(item);
            let needs = self.simple(atom)?;
            self.repeat(begin, times)?.then_some(needs)
        };
        if let Some(slot) = slot {
            self.push(Instruction::Close(slot))?;
        }
        self.at += 1;
        Ok(needs.unwrap_or_default())
    }

    fn simple(&mut self, item: &str) -> Result<Needs, String> {
        match item {
            "^" => return self.push(Instruction::Start).map(|_| Vec::new()),
            "$" => return self.push(Instruction::End).map(|_| Vec::new()),
            _ => {}
        }
        if let Some(count) = item.strip_prefix("...") {
            return self.gap(count).map(|()| Vec::new());
        }
        for (mark, ahead) in [('>', true), ('<', false)] {
            if let Some(rest) = item.strip_prefix(mark).filter(|rest| !rest.is_empty()) {
                let (wanted, rest) = match rest.strip_prefix('!') {
                    Some(rest) => (false, rest),
                    None => (true, rest),
                };
                let atom = self.atom(rest)?;
                let needs = if wanted { atom.needs() } else { Vec::new() };
                return self
                    .push(match ahead {
                        true => Instruction::Next { atom, wanted },
                        false => Instruction::Before { atom, wanted },
                    })
                    .map(|_| needs);
            }
        }
        if let Some(name) = item.strip_prefix('@') {
            return self.class(name);
        }
        let atom = self.atom(item)?;
        let needs = atom.needs();
        self.push(Instruction::Take(atom)).map(|_| needs)
    }

    /// A class as a choice between its phrases, longest first, and its single words.
    fn class(&mut self, name: &str) -> Result<Needs, String> {
        let class = self.vocabulary.class(name).ok_or(format!("no class `@{name}`"))?.clone();
        let mut jumps = Vec::new();
        let firsts = class.phrases.iter().filter_map(|phrase| phrase.first());
        let needs = class.words.iter().chain(firsts).copied().collect();
        for phrase in class.phrases {
            let split = self.push(Instruction::Split(0, 0))?;
            for word in phrase {
                self.push(Instruction::Take(Atom::Word(word)))?;
            }
            jumps.push(self.push(Instruction::Jump(0))?);
            self.instructions[split] = Instruction::Split(split + 1, self.instructions.len());
        }
        self.push(Instruction::Take(Atom::Words(class.words.into_iter().collect())))?;
        let end = self.instructions.len();
        for jump in jumps {
            self.instructions[jump] = Instruction::Jump(end);
        }
        Ok(vec![needs])
    }

    /// What one token is asked for.
    fn atom(&mut self, item: &str) -> Result<Atom, String> {
        if item == "_" {
            return Ok(Atom::Shapes(Shape::ANY));
        }
        if let Some(name) = item.strip_prefix('#') {
            return Shape::named(name).map(Atom::Shapes).ok_or(format!("no shape `#{name}`"));
        }
        if let Some(name) = item.strip_prefix('@') {
            let class = self.vocabulary.class(name).ok_or(format!("no class `@{name}`"))?;
            let firsts = class.phrases.iter().filter_map(|phrase| phrase.first());
            return Ok(Atom::Words(class.words.iter().chain(firsts).copied().collect()));
        }
        if let Some(name) = item.strip_prefix('{') {
            let name = name.strip_suffix('}').ok_or(format!("`{item}` is not closed"))?;
            let place = self.layers.iter().position(|layer| &**layer == name);
            let place = place.and_then(|place| u8::try_from(place).ok());
            return place.map(Atom::Layer).ok_or(format!("no layer `{{{name}}}` here"));
        }
        if let Some(suffix) = item.strip_prefix('~').filter(|suffix| !suffix.is_empty()) {
            return Ok(Atom::Suffix(suffix.into()));
        }
        let word: String = match item.strip_prefix('\\') {
            Some(rest) => rest.to_owned(),
            None if item.is_empty() => return Err("an item without a word".to_owned()),
            None if item.starts_with(['(', ')', '|', '?', '*', '+']) && item.len() > 1 => {
                return Err(format!("`{item}`: put white space round brackets and bars"));
            }
            None => item.to_owned(),
        };
        if word.chars().any(char::is_uppercase) {
            return Err(format!("`{word}` has a capital: words are in lower case"));
        }
        Ok(Atom::Word(self.vocabulary.learn(&word)))
    }

    fn gap(&mut self, count: &str) -> Result<(), String> {
        let count: usize = count.parse().map_err(|_| format!("`...{count}` needs a number"))?;
        let mut splits = Vec::new();
        for _ in 0..count {
            splits.push(self.push(Instruction::Split(0, 0))?);
            self.push(Instruction::Take(Atom::Shapes(Shape::ANY)))?;
        }
        let end = self.instructions.len();
        for split in splits {
            self.instructions[split] = Instruction::Split(end, split + 1);
        }
        Ok(())
    }

    /// Repeats what was compiled since `begin`, as `?`, `*3` or `+3` says. Whether it stands once at
    /// least.
    fn repeat(&mut self, begin: usize, times: &str) -> Result<bool, String> {
        let (least, most) = match times.split_at_checked(1) {
            None => return Ok(true),
            Some(("?", "")) => (0, 1),
            Some((sign @ ("*" | "+"), count)) => {
                let count: usize =
                    count.parse().map_err(|_| format!("`{times}` needs a number"))?;
                (usize::from(sign == "+"), count)
            }
            Some(_) => return Err(format!("`{times}` is no repetition")),
        };
        if most == 0 || least > most {
            return Err(format!("`{times}` allows nothing"));
        }
        let body = self.instructions.split_off(begin);
        let mut splits = Vec::new();
        for round in 0..most {
            if round >= least {
                splits.push(self.push(Instruction::Split(0, 0))?);
            }
            let shift = self.instructions.len();
            for instruction in &body {
                self.push(instruction.moved(begin, shift))?;
            }
        }
        let end = self.instructions.len();
        for split in splits {
            self.instructions[split] = Instruction::Split(split + 1, end);
        }
        Ok(least > 0)
    }

    fn slot(&mut self, name: &str) -> Result<u8, String> {
        let place = self.slots.iter().position(|slot| &**slot == name).unwrap_or_else(|| {
            self.slots.push(name.into());
            self.slots.len() - 1
        });
        u8::try_from(place).map_err(|_| "more than 256 captures".to_owned())
    }

    fn push(&mut self, instruction: Instruction) -> Result<usize, String> {
        if self.instructions.len() >= LENGTH {
            return Err(format!("longer than {LENGTH} steps"));
        }
        self.instructions.push(instruction);
        Ok(self.instructions.len() - 1)
    }

    /// Whether the whole can match without taking a token.
    fn nullable(&self) -> bool {
        let end = self.instructions.len();
        let mut seen = vec![false; end + 1];
        let mut open = vec![0];
        while let Some(at) = open.pop() {
            if at == end {
                return true;
            }
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            match &self.instructions[at] {
                Instruction::Take(_) => {}
                Instruction::Split(first, second) => open.extend([*first, *second]),
                Instruction::Jump(to) => open.push(*to),
                _ => open.push(at + 1),
            }
        }
        false
    }
}

impl Atom {
    /// The words of which it takes one, where it takes nothing else.
    fn needs(&self) -> Needs {
        match self {
            Self::Word(word) => vec![vec![*word]],
            Self::Words(words) => vec![words.iter().collect()],
            Self::Shapes(_) | Self::Suffix(_) | Self::Layer(_) => Vec::new(),
        }
    }
}

/// What one of several ways needs: a word out of one need of each, that with the fewest words.
fn one_of(mut ways: Vec<Needs>) -> Needs {
    if ways.len() == 1 {
        return ways.remove(0);
    }
    let least = ways.into_iter().map(|needs| needs.into_iter().min_by_key(Vec::len));
    let words: Option<Vec<Vec<WordId>>> = least.collect();
    words.map(|words| vec![words.concat()]).unwrap_or_default()
}

impl Instruction {
    fn moved(&self, from: usize, to: usize) -> Self {
        let moved = |at: &usize| at - from + to;
        match self {
            Self::Split(first, second) => Self::Split(moved(first), moved(second)),
            Self::Jump(at) => Self::Jump(moved(at)),
            other => other.clone(),
        }
    }
}

/// How many tokens instructions take at most. They only ever lead on.
fn longest(instructions: &[Instruction]) -> Option<usize> {
    let mut from = vec![0; instructions.len() + 1];
    for (at, instruction) in instructions.iter().enumerate().rev() {
        from[at] = match instruction {
            Instruction::Take(Atom::Layer(_)) => return None,
            Instruction::Take(_) => from[at + 1] + 1,
            Instruction::Split(first, second) => from[*first].max(from[*second]),
            Instruction::Jump(to) => from[*to],
            Instruction::Match => 0,
            _ => from[at + 1],
        };
    }
    from.first().copied()
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte == b'_'
}

/// An item and the repetition behind it.
fn split_times(item: &str) -> (&str, &str) {
    if item.starts_with('\\') || item.len() < 2 {
        return (item, "");
    }
    if let Some(atom) = item.strip_suffix('?') {
        return (atom, "?");
    }
    let digits = item.bytes().rev().take_while(u8::is_ascii_digit).count();
    let sign = item.len() - digits;
    match item.as_bytes().get(sign.wrapping_sub(1)) {
        Some(b'*' | b'+') if digits > 0 && sign > 1 => item.split_at(sign - 1),
        _ => (item, ""),
    }
}
