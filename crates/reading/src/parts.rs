//! Parts: which figures are parts of others, by the pack's `parts.toml`.

use std::collections::BTreeMap;

use crate::examples;
use onrecord_language::{Analysis, Layer, PatternSet, Slot, TokenId, Tokens, Vocabulary, WordSet};
use onrecord_packs::{Pack, PackError};
use serde::Deserialize;

use crate::figures::{Figures, Quantity};
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
    /// Whether the part stands in a list with the one before it, and is a part of the same whole.
    #[serde(default)]
    list: bool,
    /// Whether the whole may stand in the sentence before.
    #[serde(default)]
    across: bool,
    /// Whether the whole tells what its people are, and not what happened to them.
    #[serde(default)]
    apart: bool,
    /// Whether the whole is the last figure that counts the same and is greater.
    #[serde(default)]
    same: bool,
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

    /// Compiles the rules, which may use the classes and phrases of `figures.toml`.
    pub(crate) fn compile(
        pack: &Pack,
        figures: &Figures,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, PackError> {
        let File { rules } = pack.file(Self::FILE)?;
        let path = pack.path(Self::FILE);
        let named = rules.iter().map(|rule| (&*path, &*rule.name, &*rule.pattern));
        let patterns = figures.patterns(named, vocabulary)?;
        let definite = phrases::class(pack, vocabulary, "party-determiner")?;
        let (part, whole) = (patterns.slot("part"), patterns.slot("whole"));
        Ok(Self { rules, patterns, part, whole, definite })
    }

    /// The quantities of a text, in text order, each with the place of the one that it is a part of.
    /// A part counts what happened to its whole, where its words tell nothing else; one that counts
    /// only what its whole counts is left out where it has none.
    pub(crate) fn settle(
        &self,
        analysis: &Analysis<'_>,
        layers: &[Layer],
        mut quantities: Vec<Quantity>,
    ) -> (Vec<Quantity>, Vec<Option<usize>>) {
        let wholes = self.find(analysis, layers, &quantities);
        for (part, whole) in wholes.iter().enumerate() {
            let Some(whole) = whole.map(|whole| quantities[whole].clone()) else { continue };
            let own = &mut quantities[part];
            if own.counted.is_empty() || (whole.happened && whole.dated && !own.happened) {
                own.counts_as(whole);
            }
        }
        let mut places = Vec::with_capacity(quantities.len());
        let mut count = 0;
        for quantity in &quantities {
            let counts = !quantity.counted.is_empty();
            places.push(counts.then_some(count));
            count += usize::from(counts);
        }
        let told = |place: &usize| places[*place].is_some();
        let wholes = (0..quantities.len()).filter(told).map(|place| places[wholes[place]?]);
        let wholes = wholes.collect();
        quantities.retain(|quantity| !quantity.counted.is_empty());
        (quantities, wholes)
    }

    fn find(
        &self,
        analysis: &Analysis<'_>,
        layers: &[Layer],
        quantities: &[Quantity],
    ) -> Vec<Option<usize>> {
        let mut wholes: Vec<Option<usize>> = vec![None; quantities.len()];
        for (rule, part, whole) in self.told(analysis, layers, quantities) {
            // A part of a list is a part of what the one before it is a part of.
            // One of all that a rule knows to count the same is a part of the greatest of them.
            let whole = match &self.rules[rule] {
                Rule { list: true, .. } => wholes[whole],
                Rule { same: true, .. } => wholes[whole].or(Some(whole)),
                _ => Some(whole),
            };
            let whole = whole.filter(|whole| *whole != part && wholes[*whole] != Some(part));
            wholes[part] = wholes[part].or(whole);
        }
        for part in 0..quantities.len() {
            if wholes[part].is_none() {
                wholes[part] = self
                    .pointed_at(analysis, quantities, part)
                    .filter(|whole| wholes[*whole] != Some(part));
            }
        }
        wholes
    }

    /// The rules that tell of a part in the text, with the places of the part and its whole.
    fn told(
        &self,
        analysis: &Analysis<'_>,
        layers: &[Layer],
        quantities: &[Quantity],
    ) -> Vec<(usize, usize, usize)> {
        let layers: Vec<&Layer> = layers.iter().collect();
        let numbers: BTreeMap<TokenId, usize> =
            quantities.iter().enumerate().map(|(place, q)| (q.number, place)).collect();
        let with = |token: TokenId| numbers.get(&token).copied();
        let mut told = Vec::new();
        let mut last = Tokens::default();
        for quantity in quantities {
            let sentence = analysis.sentence_of(quantity.number).map(|s| s.tokens);
            let Some(sentence) = sentence.filter(|sentence| *sentence != last) else { continue };
            last = sentence;
            for found in self.patterns.scan(analysis, &layers, sentence) {
                let Some(part) = found.capture(self.part).and_then(|t| with(t.start)) else {
                    continue;
                };
                // One that opens its sentence may be a part of what the sentence before tells.
                let rule = &self.rules[found.pattern];
                let near = |before: &usize| {
                    sentence.holds(quantities[*before].number)
                        || (rule.across && follows(analysis, quantities[*before].number, sentence))
                };
                let whole = match found.capture(self.whole) {
                    Some(whole) => with(whole.start),
                    None if rule.same => greater(quantities, part),
                    None => {
                        let before = (0..part).rev().take(REACH).take_while(near);
                        let holds =
                            |whole: &usize| !is_less(&quantities[*whole], &quantities[part]);
                        let before = before.filter(|w| !rule.apart || !quantities[*w].happened);
                        before.clone().find(holds).or(before.take(1).next())
                    }
                };
                let alike = |whole: &usize| quantities[*whole].dated == quantities[part].dated;
                let whole = whole.filter(|whole| *whole != part).filter(alike);
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
        let before = TokenId(own.number.0.checked_sub(1)?);
        let sentence = analysis.sentence_of(own.number)?.tokens;
        let points = sentence.holds(before) && self.definite.holds(analysis.token(before).word);
        if points && own.happened && own.dated { greater(quantities, part) } else { None }
    }

    /// Runs the examples that the rules carry. `read` gives the words of the figures of a text and
    /// what `find` tells of them with its rules. Each line names a rule and what it did otherwise.
    pub(crate) fn examples(&self, read: impl Fn(&str) -> Pairs) -> Vec<String> {
        let rules = self.rules.iter().enumerate();
        let faults = rules.flat_map(|(place, rule)| {
            let wrong = |fires: &Fires| {
                let found = read(&fires.text);
                let wanted = (place, fires.part.clone(), fires.whole.clone());
                (!found.contains(&wanted)).then(|| format!("{:?} gives {found:?}", fires.text))
            };
            let fired = |text: &str| read(text).iter().any(|(rule, ..)| *rule == place);
            examples::faults(&rule.name, (&rule.fires, &rule.silent), wrong, fired)
        });
        faults.collect()
    }

    /// The rules that fire on a text, with the words of parts and wholes.
    pub(crate) fn pairs(
        &self,
        analysis: &Analysis<'_>,
        layers: &[Layer],
        quantities: &[Quantity],
    ) -> Pairs {
        let words = |place: usize| analysis.words(quantities[place].tokens).to_owned();
        let told = self.told(analysis, layers, quantities).into_iter();
        told.map(|(rule, part, whole)| (rule, words(part), words(whole))).collect()
    }
}

/// Places of rules with the words of a part and of its whole.
pub(crate) type Pairs = Vec<(usize, String, String)>;

/// Whether a token stands in the sentence right before another, of the same paragraph.
fn follows(analysis: &Analysis<'_>, token: TokenId, sentence: Tokens) -> bool {
    let before = sentence.start.0.checked_sub(1).map(TokenId);
    let before = before.and_then(|before| analysis.sentence_of(before));
    let paragraph = analysis.sentence_of(sentence.start).map(|sentence| sentence.paragraph);
    before.is_some_and(|s| s.tokens.holds(token) && Some(s.paragraph) == paragraph)
}

/// The last quantity before one that counts the same and is greater. One that is as great is the same.
fn greater(quantities: &[Quantity], part: usize) -> Option<usize> {
    let own = &quantities[part];
    let most = own.high.or(own.low)?;
    let near = (0..part).rev().take(REACH);
    let mut same = near.filter(|place| quantities[*place].counted == own.counted);
    same.find(|place| quantities[*place].low.is_some_and(|low| low >= most))
        .filter(|place| quantities[*place].low.is_some_and(|low| low > most))
}

/// Whether one quantity is surely less than another.
fn is_less(one: &Quantity, other: &Quantity) -> bool {
    one.high.zip(other.low.or(other.high)).is_some_and(|(one, other)| one < other)
}
