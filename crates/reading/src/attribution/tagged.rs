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
/// How sure a rule must be, in hundredths, for a charge or denial to count that the engine does not read.
const SURE: u8 = 76;
/// How much further apart a sentence's end sets two tokens, in tokens.
const SENTENCE: u32 = 12;

/// How sure the engine is, in hundredths, of a cue that no list has.
const UNKNOWN_CUE: u8 = 45;
/// How many tokens from content that has no cue one of the rules may stand.
const REACH: u32 = 24;

/// A stretch of words of one role.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    tokens: Tokens,
    role: Role,
    /// The mean of how likely its words have that role.
    likely: f32,
    /// How many words it was read as.
    read: f32,
}

/// What joins stretches to attributions and says what their cues do.
pub(crate) struct Joining<'a> {
    pub(crate) words: &'a [Word],
    pub(crate) cues: &'a Cues,
    pub(crate) negation: &'a WordSet,
    /// What stands before the agent of a passive.
    pub(crate) by: &'a WordSet,
    /// The time expressions of the text, in text order.
    pub(crate) times: &'a [Tokens],
    /// Where each token stands, by how far apart stretches are measured: see [`places`].
    pub(crate) places: &'a [u32],
    /// What may stand between a name and a time.
    pub(crate) time_preposition: &'a WordSet,
    /// Whether a word is an attribute of a noun: a *banned* book.
    pub(crate) attribute: &'a dyn Fn(TokenId) -> bool,
    /// Whether a word of the first stretch is the subject of one of the second.
    pub(crate) subject: &'a dyn Fn(Tokens, Tokens) -> bool,
    /// Whether a word of the second stretch is a participle that tells what was done to one of the
    /// first: the *talks announced* today.
    pub(crate) object: &'a dyn Fn(Tokens, Tokens) -> bool,
    /// The parties of the text, in text order.
    pub(crate) parties: &'a [Tokens],
    /// The verbs of the legal steps of the text, in text order; none overlaps another.
    pub(crate) steps: &'a [Tokens],
    /// What begins the words by which a name is told: known as.
    pub(crate) naming: &'a WordSet,
    /// What opens a clause that is said.
    pub(crate) that: &'a WordSet,
    /// Attributes by which somebody is charged without a word of who charges: alleged.
    pub(crate) judged: &'a WordSet,
    /// What may stand before the verb in a cue.
    pub(crate) before_verb: &'a WordSet,
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
        ruled: &[Attribution],
    ) -> Vec<Attribution> {
        let stretches = self.stretches(paragraph.tokens);
        let of = |role: Role| stretches.iter().filter(move |s| s.role == role).copied();
        let cues: Vec<Stretch> = of(Role::Cue).collect();
        let sources: Vec<Stretch> = of(Role::Source).collect();
        let rules = Known::of(ruled);
        let contents = of(Role::Content).map(|content| rules.within_sentence(analysis, content));
        let contents: Vec<Stretch> = contents.collect();
        // Content of the engine's that holds statements of their own.
        let mut freed: Vec<Tokens> = Vec::new();
        let mut parts: Vec<Vec<Stretch>> = vec![Vec::new(); cues.len()];
        let mut found = Vec::new();
        for content in &contents {
            match self.nearest(&cues, content.tokens) {
                Some(cue) => parts[cue].push(*content),
                // Without a cue, the rules may know one, or it is a quotation of its own.
                None => match rules.touching(content.tokens) {
                    Some(known) => found.push(known.clone()),
                    None if content.tokens.into_iter().any(|t| analysis.quoted(t)) => {
                        found.push(floating(*content));
                    }
                    None => {}
                },
            }
        }
        for (cue, mut own) in cues.iter().zip(parts) {
            let known = rules.with_cue(cue.tokens);
            if own.is_empty() {
                // Its content is told by the rules, or it shares another cue's.
                if let Some(known) = known {
                    found.push(known.clone());
                    continue;
                }
                own.extend(self.nearest(&contents, cue.tokens).map(|place| contents[place]));
            }
            if own.is_empty() {
                continue;
            }
            if let Some(noun) = known.and_then(|known| self.pointing(analysis, known, &own, &rules))
            {
                let other = own.iter().filter(|part| part.tokens != noun.tokens);
                freed.extend(other.map(|part| part.tokens));
                own = vec![noun];
            }
            let source = self.nearest(&sources, cue.tokens).map(|place| sources[place]);
            let source = source.filter(|source| self.beside(analysis, source.tokens, *cue, &own));
            let source = source.map(|source| self.by_grammar(analysis, source, *cue, &own));
            found.push(self.attribution(analysis, *cue, source, &own, known));
        }
        let said = Said::of(&found);
        found.retain(|attribution| !attribution.cue.is_some_and(|cue| said.holds(cue)));
        let said = Said::of(&found);
        let inner = |a: &Attribution| {
            let tokens = a.tokens();
            said.holds(tokens) || freed.iter().any(|part| part.contains(tokens))
        };
        found.retain(|a| {
            !self.is_step(analysis, a) && self.speaks(analysis, a) && self.plausible(analysis, a)
        });
        let inner = ruled.iter().filter(|a| inner(a) && self.acts(analysis, a));
        found.extend(inner.filter(|a| a.cue.is_some() && self.plausible(analysis, a)).cloned());
        // A paragraph that is all quotation goes on with somebody's words, whether the engine reads
        // them as such or not.
        // Nor is a charge or denial passed over that the rules are sure of.
        let sure = |a: &Attribution| {
            let verb = a.cue.map(|cue| analysis.token(TokenId(cue.end.0 - 1)).word);
            let verb = verb.filter(|verb| !self.cues.is_noun(*verb) && !self.judged.holds(*verb));
            a.confidence >= SURE && matches!(a.act, Act::Accuse | Act::Deny) && verb.is_some()
        };
        let beside = |a: &&Attribution| a.added || a.cue.is_none() || sure(a);
        let said = Said::of(&found);
        let told: Vec<Tokens> = found.iter().filter_map(|a| a.cue).collect();
        let new = |a: &&Attribution| {
            let cue = a.cue.unwrap_or(a.matched);
            !said.holds(a.tokens()) && told.iter().all(|other| !other.overlaps(cue))
        };
        let added: Vec<Attribution> = ruled.iter().filter(beside).filter(new).cloned().collect();
        // What the engine read of such a quotation in pieces is no more than that.
        let whole = added.iter().find(|a| a.cue.is_none()).map(Attribution::tokens);
        found.retain(|a| a.cue.is_some() || !whole.is_some_and(|whole| whole.contains(a.tokens())));
        found.extend(added);
        content::nest(found)
    }

    /// Whether an attribution is no more than a legal step or a name: its cue takes the step, or tells
    /// what somebody is known as, and its words neither quote nor begin a clause.
    fn is_step(&self, analysis: &Analysis<'_>, a: &Attribution) -> bool {
        let Some(cue) = a.cue else { return false };
        let place = self.steps.partition_point(|step| step.end <= cue.start);
        let step = self.steps.get(place).is_some_and(|step| step.overlaps(cue));
        let clause = a.content.iter().any(|part| self.that.holds(analysis.token(part.start).word));
        let quotes = a.content.iter().any(|part| part.into_iter().any(|t| analysis.quoted(t)));
        let first = analysis.token(cue.start).word;
        let names = self.naming.holds(first) && cue.len() > 1;
        (step || names) && !clause && !quotes
    }

    /// Whether a cue is one that the lists know, or the engine is sure of it.
    fn speaks(&self, analysis: &Analysis<'_>, a: &Attribution) -> bool {
        let known = |cue| self.known_meaning(analysis, cue).is_some();
        a.confidence >= UNKNOWN_CUE || a.cue.is_none_or(known)
    }

    /// Whether the grammar lets a cue attribute and its source speak: neither is the cue the attribute
    /// of a noun, an *accused* man, nor does it tell what was done to the source.
    fn plausible(&self, analysis: &Analysis<'_>, a: &Attribution) -> bool {
        let Some(cue) = a.cue else { return true };
        let source = a.source.filter(|source| source.end <= cue.start);
        let last = TokenId(cue.end.0.saturating_sub(1));
        let word = |token: TokenId| analysis.token(token).word;
        // Put alleged smugglers on a list: behind another verb, it is an attribute all the same.
        let behind = cue.len() > 1 && !self.before_verb.holds(word(TokenId(last.0 - 1)));
        let attribute = self.judged.holds(word(last)) && behind;
        !attribute
            && !cue.into_iter().all(self.attribute)
            && !source.is_some_and(|source| (self.object)(source, cue))
    }

    /// Whether the engine's grammar has a source as the subject of its cue, or the cue is no verb.
    fn acts(&self, analysis: &Analysis<'_>, a: &Attribution) -> bool {
        let (Some(cue), Some(source)) = (a.cue, a.source) else { return false };
        let no_verb = cue.into_iter().any(|token| {
            let word = analysis.token(token).word;
            self.cues.is_noun(word) || self.cues.is_preposition(word)
        });
        no_verb || self.is_agent(analysis, cue, source) || (self.subject)(source, cue)
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
                    // A party counts as the one word that it was read as.
                    if self.place(token) > self.place(TokenId(token.0 - 1)) {
                        last.likely += word.likely;
                        last.read += 1.0;
                    }
                }
                _ => found.push(Stretch {
                    tokens: Tokens::new(token, next),
                    role: word.role,
                    likely: word.likely,
                    read: 1.0,
                }),
            }
        }
        for stretch in &mut found {
            stretch.likely /= stretch.read;
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
        let agent = known
            .and_then(|known| known.source)
            .filter(|s| self.is_agent(analysis, cue.tokens, *s));
        let source_tokens = agent.or(source_tokens).or(known.and_then(|known| known.source));
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
        if let Some(known) = known.filter(|known| known.leads) {
            // Content of the engine's that takes in what the rule looked at is not what is said.
            let clear = content.iter().all(|part| !part.tokens.overlaps(known.matched));
            let own = || content.iter().map(|part| part.tokens).collect();
            let content = if clear { own() } else { known.content.clone() };
            return Attribution { content, ..known.clone() };
        }
        Attribution {
            source: source_tokens,
            cue: Some(cue.tokens),
            lemma,
            act,
            content: content.iter().map(|part| part.tokens).collect(),
            to: known.and_then(|known| known.to),
            via: None,
            matched: known.map_or(cue.tokens, |known| known.matched),
            negated: known.map_or(negated, |known| known.negated),
            dated: None,
            within: None,
            added: false,
            leads: false,
            confidence,
        }
    }

    /// A source, or the party that the engine's grammar has as the cue's subject instead: *the
    /// government*, which was accused by the union of theft, declined.
    fn by_grammar(
        &self,
        analysis: &Analysis<'_>,
        source: Stretch,
        cue: Stretch,
        content: &[Stretch],
    ) -> Stretch {
        let near = analysis.sentence_of(cue.tokens.start).map(|sentence| sentence.tokens);
        let own =
            |token: TokenId| (self.subject)(Tokens::new(token, TokenId(token.0 + 1)), cue.tokens);
        if (self.subject)(source.tokens, cue.tokens)
            || self.is_agent(analysis, cue.tokens, source.tokens)
        {
            return source;
        }
        let subject = near.into_iter().flat_map(Tokens::into_iter).find(|token| own(*token));
        let Some(subject) = subject.filter(|t| t.0 < source.tokens.start.0) else { return source };
        let said = content.iter().any(|part| part.tokens.holds(subject));
        let place = self.parties.partition_point(|party| party.end <= subject);
        match self.parties.get(place).filter(|party| party.holds(subject) && !said) {
            Some(party) => Stretch { tokens: *party, ..source },
            None => source,
        }
    }

    /// Whether a source stands right behind a cue as the agent of a passive: accused by the union.
    fn is_agent(&self, analysis: &Analysis<'_>, cue: Tokens, source: Tokens) -> bool {
        let before = source.start.0.checked_sub(1).map(TokenId);
        before.is_some_and(|token| {
            (token == cue.end || cue.holds(token)) && self.by.holds(analysis.token(token).word)
        })
    }

    /// Whether a source stands in a sentence of the cue or of what is said: words in another one
    /// name another speaker.
    fn beside(
        &self,
        analysis: &Analysis<'_>,
        source: Tokens,
        cue: Stretch,
        content: &[Stretch],
    ) -> bool {
        let Some(sentence) = analysis.sentence_of(source.start).map(|s| s.tokens) else {
            return false;
        };
        let parts = content.iter().map(|part| part.tokens);
        parts.chain([cue.tokens]).any(|part| part.overlaps(sentence))
    }

    /// The noun before the source that is all that the rules give a cue, "an accusation it denied",
    /// where another part of the content has a speaker of its own: the accusation itself.
    fn pointing(
        &self,
        analysis: &Analysis<'_>,
        known: &Attribution,
        own: &[Stretch],
        rules: &Known<'_>,
    ) -> Option<Stretch> {
        let [noun] = known.content[..] else { return None };
        let last = analysis.token(TokenId(noun.end.0.saturating_sub(1)));
        let before = known.source.is_some_and(|source| noun.end <= source.start);
        let place = own.iter().position(|part| part.tokens == noun)?;
        let speaks = |part: &Stretch| {
            let first = rules.by_cue.partition_point(|(cue, _)| cue.start < part.tokens.start);
            let rest = rules.by_cue[first..].iter();
            let mut inside = rest.take_while(|(cue, _)| cue.end <= part.tokens.end);
            inside.any(|(_, a)| a.source.is_some() && part.tokens.contains(a.tokens()))
        };
        let mut others = own.iter().enumerate().filter(|(at, _)| *at != place);
        let told = before && self.cues.is_noun(last.word) && others.any(|(_, part)| speaks(part));
        told.then(|| own[place])
    }

    /// A source without the time behind it: "the mayor *on Monday*" said, "Kesh *Monday*" said.
    fn without_time(&self, analysis: &Analysis<'_>, source: Tokens) -> Tokens {
        let place = self.times.partition_point(|time| time.end < source.end);
        let time = self.times.get(place).filter(|time| time.end == source.end);
        let Some(time) = time.filter(|time| time.start > source.start) else { return source };
        let before = TokenId(time.start.0 - 1);
        let joined = self.time_preposition.holds(analysis.token(before).word);
        let place = self.parties.partition_point(|party| party.end < time.start);
        let named = self.parties.get(place).is_some_and(|party| party.end == time.start);
        match joined && before > source.start {
            true => Tokens::new(source.start, before),
            false if named => Tokens::new(source.start, time.start),
            false => source,
        }
    }

    /// What a cue does: what its longest part does that the list of cues has, the last of several.
    fn meaning(&self, analysis: &Analysis<'_>, cue: Tokens) -> (String, Act) {
        self.known_meaning(analysis, cue).unwrap_or_else(|| {
            let last = TokenId::at(cue.range().end.saturating_sub(1));
            ((self.lemma)(last), Act::Say)
        })
    }

    fn known_meaning(&self, analysis: &Analysis<'_>, cue: Tokens) -> Option<(String, Act)> {
        let range = cue.range();
        for length in (1..=cue.len()).rev() {
            for start in (range.start..=range.end - length).rev() {
                if let Some(found) = self.cues.of(analysis, Tokens::at(start..start + length)) {
                    return Some((found.lemma.clone(), found.act));
                }
            }
        }
        None
    }

    /// The place of the stretch that is nearest to some tokens; the first of several. Stretches do
    /// not overlap, so that it is the last before them or the next.
    fn nearest(&self, stretches: &[Stretch], tokens: Tokens) -> Option<usize> {
        let next = stretches.partition_point(|stretch| stretch.tokens.start < tokens.start);
        let before = next.checked_sub(1);
        let gap = |one: Tokens, other: Tokens| {
            let last = TokenId(one.end.0.saturating_sub(1));
            self.place(other.start).saturating_sub(self.place(last))
        };
        let behind = before.map(|place| (gap(stretches[place].tokens, tokens), place));
        let ahead = stretches.get(next).map(|stretch| (gap(tokens, stretch.tokens), next));
        behind.into_iter().chain(ahead).min().map(|(_, place)| place)
    }

    fn place(&self, token: TokenId) -> u32 {
        self.places.get(token.index()).copied().unwrap_or(u32::MAX)
    }
}

