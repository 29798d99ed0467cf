//! Finding legal steps in a text.

use onrecord_language::{Analysis, Layer, Match, Shape, TokenId, Tokens, WordId, WordSet};

use super::{Found, Noun, Proceedings, Whom};

/// How many words before a step, or behind a cause, are looked at.
const NEAR: usize = 8;

impl Proceedings {
    /// The legal steps of a text, in text order; none overlaps another.
    pub(crate) fn find(&self, analysis: &Analysis<'_>, layers: &[&Layer]) -> Vec<Found> {
        let acting = analysis.told().filter(|tokens| analysis.holds_any(*tokens, &self.verbs));
        acting
            .flat_map(|sentence| {
                let matches = self.patterns.longest(analysis, layers, sentence);
                matches.into_iter().flat_map(move |m| self.steps(analysis, layers, sentence, &m))
            })
            .collect()
    }

    /// The step that a match tells, and behind it one that was taken before: sanctions lifted that
    /// had been imposed.
    fn steps(
        &self,
        analysis: &Analysis<'_>,
        layers: &[&Layer],
        sentence: Tokens,
        found: &Match,
    ) -> Vec<Found> {
        if self.is_unreal(analysis, sentence, found.tokens) {
            return Vec::new();
        }
        let take = |slot| found.capture(slot);
        let Some(verb) = take(self.slots.verb) else { return Vec::new() };
        let noun = take(self.slots.noun).map(|noun| words(analysis, noun));
        let noun = noun.and_then(|words| self.noun_words.get(&words)).copied();
        // A claim that something is so is none before a court.
        let end = take(self.slots.noun).map_or(sentence.end, |noun| noun.end);
        let says = end < sentence.end && self.words.relative.holds(analysis.token(end).word);
        if says && noun.is_some_and(|noun| self.nouns[noun].told) {
            return Vec::new();
        }
        let points = noun.is_none() && take(self.slots.known).is_some();
        let does = take(self.slots.does).is_some();
        let mut acts = self.acts_of(&words(analysis, verb), noun, points);
        acts.retain(|act| self.acts[*act].does == does);
        let Some(only) = acts.first() else { return Vec::new() };
        let whom = match (take(self.slots.subject), noun) {
            (Some(subject), _) if subject.start > verb.start => Whom::Behind(subject),
            (Some(subject), _) if take(self.slots.several).is_some() => Whom::Before(subject),
            (Some(subject), _) => Whom::Only(subject),
            (None, Some(noun)) => {
                let Noun { owned, of, told, instruments, .. } = &self.nouns[noun];
                // It may mean another's that was told of before.
                let told = *told || instruments.len() > 1;
                let owner = take(self.slots.owner).filter(|_| *owned);
                match owner.or(take(self.slots.of).filter(|_| *of)) {
                    Some(owner) => Whom::Only(owner),
                    None if take(self.slots.known).is_some()
                        || take(self.slots.owner).is_some()
                        || told =>
                    {
                        Whom::Known
                    }
                    None => Whom::Nobody,
                }
            }
            (None, None) if points => Whom::Known,
            (None, None) => Whom::Last,
        };
        let counted = match whom {
            Whom::Behind(tokens) | Whom::Before(tokens) | Whom::Only(tokens) => {
                let number = |token| layers.first()?.at(token);
                // Not where it goes on with a hyphen: an age.
                let ends = tokens.into_iter().filter_map(|t| Some(number(t)?.0));
                ends.into_iter()
                    .any(|end| end >= sentence.end || analysis.token(end).shape != Shape::Mark)
            }
            _ => false,
        };
        let act = &self.acts[*only];
        let sure = take(self.slots.sure).is_some();
        if (counted && act.single) || (act.sure && !sure) {
            return Vec::new();
        }
        let step = Found {
            rule: found.pattern,
            acts,
            noun,
            forum: take(self.slots.forum),
            court: take(self.slots.court),
            whom,
            sure,
            joined: take(self.slots.joined).is_some(),
            tokens: found.tokens,
            verb,
            sentence,
            reason: self.reason(analysis, sentence),
        };
        let before =
            take(self.slots.earlier).zip(take(self.slots.noun)).and_then(|(verb, noun)| {
                let acts = self.acts_of(&words(analysis, verb), step.noun, false);
                let maker = take(self.slots.maker);
                let tokens = Tokens::new(noun.start, found.tokens.end);
                let forum = maker.filter(|it| !analysis.holds_any(*it, &self.words.thing));
                let fits = !acts.is_empty() && acts != step.acts;
                fits.then(|| Found { acts, verb, tokens, forum, joined: true, ..step.clone() })
            });
        [Some(step), before].into_iter().flatten().collect()
    }

    /// What a verb may do to a noun; where the words point at something told before, to any.
    fn acts_of(&self, verb: &[WordId], noun: Option<usize>, points: bool) -> Vec<usize> {
        let ends = [verb.first(), verb.last()].map(|word| word.copied().unwrap_or_default());
        let found = self.act_words.get(verb).or_else(|| self.act_words.get(&ends[..]));
        let fits = |place: &usize| {
            let nouns = &self.acts[*place].nouns;
            match noun {
                Some(noun) => nouns.contains(&self.nouns[noun].name),
                None => nouns.is_empty() != points,
            }
        };
        found.into_iter().flatten().copied().filter(fits).collect()
    }

    /// Whether words before a step, in its clause, tell that it is not said to have been done.
    fn is_unreal(&self, analysis: &Analysis<'_>, sentence: Tokens, step: Tokens) -> bool {
        let first = sentence.start.index().max(step.start.index().saturating_sub(NEAR));
        let before = (first..step.start.index()).rev().map(|at| analysis.token(TokenId::at(at)));
        let mut clause = before
            .take_while(|token| !token.shape.is_mark() && !self.words.clause.holds(token.word));
        clause.any(|token| self.words.unreal.holds(token.word))
    }

    fn reason(&self, analysis: &Analysis<'_>, sentence: Tokens) -> Option<String> {
        let word = |token: TokenId| analysis.token(token).word;
        let cause = sentence.into_iter().find(|token| self.words.cause.holds(word(*token)))?;
        let behind = Tokens::new(cause, sentence.end);
        let told = |words: &WordSet| behind.into_iter().take(NEAR).any(|t| words.holds(word(t)));
        self.reasons.iter().find(|(_, words)| told(words)).map(|(reason, _)| reason.clone())
    }
}

fn words(analysis: &Analysis<'_>, tokens: Tokens) -> Vec<WordId> {
    tokens.into_iter().map(|token| analysis.token(token).word).collect()
}
