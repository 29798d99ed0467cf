//! Numbers in digits and words, with the values they name.

use std::collections::BTreeMap;

use onrecord_packs::{Pack, PackError};
use serde::Deserialize;

use crate::{Analysis, Shape, TokenId, Tokens, Vocabulary, WordId};

/// A number in the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// Its tokens, at least one.
    pub tokens: Tokens,
    /// Its value: finite, at least 0, at most [`Number::MOST`].
    pub value: f64,
}

impl Number {
    /// The largest value that is read. Up to it every whole number is exact; digits that say more
    /// are no number.
    pub const MOST: f64 = 9_007_199_254_740_992.0;
}

/// How a language writes numbers, compiled from `numbers.toml`.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    group: String,
    decimal: String,
    units: BTreeMap<WordId, f64>,
    scales: BTreeMap<WordId, f64>,
    ones: Vec<WordId>,
    joiners: Vec<WordId>,
    suffixes: BTreeMap<WordId, f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NumbersFile {
    group: String,
    decimal: String,
    units: BTreeMap<String, f64>,
    scales: BTreeMap<String, f64>,
    ones: Vec<String>,
    joiners: Vec<String>,
    suffixes: BTreeMap<String, f64>,
    #[serde(default, rename = "example")]
    examples: Vec<Example>,
}

/// A text and the values of the numbers in it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Example {
    pub(crate) text: String,
    pub(crate) values: Vec<f64>,
}

impl Numbers {
    const FILE: &str = "numbers.toml";

    pub(crate) fn compile(
        pack: &Pack,
        vocabulary: &mut Vocabulary,
    ) -> Result<(Self, Vec<Example>), PackError> {
        let file: NumbersFile = pack.file(Self::FILE)?;
        let mut learn = |words: &BTreeMap<String, f64>| {
            words.iter().map(|(word, value)| (vocabulary.learn(word), *value)).collect()
        };
        let numbers = Self {
            units: learn(&file.units),
            scales: learn(&file.scales),
            suffixes: learn(&file.suffixes),
            ones: file.ones.iter().map(|word| vocabulary.learn(word)).collect(),
            joiners: file.joiners.iter().map(|word| vocabulary.learn(word)).collect(),
            group: file.group,
            decimal: file.decimal,
        };
        Ok((numbers, file.examples))
    }

    /// The numbers of a text, in text order; none overlaps another.
    #[must_use]
    pub fn read(&self, analysis: &Analysis<'_>) -> Vec<Number> {
        let mut numbers = Vec::new();
        for sentence in &analysis.sentences {
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end {
                match self.number(analysis, at, sentence.tokens.end) {
                    Some(number) => {
                        at = number.tokens.end;
                        numbers.push(number);
                    }
                    None => at.0 += 1,
                }
            }
        }
        numbers
    }

    /// The longest number that begins at a token.
    fn number(&self, analysis: &Analysis<'_>, begin: TokenId, end: TokenId) -> Option<Number> {
        let mut at = begin;
        let mut total = 0.0;
        let mut current: Option<f64> = None;
        let mut last_scale = f64::INFINITY;
        let mut taken = begin;
        while at < end {
            let token = analysis.token(at);
            let next = TokenId(at.0 + 1);
            if let Some(value) = current.and_then(|tens| self.ones_of(analysis, at, end, tens)) {
                current = Some(value);
                taken = TokenId(next.0 + 1);
                at = taken;
                continue;
            }
            let suffix = self.suffixes.get(&token.word).filter(|_| !token.spaced);
            if let Some(scale) = suffix.or_else(|| self.scales.get(&token.word)).copied() {
                let Some(value) = current else { break };
                if value * scale >= last_scale && scale >= last_scale {
                    break;
                }
                if scale > 100.0 {
                    total += value * scale;
                    current = Some(0.0);
                    last_scale = scale;
                } else {
                    current = Some(value * scale);
                }
                taken = next;
            } else if let Some(value) = self.simple(analysis, at) {
                match current {
                    None => current = Some(value),
                    // "two hundred five", "three thousand two": what follows is smaller.
                    Some(so_far) if self.joins(analysis, begin, at, so_far, value) => {
                        current = Some(so_far + value);
                    }
                    Some(_) => break,
                }
                taken = next;
            } else if current.is_none() && self.is_one(analysis, at, end) {
                current = Some(1.0);
            } else if current.is_none()
                || !self.joiners.contains(&token.word)
                || next >= end
                || !self.scales.contains_key(&analysis.token(TokenId(at.0 - 1)).word)
                || !self.units.contains_key(&analysis.token(next).word)
            {
                break;
            }
            at = next;
        }
        let value = total + current?;
        let tokens = Tokens::new(begin, taken);
        (!tokens.is_empty() && value.is_finite() && value <= Number::MOST)
            .then_some(Number { tokens, value })
    }

    /// Whether a number word adds to those before it.
    fn joins(
        &self,
        analysis: &Analysis<'_>,
        begin: TokenId,
        at: TokenId,
        so_far: f64,
        value: f64,
    ) -> bool {
        if analysis.token(at).shape == Shape::Digits {
            return false;
        }
        let before = analysis.token(TokenId(at.0.saturating_sub(1))).word;
        let after_scale = self.scales.contains_key(&before)
            || (at.0 > begin.0 + 1 && self.joiners.contains(&before));
        after_scale && (so_far == 0.0 || value < 100.0)
    }

    /// The value of a token that is a number by itself.
    fn simple(&self, analysis: &Analysis<'_>, at: TokenId) -> Option<f64> {
        let token = analysis.token(at);
        match token.shape {
            Shape::Digits => self.digits(analysis.word(at)),
            _ => self.units.get(&token.word).copied(),
        }
    }

    /// The tens before a hyphen with the ones behind it: twenty-five.
    fn ones_of(
        &self,
        analysis: &Analysis<'_>,
        hyphen: TokenId,
        end: TokenId,
        tens: f64,
    ) -> Option<f64> {
        let next = TokenId(hyphen.0 + 1);
        let hyphen = analysis.token(hyphen);
        let ones = self.units.get(&analysis.tokens.get(next.index())?.word)?;
        let joined = hyphen.shape.is_mark() && !hyphen.spaced && !analysis.token(next).spaced;
        let fits = tens % 100.0 >= 20.0 && tens % 10.0 == 0.0 && (1.0..10.0).contains(ones);
        (joined && fits && next < end).then_some(tens + ones)
    }

    /// Whether an article stands for one: "a hundred".
    fn is_one(&self, analysis: &Analysis<'_>, at: TokenId, end: TokenId) -> bool {
        let next = TokenId(at.0 + 1);
        self.ones.contains(&analysis.token(at).word)
            && next < end
            && self.scales.contains_key(&analysis.token(next).word)
    }

    /// The value of digits with the language's separators, groups being of three.
    fn digits(&self, word: &str) -> Option<f64> {
        let (whole, part) = match word.split_once(&self.decimal) {
            Some((whole, part)) => (whole, part),
            None => (word, ""),
        };
        let is_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let mut groups = whole.split(&self.group);
        let first = groups.next()?;
        let grouped = groups.clone().next().is_some();
        let regular = groups.all(|group| group.len() == 3 && is_digits(group));
        if first.is_empty()
            || !is_digits(first)
            || !is_digits(part)
            || !regular
            || (grouped && first.len() > 3)
            || (part.is_empty() && word.contains(&self.decimal))
        {
            return None;
        }
        let value: f64 = format!("{}.{part}", whole.replace(&self.group, "")).parse().ok()?;
        (value <= Number::MOST).then_some(value)
    }
}