/// Attributions by the places of their cues.
struct Known<'a> {
    by_cue: Vec<(Tokens, &'a Attribution)>,
}

impl<'a> Known<'a> {
    /// Content without the sentences behind its first that have a statement of their own. What
    /// stands in quotation marks stays whole.
    fn within_sentence(&self, analysis: &Analysis<'_>, mut content: Stretch) -> Stretch {
        let Some(first) = analysis.sentence_of(content.tokens.start) else { return content };
        let mut end = first.tokens.end;
        while end < content.tokens.end && !analysis.quoted(end) {
            let Some(next) = analysis.sentence_of(end) else { break };
            let from = self.by_cue.partition_point(|(cue, _)| cue.start < end);
            let mut told = self.by_cue[from..].iter().take_while(|(c, _)| c.end <= next.tokens.end);
            if told.any(|(_, a)| a.source.is_some_and(|source| source.start >= end)) {
                content.tokens.end = end;
                break;
            }
            end = next.tokens.end;
        }
        content
    }

    fn of(attributions: &'a [Attribution]) -> Self {
        let with_cue = attributions.iter().filter_map(|a| Some((a.cue?, a)));
        let mut by_cue: Vec<_> = with_cue.collect();
        by_cue.sort_by_key(|(cue, _)| *cue);
        Self { by_cue }
    }

