//! Conduct: words that name what the law names, and the taxon that they tell in their place.

use std::collections::BTreeSet;

use onrecord_language::{
    Analysis, Layer, PatternSet, Phrases, Slot, TokenId, Tokens, Vocabulary, WordId, WordSet,
};
use onrecord_packs::{Law, PackError};
use serde::Deserialize;

use super::File;

/// How many different words of war tell of an armed conflict.
const CONFLICT: usize = 3;
/// How many tokens before and behind conduct they may stand.
const NEAR: u32 = 400;

/// The rules that find conduct.
#[derive(Debug, Clone)]
pub(super) struct ConductRules {
    rules: Vec<Rule>,
    patterns: PatternSet,
    victims: Option<Slot>,
    /// The words of war.
    conflict: WordSet,
}

/// A rule, as the pack holds it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    pub(super) name: String,
    frame: Option<Frame>,
    tells: Tells,
    pattern: String,
    pub(super) fires: Vec<Fires>,
    pub(super) silent: Vec<String>,
}

/// The whole crime that words name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Frame {
    Genocide,
    Humanity,
    War,
}

/// The taxa that words tell, by what stands around them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tells {
    genocide: Option<String>,
    humanity: Option<String>,
    war: Option<String>,
    charged: Option<String>,
    armed: Option<String>,
    plain: Option<String>,
}

/// A text in which a rule fires, and what is read there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fires {
    pub(super) text: String,
    pub(super) taxon: String,
    pub(super) words: String,
}

/// Words of some conduct, before it is known whether anybody is charged with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Conduct {
    pub(crate) rule: usize,
    pub(crate) tokens: Tokens,
    /// Against whom, where its own words tell.
    pub(super) victims: Option<Tokens>,
    /// Whether it stands among words of war.
    armed: bool,
}

impl ConductRules {
    pub(super) fn compile(
        path: &str,
        file: &mut File,
        phrases: &Phrases,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, PackError> {
        let law = Law::new()?;
        let mut rules = std::mem::take(&mut file.conduct);
        for rule in &mut rules {
            rule.whole_codes(&law).map_err(|cause| {
                PackError::new(path, format_args!("rule `{}`: {cause}", rule.name))
            })?;
        }
        let named = rules.iter().map(|rule| (path, &*rule.name, &*rule.pattern));
        let patterns = phrases.patterns(named, &["number", "time"], vocabulary)?;
        let conflict = file.conflict.iter().map(|word| vocabulary.learn(word)).collect();
        let victims = patterns.slot("victims");
        Ok(Self { rules, patterns, victims, conflict })
    }

    pub(super) fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The words of conduct in what a text tells, in text order; none overlaps another.
    pub(super) fn find(&self, analysis: &Analysis<'_>, layers: &[&Layer]) -> Vec<Conduct> {
        let told = analysis.told();
        let matches = told.flat_map(|sentence| self.patterns.longest(analysis, layers, sentence));
        let mut found: Vec<Conduct> = matches
            .map(|found| Conduct {
                rule: found.pattern,
                tokens: found.tokens,
                victims: found.capture(self.victims),
                armed: false,
            })
            .collect();
        if !found.is_empty() {
            let words = self.words_of_war(analysis);
            for conduct in &mut found {
                conduct.armed = tells_of_war(&words, conduct.tokens);
            }
        }
        found
    }

    fn words_of_war(&self, analysis: &Analysis<'_>) -> Vec<(TokenId, WordId)> {
        let words = analysis.told().flatten().map(|token| (token, analysis.token(token).word));
        words.filter(|(_, word)| self.conflict.holds(*word)).collect()
    }

    /// The whole crime that the last of some conducts names, where one does.
    pub(super) fn frame(&self, conducts: &[Conduct]) -> Option<Frame> {
        conducts.iter().rev().find_map(|found| self.rules[found.rule].frame)
    }

    /// The taxon that each of the conducts of a sentence tells; `None` for one that tells nothing.
    /// `before` is the whole crime that was named before, where the sentence is about that too.
    pub(super) fn taxa(
        &self,
        conducts: &[Conduct],
        charged: bool,
        before: Option<Frame>,
    ) -> Vec<Option<&str>> {
        let frames: Vec<(Frame, Tokens)> = conducts
            .iter()
            .filter_map(|found| Some((self.rules[found.rule].frame?, found.tokens)))
            .collect();
        let told = conducts.iter().map(|found| {
            let tells = &self.rules[found.rule].tells;
            let apart = |tokens: Tokens| match tokens.start < found.tokens.start {
                true => found.tokens.start.0.saturating_sub(tokens.end.0),
                false => tokens.start.0.saturating_sub(found.tokens.end.0),
            };
            let others = frames.iter().filter(|(_, tokens)| *tokens != found.tokens);
            let nearest = others.min_by_key(|(_, tokens)| apart(*tokens)).map(|(frame, _)| *frame);
            let framed = nearest.or(before).and_then(|frame| match frame {
                Frame::Genocide => tells.genocide.as_deref(),
                Frame::Humanity => tells.humanity.as_deref(),
                Frame::War => tells.war.as_deref(),
            });
            let armed = found.armed;
            framed
                .or(tells.charged.as_deref().filter(|_| charged && armed))
                .or(tells.armed.as_deref().filter(|_| armed))
                .or(tells.plain.as_deref())
        });
        told.collect()
    }
}

/// Whether the words of war around some tokens tell of an armed conflict.
fn tells_of_war(words: &[(TokenId, WordId)], conduct: Tokens) -> bool {
    let first = TokenId(conduct.start.0.saturating_sub(NEAR));
    let behind = TokenId(conduct.end.0.saturating_add(NEAR));
    let near = &words[words.partition_point(|(token, _)| *token < first)..];
    let near = near.iter().take_while(|(token, _)| *token < behind);
    let mut told: BTreeSet<WordId> = BTreeSet::new();
    near.into_iter().any(|(_, word)| told.insert(*word) && told.len() == CONFLICT)
}

impl Rule {
    /// Writes its codes out and holds them against the law.
    fn whole_codes(&mut self, law: &Law) -> Result<(), String> {
        let Tells { genocide, humanity, war, charged, armed, plain } = &mut self.tells;
        let codes = [genocide, humanity, war, charged, armed, plain].into_iter().flatten();
        let wanted = self.fires.iter_mut().map(|fires| &mut fires.taxon);
        for code in codes.chain(wanted) {
            if !code.contains(':') {
                *code = format!("{}:{code}", super::SHORT);
            }
            if law.taxon(code).is_none() {
                return Err(format!("the law has no taxon {code}"));
            }
        }
        Ok(())
    }
}
