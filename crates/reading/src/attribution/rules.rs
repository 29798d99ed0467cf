//! The pack's rules of attribution, `attribution.toml`, and what they find in a paragraph.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use onrecord_language::{
    Analysis, Layer, Match, Paragraph, PatternSet, Phrases, Slot, TokenId, Tokens, Vocabulary,
    WINDOW, WordId, WordSet,
};
use onrecord_packs::{Pack, PackError};
use onrecord_record::Act;
use serde::Deserialize;

use super::turns::{self, Turns};
use super::{Attribution, content};
use crate::cues::Cues;
use crate::phrases;

/// The rules of attribution of a pack.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    pub(crate) turns: Turns,
    rules: Vec<Rule>,
    patterns: PatternSet,
    slots: Slots,
    /// The words that begin cues: a sentence without one attributes nothing.
    cue_words: WordSet,
    pub(crate) negation: WordSet,
    pub(crate) time_preposition: WordSet,
    pub(super) coordinator: WordSet,
    pub(crate) by: WordSet,
    pub(crate) that: WordSet,
    pub(crate) naming: WordSet,
    pub(crate) inner: WordSet,
    pub(crate) issuer: WordSet,
    pub(crate) judged: WordSet,
    pub(crate) before_verb: WordSet,
}

#[derive(Debug, Clone)]
struct Slots {
    source: Option<Slot>,
    cue: Option<Slot>,
    content: Option<Slot>,
    to: Option<Slot>,
    via: Option<Slot>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    turn: turns::File,
    #[serde(rename = "rule")]
    rules: Vec<Rule>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    name: String,
    content: ContentSide,
    source: SourceFrom,
    pattern: String,
    #[serde(default)]
    cut: Cut,
    /// Whether it counts beside what a trained engine finds.
    #[serde(default)]
    added: bool,
    /// Whether its source counts before the one that a trained engine finds.
    #[serde(default)]
    leads: bool,
    /// How sure the rule is, in hundredths: its precision on development data.
    confidence: u8,
    fires: Vec<Fires>,
    silent: Vec<String>,
}

/// Where a rule's content stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ContentSide {
    /// Before the match, from the start of its sentence or quotation.
    Before,
    /// Behind the match, to the end of its sentence or quotation.
    After,
    /// Where the pattern captures it.
    Match,
    /// On both sides.
    Both,
    /// It is that of the attribution before it in the sentence.
    Shared,
}

/// Whose words a rule says they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SourceFrom {
    /// The captured source's.
    Match,
    /// Those of the attribution before it in the sentence.
    Shared,
    /// Nobody's whom the words name.
    None,
}

/// Where content that stands behind begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Cut {
    /// Behind all that the pattern looked at.
    #[default]
    Match,
    /// Behind the cue.
    Cue,
}

/// A text in which a rule fires, and what is read there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fires {
    pub(crate) text: String,
    pub(crate) source: Option<String>,
    pub(crate) cue: String,
    /// Its pieces joined by ` … `.
    pub(crate) content: String,
}

/// A match of a rule, its captures known.
#[derive(Debug, Clone)]
struct Candidate {
    rule: usize,
    matched: Tokens,
    source: Option<Tokens>,
    cue: Tokens,
    content: Option<Tokens>,
    to: Option<Tokens>,
    via: Option<Tokens>,
}

impl Rules {
    const FILE: &str = "reading/attribution.toml";