    /// The first trusted one that shares a token with some tokens, of those whose cues are near.
    fn touching(&self, tokens: Tokens) -> Option<&'a Attribution> {
        let first = self.by_cue.partition_point(|(cue, _)| cue.end.0 + REACH <= tokens.start.0);
        let near = self.by_cue[first..].iter();
        let mut near = near.take_while(|(cue, _)| cue.start.0 <= tokens.end.0 + REACH);
        near.find(|(_, known)| known.confidence >= TRUSTED && known.tokens().overlaps(tokens))
            .map(|(_, known)| *known)
    }

    /// The last one whose cue shares a token with a cue. Cues do not overlap one another.
    fn with_cue(&self, cue: Tokens) -> Option<&'a Attribution> {
        let behind = self.by_cue.partition_point(|(known, _)| known.start < cue.end);
        let (known, attribution) = self.by_cue.get(behind.checked_sub(1)?)?;
        known.overlaps(cue).then_some(*attribution)
    }
}

/// All that some attributions say.
struct Said {
    /// Where each part of their contents begins, in text order, with the furthest end of those up
    /// to it.
    reach: Vec<(TokenId, TokenId)>,
}

impl Said {
    fn of(attributions: &[Attribution]) -> Self {
        let mut parts: Vec<Tokens> = attributions.iter().flat_map(|a| a.content.clone()).collect();
        parts.sort_unstable();
        let mut furthest = TokenId(0);
        let reach = parts.into_iter().map(|part| {
            furthest = furthest.max(part.end);
            (part.start, furthest)
        });
        Self { reach: reach.collect() }
    }

    /// Whether some part holds all of these tokens.
    fn holds(&self, tokens: Tokens) -> bool {
        let behind = self.reach.partition_point(|(start, _)| *start <= tokens.start);
        behind > 0 && self.reach[behind - 1].1 >= tokens.end
    }
}

/// Where each token of a text stands, for how far apart two are: one further than the token before
/// it, all tokens of a party at once, and [`SENTENCE`] further where a sentence begins.
pub(crate) fn places(analysis: &Analysis<'_>, parties: &[Tokens]) -> Vec<u32> {
    let mut places = vec![1; analysis.tokens.len()];
    for party in parties {
        places[party.range()].iter_mut().skip(1).for_each(|step| *step = 0);
    }
    for sentence in &analysis.sentences {
        places[sentence.tokens.start.index()] += SENTENCE;
    }
    let mut at = 0_u32;
    for place in &mut places {
        at = at.saturating_add(*place);
        *place = at;
    }
    places
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
