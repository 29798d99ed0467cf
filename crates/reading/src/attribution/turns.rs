//! Interviews that are printed turn by turn, each with the name of whoever speaks before it.

use std::collections::BTreeMap;

use onrecord_language::{
    Analysis, Layer, PatternSet, Phrases, Slot, TokenId, Tokens, Vocabulary, WordSet,
};
use onrecord_packs::PackError;
use onrecord_record::Act;
use serde::Deserialize;

use super::{Attribution, content};
use crate::examples;

/// How many speakers take turns in an interview at least, each so often.
const SPEAKERS: usize = 2;
const OFTEN: usize = 2;
/// How sure a turn is, in hundredths: set by hand.
const CONFIDENCE: u8 = 85;

/// What a pack says of turns.
#[derive(Debug, Clone)]
pub(crate) struct Turns {
    patterns: PatternSet,
    source: Option<Slot>,
    cue: Option<Slot>,
    asks: WordSet,
    fires: Vec<String>,
    silent: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// Captures the `source` and the `cue` behind it.
    pattern: String,
    /// What ends a question.
    asks: Vec<String>,
    fires: Vec<String>,
    silent: Vec<String>,
}

/// A turn: who speaks, the mark behind, and what is said to the end of the paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Turn {
    source: Tokens,
    pub(crate) cue: Tokens,
    content: Tokens,
    pub(crate) asks: bool,
}

impl Turns {
    pub(super) fn compile(
        path: &str,
        file: File,
        phrases: &Phrases,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, PackError> {
        let asks = file.asks.iter().map(|mark| vocabulary.learn(mark)).collect();
        let named = std::iter::once((path, "turn", file.pattern.as_str()));
        let patterns = phrases.patterns(named, &["number", "time"], vocabulary)?;
        let (source, cue) = (patterns.slot("source"), patterns.slot("cue"));
        Ok(Self { source, cue, patterns, asks, fires: file.fires, silent: file.silent })
    }

    /// The turns of a text by where their paragraphs begin; none where fewer than two take turns.
    pub(crate) fn find(
        &self,
        analysis: &Analysis<'_>,
        layers: &[&Layer],
    ) -> BTreeMap<TokenId, Turn> {
        let told = analysis.paragraphs.iter().filter(|paragraph| paragraph.kind.tells());
        let turns = told.filter_map(|p| self.turn(analysis, layers, p.tokens));
        let turns: Vec<Turn> = turns.collect();
        let mut often: BTreeMap<&str, usize> = BTreeMap::new();
        for turn in &turns {
            *often.entry(analysis.words(turn.source)).or_default() += 1;
        }
        often.retain(|_, turns| *turns >= OFTEN);
        // A list of names with figures asks nothing.
        if often.len() < SPEAKERS || !turns.iter().any(|turn| turn.asks) {
            return BTreeMap::new();
        }
        let turns = turns.into_iter().filter(|t| often.contains_key(analysis.words(t.source)));
        turns.map(|turn| (turn.source.start, turn)).collect()
    }

    fn turn(&self, analysis: &Analysis<'_>, layers: &[&Layer], tokens: Tokens) -> Option<Turn> {
        let begins = Tokens::at(tokens.start.index()..tokens.start.index() + 1);
        let found = self.patterns.scan_from(analysis, layers, tokens, begins).into_iter().next()?;
        let (source, cue) = (found.capture(self.source)?, found.capture(self.cue)?);
        let content = Tokens::new(cue.end, tokens.end);
        let last = content.into_iter().next_back()?;
        let asks = self.asks.holds(analysis.token(last).word);
        Some(Turn { source, cue, content, asks })
    }

    /// The attributions of a turn's paragraph: the turn itself, and those among its words.
    pub(crate) fn join(
        &self,
        analysis: &Analysis<'_>,
        turn: Turn,
        mut found: Vec<Attribution>,
    ) -> Vec<Attribution> {
        let inside = |tokens: &Tokens| tokens.start >= turn.content.start;
        found.retain(|a| {
            a.cue.is_some_and(|cue| inside(&cue))
                && a.source.iter().all(inside)
                && a.content.iter().all(inside)
        });
        found.push(Attribution {
            source: Some(turn.source),
            cue: Some(turn.cue),
            lemma: analysis.words(turn.cue).to_owned(),
            act: if turn.asks { Act::Ask } else { Act::Say },
            content: vec![turn.content],
            to: None,
            matched: Tokens::new(turn.source.start, turn.cue.end),
            negated: false,
            dated: None,
            within: None,
            added: true,
            leads: true,
            via: None,
            confidence: CONFIDENCE,
        });
        content::nest(found)
    }

    /// Runs the examples: texts of one paragraph.
    pub(crate) fn examples(&self, begins: impl Fn(&str) -> bool) -> Vec<String> {
        let wrong = |text: &String| (!begins(text)).then(|| format!("{text:?} begins no turn"));
        examples::faults("turn", (&self.fires, &self.silent), wrong, &begins)
    }

    /// Whether a text of one paragraph begins like a turn.
    pub(crate) fn begins(&self, analysis: &Analysis<'_>, layers: &[&Layer]) -> bool {
        let paragraph = analysis.paragraphs.first();
        paragraph.is_some_and(|p| self.turn(analysis, layers, p.tokens).is_some())
    }
}
