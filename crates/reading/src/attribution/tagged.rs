//! Attributions from the roles that the engine gives to words.

use onrecord_language::engine::{Role, Word};
use onrecord_language::{Analysis, Paragraph, TokenId, Tokens, WordSet};
use onrecord_record::Act;

use super::{Attribution, content};
use crate::cues::Cues;

/// Below this confidence a reading of the engine gives way to one of the rules that is at least
/// [`TRUSTED`]; both in hundredths.
const DOUBTED: u8 = 20;
const TRUSTED: u8 = 60;

/// A stretch of words of one role.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    tokens: Tokens,
    role: Role,
    /// The mean of how likely its words have that role.
    likely: f32,
}

/// What joins stretches to attributions and says what their cues do.
pub(crate) struct Joining<'a> {
    pub(crate) words: &'a [Word],
    pub(crate) cues: &'a Cues,
    pub(crate) negation: &'a WordSet,
    /// The time expressions of the text, in text order.
    pub(crate) times: &'a [Tokens],
    /// What may stand between a name and a time.
    pub(crate) time_preposition: &'a WordSet,
    /// The dictionary form of a word that no list of cues has.
    pub(crate) lemma: &'a dyn Fn(TokenId) -> String,
}

impl Joining<'_> {
    /// The attributions of a paragraph, those that the rules find inside their contents among
    /// them. A cue goes with the source nearest to it and with the contents that are nearer to it
    /// than to any other cue. Where the rules know the same cue, they tell what it does.
    pub(crate) fn find(
        &self,
        analysis: &Analysis<'_>,
        paragraph: &Paragraph,
        ruled: Vec<Attribution>,
    ) -> Vec<Attribution> {
        let stretches = self.stretches(paragraph.tokens);
        let of = |role: Role| stretches.iter().filter(move |s| s.role == role).copied();
        let cues: Vec<Stretch> = of(Role::Cue).collect();
        let sources: Vec<Stretch> = of(Role::Source).collect();
        let contents: Vec<Stretch> = of(Role::Content).collect();
        let mut parts: Vec<Vec<Stretch>> = vec![Vec::new(); cues.len()];
        let mut found = Vec::new();
        for content in &contents {
            match nearest(&cues, content.tokens) {
                Some(cue) => parts[cue].push(*content),
                None => found.push(floating(*content)),
            }
        }
        for (cue, mut own) in cues.iter().zip(parts) {
            let known = ruled.iter().find(|r| r.cue.is_some_and(|c| c.overlaps(cue.tokens)));
            if own.is_empty() {
                // Its content is told by the rules, or it shares another cue's.
                if let Some(known) = known {
                    found.push(known.clone());
                    continue;
                }
                own.extend(nearest(&contents, cue.tokens).map(|place| contents[place]));
            }
            if own.is_empty() {
                continue;
            }
            let source = nearest(&sources, cue.tokens).map(|place| sources[place]);
            found.push(self.attribution(analysis, *cue, source, &own, known));
        }
        let said: Vec<Tokens> = found.iter().flat_map(|a| a.content.iter().copied()).collect();
        found.retain(|a| !a.cue.is_some_and(|cue| said.iter().any(|part| part.contains(cue))));
        let inner = ruled.into_iter().filter(|ruled| {
            let said = |a: &Attribution| a.says(ruled.tokens());
            ruled.cue.is_some() && found.iter().any(said)
        });
        let inner: Vec<Attribution> = inner.collect();
        found.extend(inner);
        content::nest(found)
    }

    fn stretches(&self, tokens: Tokens) -> Vec<Stretch> {
        let mut found: Vec<Stretch> = Vec::new();
        for token in tokens {
            let Some(word) = self.words.get(token.index()) else { break };
            if word.role == Role::None {
                continue;
            }
            let next = TokenId(token.0 + 1);
            match found.last_mut() {
                Some(last)
                    if !word.begins && last.role == word.role && last.tokens.end == token =>
                {
                    last.tokens.end = next;
                    last.likely += word.likely;
                }
                _ => found.push(Stretch {
                    tokens: Tokens::new(token, next),
                    role: word.role,
                    likely: word.likely,
                }),
            }
        }
        for stretch in &mut found {
            stretch.likely /= stretch.tokens.len() as f32;
        }
        found
    }

    fn attribution(
        &self,
        analysis: &Analysis<'_>,
        cue: Stretch,
        source: Option<Stretch>,
        content: &[Stretch],
        known: Option<&Attribution>,
    ) -> Attribution {
        let (lemma, act) = match known {
            Some(known) => (known.lemma.clone(), known.act),
            None => self.meaning(analysis, cue.tokens),
        };
        let source_tokens = source.map(|source| self.without_time(analysis, source.tokens));
        let negated = cue.tokens.into_iter().any(|t| self.negation.holds(analysis.token(t).word));
        let likely = content.iter().map(|part| part.likely).fold(1.0, f32::min)
            * cue.likely
            * source.map_or(1.0, |source| source.likely);
        let confidence = hundredths(likely);
        if let Some(known) =
            known.filter(|known| confidence < DOUBTED && known.confidence >= TRUSTED)
        {
            return known.clone();
        }
        Attribution {
            source: source_tokens,
            cue: Some(cue.tokens),
            lemma,
            act,
            content: content.iter().map(|part| part.tokens).collect(),
            to: known.and_then(|known| known.to),
            matched: known.map_or(cue.tokens, |known| known.matched),
            negated: known.map_or(negated, |known| known.negated),
            within: None,
            confidence,
        }
    }

    /// A source without the time behind it: "the mayor *on Monday*" said.
    fn without_time(&self, analysis: &Analysis<'_>, source: Tokens) -> Tokens {
        let place = self.times.partition_point(|time| time.end < source.end);
        let time = self.times.get(place).filter(|time| time.end == source.end);
        let Some(time) = time.filter(|time| time.start > source.start) else { return source };
        let before = TokenId(time.start.0 - 1);
        let joined = self.time_preposition.holds(analysis.token(before).word);
        match joined && before > source.start {
            true => Tokens::new(source.start, before),
            false => source,
        }
    }

    /// What a cue does: what its longest part does that the list of cues has, the last of several.
    fn meaning(&self, analysis: &Analysis<'_>, cue: Tokens) -> (String, Act) {
        let range = cue.range();
        for length in (1..=cue.len()).rev() {
            for start in (range.start..=range.end - length).rev() {
                if let Some(found) = self.cues.of(analysis, Tokens::at(start..start + length)) {
                    return (found.lemma.clone(), found.act);
                }
            }
        }
        let last = TokenId::at(range.end.saturating_sub(1));
        ((self.lemma)(last), Act::Say)
    }
}

/// The place of the stretch with the fewest tokens between it and these; the first of several.
fn nearest(stretches: &[Stretch], tokens: Tokens) -> Option<usize> {
    let gap = |stretch: &Stretch| match stretch.tokens.start >= tokens.end {
        true => stretch.tokens.start.0 - tokens.end.0,
        false => tokens.start.0.saturating_sub(stretch.tokens.end.0),
    };
    (0..stretches.len()).min_by_key(|place| gap(&stretches[*place]))
}

fn floating(content: Stretch) -> Attribution {
    Attribution {
        confidence: hundredths(content.likely * 0.5),
        ..Attribution::floating(content.tokens)
    }
}

/// A confidence in hundredths. On the development part of PolNeAR the likelihoods themselves tell
/// how often such a reading is right, within some hundredths.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
fn hundredths(likely: f32) -> u8 {
    (likely.clamp(0.0, 1.0) * 100.0) as u8
}