    /// Compiles the rules; the classes of cues and of `grammar.toml` are defined before.
    pub(crate) fn compile(
        pack: &Pack,
        phrases: &Phrases,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, PackError> {
        let File { turn, rules } = pack.file(Self::FILE)?;
        let path = pack.path(Self::FILE);
        let named = rules.iter().map(|rule| (&*path, &*rule.name, &*rule.pattern));
        let layers = ["number", "time"];
        let patterns = phrases.patterns(named, &layers, vocabulary)?;
        let class = |name| phrases::class(pack, vocabulary, name);
        let slots = Slots {
            source: patterns.slot("source"),
            cue: patterns.slot("cue"),
            content: patterns.slot("content"),
            to: patterns.slot("to"),
            via: patterns.slot("via"),
        };
        let cue_words = patterns.words_captured(slots.cue);
        let (negation, coordinator) = (class("negation")?, class("coordinator")?);
        let naming = class("naming")?;
        let (inner, by, that) = (class("inner-pronoun")?, class("by")?, class("that")?);
        let issuer = class("issuer-pronoun")?;
        let (judged, auxiliary) = (class("judged")?, class("auxiliary")?);
        let before_verb = [&auxiliary, &negation, &class("be")?, &class("adverb")?];
        let before_verb = before_verb.into_iter().flat_map(WordSet::iter).collect();
        let time_preposition = class("time-preposition")?;
        Ok(Self {
            turns: Turns::compile(&path, turn, phrases, vocabulary)?,
            rules,
            patterns,
            slots,
            cue_words,
            negation,
            time_preposition,
            coordinator,
            by,
            that,
            naming,
            inner,
            issuer,
            judged,
            before_verb,
        })
    }

    /// The attributions of a paragraph, in the order of their cues.
    pub(crate) fn find(
        &self,
        analysis: &Analysis<'_>,
        layers: &[&Layer],
        cues: &Cues,
        paragraph: &Paragraph,
    ) -> Vec<Attribution> {
        let mut found: Vec<Attribution> = Vec::new();
        for sentence in &analysis.sentences[paragraph.sentence_range()] {
            let first = found.len();
            for candidates in self.candidates(analysis, layers, sentence.tokens) {
                let before = &found[first..];
                let mut readings = candidates.iter();
                let next = readings.find_map(|one| self.attribution(analysis, cues, one, before));
                found.extend(next);
            }
            content::settle(analysis, self, sentence.tokens, &mut found, first);
        }
        found.retain(|attribution| !attribution.content.is_empty());
        content::gather_quotations(analysis, paragraph, &mut found);
        self.drop_inner(analysis, &mut found);
        content::nest(found)
    }

    /// The matches for each cue of a sentence, the best first: with the longest cue, then the
    /// earliest rule's, then the one with the longest source. No cue lies inside the best source
    /// of another.
    fn candidates(
        &self,
        analysis: &Analysis<'_>,
        layers: &[&Layer],
        sentence: Tokens,
    ) -> Vec<Vec<Candidate>> {
        if !analysis.holds_any(sentence, &self.cue_words) {
            return Vec::new();
        }
        let matches = self.patterns.scan(analysis, layers, sentence);
        let mut by_cue: BTreeMap<TokenId, Vec<Candidate>> = BTreeMap::new();
        for candidate in matches.iter().filter_map(|found| self.candidate(found)) {
            by_cue.entry(candidate.cue.start).or_default().push(candidate);
        }
        for candidates in by_cue.values_mut() {
            candidates.sort_by_key(|c| {
                (Reverse(c.cue.len()), c.rule, Reverse(c.source.map_or(0, Tokens::len)))
            });
        }
        let best = by_cue.values().filter_map(|candidates| candidates.first()?.source);
        let mut sources: Vec<Tokens> = best.collect();
        sources.sort_unstable();
        // No source is longer than a match can be.
        let inside = |c: &Candidate| {
            let near = sources.partition_point(|source| source.start <= c.cue.start);
            let far = TokenId::at(c.cue.start.index().saturating_sub(WINDOW));
            let near = sources[..near].iter().rev().take_while(|source| source.start >= far);
            near.into_iter().any(|source| source.contains(c.cue))
        };
        by_cue.into_values().filter(|candidates| !candidates.first().is_some_and(inside)).collect()
    }

    fn candidate(&self, found: &Match) -> Option<Candidate> {
        Some(Candidate {
            rule: found.pattern,
            matched: found.tokens,
            source: found.capture(self.slots.source),
            cue: found.capture(self.slots.cue)?,
            content: found.capture(self.slots.content),
            to: found.capture(self.slots.to),
            via: found.capture(self.slots.via),
        })
    }

    /// A candidate as an attribution, its content as far as its rule sees it. `before` are those
    /// of the sentence that stand before it.
    fn attribution(
        &self,
        analysis: &Analysis<'_>,
        cues: &Cues,
        candidate: &Candidate,
        before: &[Attribution],
    ) -> Option<Attribution> {
        let rule = &self.rules[candidate.rule];
        let source = match rule.source {
            SourceFrom::Match => Some(candidate.source?),
            SourceFrom::Shared => Some(before.last()?.source?),
            SourceFrom::None => None,
        };
        let sentence = analysis.sentence_of(candidate.cue.start)?.tokens;
        let matched = candidate.matched;
        let behind = match rule.cut {
            Cut::Match => matched.end,
            Cut::Cue => candidate.cue.end,
        };
        let after = Tokens::new(behind, sentence.end);
        let begin = matched.start;
        let content = match rule.content {
            ContentSide::Before => vec![content::before(analysis, sentence, begin)],
            ContentSide::After => vec![content::after(analysis, after)],
            ContentSide::Match => vec![candidate.content?],
            ContentSide::Both => {
                vec![content::before(analysis, sentence, begin), content::after(analysis, after)]
            }
            ContentSide::Shared => {
                let parts = before.last()?.content.iter();
                parts.map(|part| Tokens::new(part.start, part.end.min(begin))).collect()
            }
        };
        let first = Tokens::new(candidate.cue.start, TokenId(candidate.cue.start.0 + 1));
        let cue = cues.of(analysis, candidate.cue).or_else(|| cues.of(analysis, first));
        let (lemma, act) = match cue {
            Some(cue) => (cue.lemma.clone(), cue.act),
            None => (analysis.words(candidate.cue).to_owned(), Act::Say),
        };
        // Between the source and the cue; for a cue without one before it, from the match's start.
        let verb =
            candidate.source.map_or(matched.start, |source| source.end.min(candidate.cue.start));
        let verb = Tokens::new(verb, candidate.cue.end);
        let negated = verb.into_iter().any(|token| self.negation.holds(analysis.token(token).word));
        Some(Attribution {
            source,
            cue: Some(candidate.cue),
            lemma,
            act,
            content: content.into_iter().filter(|part| !part.is_empty()).collect(),
            to: candidate.to,
            via: candidate.via,
            matched,
            negated,
            dated: None,
            within: None,
            added: rule.added,
            leads: rule.leads,
            confidence: rule.confidence,
        })
    }

    /// Drops what a speaker says of their own saying inside a quotation: "I think".
    fn drop_inner(&self, analysis: &Analysis<'_>, found: &mut Vec<Attribution>) {
        let is_inner = |word: WordId| self.inner.holds(word);
        found.retain(|attribution| {
            let first = attribution.source.map(|source| analysis.token(source.start));
            let quoted = attribution.cue.is_some_and(|cue| analysis.quoted(cue.start));
            !(quoted && first.is_some_and(|token| is_inner(token.word)))
        });
    }

    /// The rules' names with the texts that they carry.
    pub(crate) fn examples(&self) -> impl Iterator<Item = (&str, &[Fires], &[String])> {
        self.rules.iter().map(|rule| (rule.name.as_str(), &rule.fires[..], &rule.silent[..]))
    }

    /// The names of the rules that read something in a text.
    pub(crate) fn fired(&self, analysis: &Analysis<'_>, layers: &[&Layer]) -> Vec<&str> {
        let sentences = analysis.sentences.iter();
        sentences
            .flat_map(|sentence| self.candidates(analysis, layers, sentence.tokens))
            .filter_map(|candidates| candidates.into_iter().next())
            .map(|candidate| self.rules[candidate.rule].name.as_str())
            .collect()
    }
}
