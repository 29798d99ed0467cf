//! What links look at in the statements of a text.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_language::{Analysis, Tokens};
use onrecord_record::Act;

use super::{Amount, Answer, Owner, Said, Turn};
use crate::actors::{ActorKey, Cast, Speaker};
use crate::attribution::{Attribution, holder};
use crate::reader::{Findings, Reader};

/// A text with what was found in it.
pub(crate) struct Look<'a, 't> {
    reader: &'a Reader,
    analysis: &'a Analysis<'t>,
    findings: &'a Findings,
}

impl<'a, 't> Look<'a, 't> {
    pub(crate) fn new(
        reader: &'a Reader,
        analysis: &'a Analysis<'t>,
        findings: &'a Findings,
    ) -> Self {
        Self { reader, analysis, findings }
    }

    /// What links look at in each statement, whose speakers are known.
    pub(crate) fn said(&self, cast: &Cast<'_, '_>, voices: &[Speaker]) -> Vec<Said> {
        let Reader { cues, links: rules, .. } = self.reader;
        let speakers: BTreeSet<ActorKey> = voices.iter().filter_map(|voice| voice.actor).collect();
        let mut amounts = self.amounts(cast);
        let told = self.findings.attributions.iter().zip(&self.findings.answers).zip(voices);
        let mut said: Vec<Said> = Vec::new();
        for (place, ((attribution, answer), voice)) in told.enumerate() {
            let content = &attribution.content;
            let tokens = attribution.tokens();
            let speaker = voice.actor;
            let served = speaker.into_iter().flat_map(|key| cast.served(key));
            let named = attribution.source.into_iter().flat_map(|part| cast.told_in(part));
            // Whom an accusation is about may stand before it: two envoys whom it accused.
            let charged = (attribution.act == Act::Accuse).then_some(tokens);
            let about = content.iter().copied().chain(charged);
            let about = about.flat_map(|part| cast.told_in(part));
            let source = attribution.source.into_iter();
            let by_noun = attribution.cue.is_some_and(|cue| {
                cue.into_iter().any(|token| cues.is_noun(self.analysis.token(token).word))
            });
            // Its spokesman speaks for whoever spoke before.
            let serves = attribution.source.is_some_and(|part| {
                let first = self.analysis.token(part.start).word;
                self.reader.names.possessor.holds(first)
            });
            let before = said.last().filter(|_| serves).and_then(|before| before.speaker);
            said.push(Said {
                act: self.act(attribution, answer.as_ref()),
                cue: rules.stem(&attribution.lemma),
                speaker,
                speaks_for: speaker.into_iter().chain(named).chain(served).chain(before).collect(),
                calls: Vec::new(),
                called: source.flat_map(|part| self.stems(part)).collect(),
                about: about.filter(|key| Some(*key) != speaker).collect(),
                words: content
                    .iter()
                    .flat_map(|part| {
                        let spoke = cast.named_in(*part).filter(|(_, key)| speakers.contains(key));
                        let spoke: Vec<Tokens> = spoke.map(|(tokens, _)| tokens).collect();
                        let rest = part.into_iter();
                        rest.filter(move |token| !spoke.iter().any(|name| name.holds(*token)))
                    })
                    .flat_map(|token| self.stems(Tokens::at(token.index()..token.index() + 1)))
                    .collect(),
                all_words: content.iter().flat_map(|part| self.stems(*part)).collect(),
                in_medium: voice.medium.is_some(),
                denies_whole: answer.as_ref().is_some_and(|answer| rules.denies_whole(answer)),
                denies_charges: answer.as_ref().is_some_and(|answer| rules.denies_charges(answer)),
                owner: self.owner(cast, answer.as_ref()),
                answer: answer.clone(),
                denying: rules.denies(self.analysis, content),
                begins_denying: content
                    .first()
                    .is_some_and(|part| rules.begins_denying(self.analysis, *part)),
                opens: self
                    .analysis
                    .sentence_of(tokens.start)
                    .is_some_and(|sentence| sentence.tokens.start == tokens.start),
                negated: attribution.negated,
                by_noun,
                first_person: content
                    .first()
                    .is_some_and(|p| rules.is_first_person(self.analysis, *p)),
                amounts: amounts.remove(&place).unwrap_or_default(),
                turn: self.turn(attribution),
                within: attribution.within,
                content: content.clone(),
                tokens,
                sentence: self.analysis.sentences.partition_point(|s| s.tokens.end <= tokens.start),
            });
        }
        let mut calls: BTreeMap<ActorKey, Vec<BTreeSet<String>>> = BTreeMap::new();
        for one in &said {
            one.speaker.into_iter().for_each(|key| {
                calls.entry(key).or_default().push(one.called.clone());
            });
        }
        for one in &mut said {
            let all = one.speaker.and_then(|key| calls.get(&key)).cloned().unwrap_or_default();
            one.called.extend(all.iter().flatten().cloned());
            one.calls = if all.is_empty() { vec![one.called.clone()] } else { all };
        }
        said
    }

    /// What an attribution is in a printed interview.
    fn turn(&self, attribution: &Attribution) -> Option<Turn> {
        let turn = self.findings.turns.iter().find(|turn| Some(turn.cue) == attribution.cue)?;
        if turn.asks {
            return Some(Turn::Asks);
        }
        let first = attribution.content.first().map(|part| part.start)?;
        let sentence = self.analysis.sentence_of(first)?.tokens;
        let opening = Tokens::new(first, sentence.end);
        Some(Turn::Says { denying: self.reader.links.denies(self.analysis, &[opening]) })
    }

    /// The stems of some words, without the small ones.
    fn stems(&self, tokens: Tokens) -> impl Iterator<Item = String> {
        let Reader { names, links, .. } = self.reader;
        let long = tokens.into_iter().filter(|token| names.is_long(self.analysis, *token));
        long.map(|token| links.stem(self.analysis.word(token)))
    }

    /// Whose the statement is that another one's words point at.
    fn owner(&self, cast: &Cast<'_, '_>, answer: Option<&Answer>) -> Owner {
        match answer.and_then(Answer::owner) {
            None => Owner::Nobody,
            Some((_, true)) => Owner::Another,
            Some((tokens, false)) => {
                Owner::Somebody { keys: cast.told_in(tokens), words: self.stems(tokens).collect() }
            }
        }
    }

    /// The figures of each statement, by its place, without parts of others.
    fn amounts(&self, cast: &Cast<'_, '_>) -> BTreeMap<usize, Vec<Amount>> {
        let mut amounts: BTreeMap<usize, Vec<Amount>> = BTreeMap::new();
        for (quantity, whole) in self.findings.quantities.iter().zip(&self.findings.wholes) {
            let Some(holder) =
                holder(&self.findings.attributions, quantity.tokens).filter(|_| whole.is_none())
            else {
                continue;
            };
            amounts.entry(holder).or_default().push(Amount {
                counted: quantity.counted.clone(),
                disputed: self.reader.links.is_disputed(&quantity.counted),
                of: quantity.of.and_then(|tokens| Some(cast.named_in(tokens).next()?.1)),
                low: quantity.low.unwrap_or(f64::NEG_INFINITY),
                high: quantity.high.unwrap_or(f64::INFINITY),
            });
        }
        amounts
    }

    /// What an attribution does: to call a charge false is to deny it.
    fn act(&self, attribution: &Attribution, answer: Option<&Answer>) -> Act {
        let denies = answer.is_some_and(|answer| answer.calls_false);
        if attribution.act == Act::Say && denies { Act::Deny } else { attribution.act }
    }
}
