//! Parts: which figures are parts of others, by the pack's `parts.toml`.

use std::collections::BTreeMap;

use onrecord_language::{
    Analysis, Layer, PatternSet, Phrases, Slot, TokenId, Tokens, Vocabulary, WordSet,
};
use onrecord_packs::{Pack, PackError};
use serde::Deserialize;

use crate::figures::Quantity;
use crate::phrases;

/// How a pack tells that figures are parts of others.
#[derive(Debug, Clone)]
pub(crate) struct Parts {
    rules: Vec<Rule>,
    patterns: PatternSet,
    part: Option<Slot>,
    whole: Option<Slot>,
    /// Determiners that point at what was told of.
    definite: WordSet,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "rule")]
    rules: Vec<Rule>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    name: String,
    pattern: String,
    fires: Vec<Fires>,
    silent: Vec<String>,
}

/// A text in which a rule fires: the words of both figures.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fires {
    text: String,
    part: String,
    whole: String,
}

/// How many figures back the whole may stand that a definite part points at.
const REACH: usize = 8;

impl Parts {
    const FILE: &str = "reading/parts.toml";

    /// Compiles the rules; the classes of `figures.toml` are defined before.
    pub(crate) fn compile(
        pack: &Pack,
        phrases: &Phrases,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, PackError> {
        let File { rules } = pack.file(Self::FILE)?;
        let path = pack.path(Self::FILE);
        let named = rules.iter().map(|rule| (&*path, &*rule.name, &*rule.pattern));
        let patterns = phrases.patterns(named, &["number", "time"], vocabulary)?;
        let definite = phrases::class(pack, vocabulary, "definite")?;
        let (part, whole) = (patterns.slot("part"), patterns.slot("whole"));
        Ok(Self { rules, patterns, part, whole, definite })
    }

    /// The quantities of a text, in text order, each with the place of the one that it is a part of,
    /// always before it. One that counts what its whole counts is left out where it has none.
    pub(crate) fn settle(
        &self,
        analysis: &Analysis<'_>,
        layers: &[&Layer],
        quantities: Vec<Quantity>,
    ) -> (Vec<Quantity>, Vec<Option<usize>>) {
        let wholes = self.find(analysis, layers, &quantities);
        let mut places: Vec<Option<usize>> = Vec::with_capacity(quantities.len());
        let mut kept: Vec<Quantity> = Vec::with_capacity(quantities.len());
        let mut kept_wholes = Vec::with_capacity(quantities.len());
        for (mut quantity, whole) in quantities.into_iter().zip(wholes) {
            let whole = whole.and_then(|whole: usize| places[whole]);
            if quantity.inherits {
                let Some(whole) = whole else {
                    places.push(None);
                    continue;
                };
                quantity.counted.clone_from(&kept[whole].counted);
            }
            places.push(Some(kept.len()));
            kept.push(quantity);
            kept_wholes.push(whole);
        }
        (kept, kept_wholes)
    }

    fn find(
        &self,
        analysis: &Analysis<'_>,
        layers: &[&Layer],
        quantities: &[Quantity],
    ) -> Vec<Option<usize>> {
        let mut wholes = vec![None; quantities.len()];
        for (_, part, whole) in self.told(analysis, layers, quantities) {
            wholes[part].get_or_insert(whole);
        }
        for (part, whole) in wholes.iter_mut().enumerate() {
            if whole.is_none() {
                *whole = self.pointed_at(analysis, quantities, part);
            }
        }
        wholes
    }

    /// The rules that tell of a part in the text, with the places of the part and its whole.
    fn told(
        &self,
        analysis: &Analysis<'_>,
        layers: &[&Layer],
        quantities: &[Quantity],
    ) -> Vec<(usize, usize, usize)> {
        let numbers: BTreeMap<TokenId, usize> =
            quantities.iter().enumerate().map(|(place, q)| (q.number, place)).collect();
        let with = |token: TokenId| numbers.get(&token).copied();
        let mut told = Vec::new();
        let mut sentences: Vec<Tokens> = Vec::new();
        for pair in quantities.windows(2) {
            let sentence = analysis.sentence_of(pair[1].tokens.start).map(|s| s.tokens);
            let both = sentence.filter(|sentence| sentence.holds(pair[0].tokens.start));
            sentences.extend(both.filter(|sentence| sentences.last() != Some(sentence)));
        }
        for sentence in sentences {
            for found in self.patterns.scan(analysis, layers, sentence) {
                let Some(part) = found.capture(self.part).and_then(|t| with(t.start)) else {
                    continue;
                };
                let whole = match found.capture(self.whole) {
                    Some(whole) => with(whole.start),
                    None => part
                        .checked_sub(1)
                        .filter(|before| sentence.holds(quantities[*before].tokens.start)),
                };
                let alike = |whole: &usize| quantities[*whole].dated == quantities[part].dated;
                let whole = whole.filter(|whole| *whole < part).filter(alike);
                told.extend(whole.map(|whole| (found.pattern, part, whole)));
            }
        }
        told
    }

    /// The whole of a definite part, "the 207 hostages": the last figure before it that counts the
    /// same and is greater. One that is as great is the same figure.
    fn pointed_at(
        &self,
        analysis: &Analysis<'_>,
        quantities: &[Quantity],
        part: usize,
    ) -> Option<usize> {
        let own = &quantities[part];
        let before = TokenId(own.tokens.start.0.checked_sub(1)?);
        let sentence = analysis.sentence_of(own.tokens.start)?.tokens;
        let points = sentence.holds(before) && self.definite.holds(analysis.token(before).word);
        let high = own.high.filter(|_| points && own.dated)?;
        let near = (0..part).rev().take(REACH);
        let mut same = near.filter(|place| quantities[*place].counted == own.counted);
        same.find(|place| quantities[*place].low.is_some_and(|low| low >= high))
            .filter(|place| quantities[*place].low.is_some_and(|low| low > high))
    }

    /// Runs the examples that the rules carry. `read` gives the words of the figures of a text and
    /// what `find` tells of them with its rules. Each line names a rule and what it did otherwise.
    pub(crate) fn examples(&self, read: impl Fn(&str) -> Pairs) -> Vec<String> {
        let mut faults = Vec::new();
        for (place, rule) in self.rules.iter().enumerate() {
            if rule.fires.is_empty() || rule.silent.is_empty() {
                faults.push(format!("{}: needs `fires` and `silent`", rule.name));
            }
            for fires in &rule.fires {
                let found = read(&fires.text);
                let wanted = (place, fires.part.clone(), fires.whole.clone());
                if !found.contains(&wanted) {
                    faults.push(format!("{}: {:?} gives {found:?}", rule.name, fires.text));
                }
            }
            for text in &rule.silent {
                if read(text).iter().any(|(rule, ..)| *rule == place) {
                    faults.push(format!("{}: fires on {text:?}", rule.name));
                }
            }
        }
        faults
    }

    /// The rules that fire on a text, with the words of parts and wholes.
    pub(crate) fn pairs(
        &self,
        analysis: &Analysis<'_>,
        layers: &[&Layer],
        quantities: &[Quantity],
    ) -> Pairs {
        let words = |place: usize| analysis.words(quantities[place].tokens).to_owned();
        let told = self.told(analysis, layers, quantities).into_iter();
        told.map(|(rule, part, whole)| (rule, words(part), words(whole))).collect()
    }
}

/// Places of rules with the words of a part and of its whole.
pub(crate) type Pairs = Vec<(usize, String, String)>;
