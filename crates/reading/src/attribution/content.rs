//! Content: where what is said begins and ends.

use onrecord_language::{Analysis, Paragraph, Shape, TokenId, Tokens};

use super::{Attribution, Rules};

/// How many attributions before it one may be told from. Those further back are parted from it.
const NEAR: usize = 8;
/// How deep attributions may lie in one another. Deeper ones are left out.
const DEPTH: usize = 32;
/// How many words a quotation without a cue must have to be somebody's statement.
const FLOATING_WORDS: usize = 4;
/// How sure such a statement is, in hundredths: its words are somebody's, but whose is a guess.
const FLOATING_CONFIDENCE: u8 = 30;

/// What stands before a cue: from the start of its sentence, or of the quotation that closes
/// right before it, without a comma that parts it.
pub(super) fn before(analysis: &Analysis<'_>, sentence: Tokens, end: TokenId) -> Tokens {
    let mut tokens = trimmed(analysis, Tokens::new(sentence.start, end));
    let last = TokenId(tokens.end.0.saturating_sub(1));
    let last = (!tokens.is_empty()).then(|| analysis.outer_quotation(last)).flatten();
    if let Some(quotation) = last.filter(|quotation| quotation.end == tokens.end) {
        tokens.start = tokens.start.min(quotation.start);
    }
    tokens
}

/// What stands behind a cue: up to the end of its sentence, or of a quotation that begins there
/// and runs on, without the full stop.
pub(super) fn after(analysis: &Analysis<'_>, tokens: Tokens) -> Tokens {
    let mut tokens = tokens;
    // Quotations inside others end before these do.
    let last = analysis.outer_quotation(TokenId(tokens.end.0.saturating_sub(1)));
    if let Some(quotation) = last.filter(|quotation| tokens.holds(quotation.start)) {
        tokens.end = tokens.end.max(quotation.end);
    }
    trimmed(analysis, tokens)
}

/// Tokens without the marks at their edges that belong to no quotation.
fn trimmed(analysis: &Analysis<'_>, tokens: Tokens) -> Tokens {
    let Tokens { mut start, mut end } = tokens;
    let loose = |token: TokenId| {
        use Shape::{Comma, Dash, Mark, Stop};
        matches!(analysis.token(token).shape, Comma | Dash | Mark | Stop)
    };
    while start < end && loose(start) {
        start.0 += 1;
    }
    while start < end && loose(TokenId(end.0 - 1)) {
        end.0 -= 1;
    }
    Tokens::new(start, end)
}

/// Settles where the contents of one sentence's attributions end when one follows another: what
/// stands behind the first ends where the second begins, unless the second lies inside it.
pub(super) fn settle(
    analysis: &Analysis<'_>,
    rules: &Rules,
    sentence: Tokens,
    found: &mut [Attribution],
    first: usize,
) {
    for next in first + 1..found.len() {
        let (earlier, later) = found.split_at_mut(next);
        let Some(later) = later.first_mut() else { return };
        let begin = match later.cue {
            Some(cue) => later.matched.start.min(cue.start),
            None => continue,
        };
        let parted = parted(analysis, rules, sentence, begin);
        let near = first.max(next.saturating_sub(NEAR));
        for earlier in &mut earlier[near..] {
            let heads = earlier.cue.map_or(earlier.matched.end, |cue| cue.end);
            for part in &mut earlier.content {
                let inside = part.start < begin && begin < part.end;
                let same_quote =
                    analysis.outer_quotation(begin).is_some_and(|q| part.holds(q.start));
                if inside && parted && !same_quote && heads <= part.start {
                    part.end = begin;
                    *part = without_coordinator(analysis, rules, trimmed(analysis, *part));
                }
            }
            // What stands before the later one begins behind the earlier one's own words, unless
            // those are part of a quotation that it says.
            for part in &mut later.content {
                let quotes_it = analysis
                    .outer_quotation(earlier.matched.start)
                    .is_some_and(|q| part.holds(q.start));
                if !quotes_it
                    && part.start < heads
                    && heads < part.end
                    && earlier.matched.end <= part.end
                {
                    part.start = earlier.matched.end.max(heads);
                    *part = trimmed(analysis, *part);
                }
            }
        }
    }
    for attribution in &mut found[first..] {
        attribution.content.retain(|part| !part.is_empty());
    }
}

/// Whether a mark or a word that joins clauses stands before a token.
fn parted(analysis: &Analysis<'_>, rules: &Rules, sentence: Tokens, begin: TokenId) -> bool {
    let joins = |token: TokenId| {
        let token = analysis.token(token);
        matches!(token.shape, Shape::Comma | Shape::Dash | Shape::Mark | Shape::QuoteClose)
            || rules.coordinator.holds(token.word)
    };
    let before = TokenId(begin.0.wrapping_sub(1));
    joins(begin) || (sentence.holds(before) && joins(before))
}

fn without_coordinator(analysis: &Analysis<'_>, rules: &Rules, tokens: Tokens) -> Tokens {
    let mut tokens = tokens;
    while !tokens.is_empty()
        && rules.coordinator.holds(analysis.token(TokenId(tokens.end.0 - 1)).word)
    {
        tokens.end.0 -= 1;
    }
    trimmed(analysis, tokens)
}

/// Gives the quotations of a paragraph that no attribution holds to the speaker whose quotation
/// stands before them; one that is all of the paragraph makes a statement without a cue.
pub(super) fn gather_quotations(
    analysis: &Analysis<'_>,
    paragraph: &Paragraph,
    found: &mut Vec<Attribution>,
) {
    let first = analysis.quotations.partition_point(|q| q.tokens.start < paragraph.tokens.start);
    let mut parts = Parts::of(found);
    for quotation in analysis.quotations[first..]
        .iter()
        .take_while(|q| q.tokens.start < paragraph.tokens.end)
        .filter(|q| q.depth == 0)
    {
        if parts.overlap(quotation.tokens) || quotation.inside.is_empty() {
            continue;
        }
        let begins = opens_clause(analysis, paragraph, quotation.tokens.start);
        let before = parts.last_before(quotation.tokens.start);
        let earlier = before.filter(|(part, _)| begins && has_quote(analysis, *part));
        match earlier {
            Some((_, place)) => {
                found[place].content.push(quotation.tokens);
                parts.add(quotation.tokens, place);
            }
            None if quotation.inside.len() >= FLOATING_WORDS
                && paragraph.tokens.start == quotation.tokens.start
                && trimmed_end(analysis, paragraph.tokens) == quotation.tokens.end =>
            {
                found.push(Attribution::floating(quotation.tokens));
            }
            None => {}
        }
    }
    found.sort_by_key(|a| a.tokens().start);
}

/// The contents and cues of attributions, by where they begin.
struct Parts {
    parts: Vec<(Tokens, usize)>,
    /// The furthest end of the parts up to each.
    reach: Vec<TokenId>,
}

impl Parts {
    fn of(found: &[Attribution]) -> Self {
        let places = found.iter().enumerate();
        let parts = places
            .flat_map(|(place, a)| a.content.iter().chain(&a.cue).map(move |part| (*part, place)));
        let mut parts: Vec<(Tokens, usize)> = parts.collect();
        parts.sort_unstable();
        let mut parts = Self { parts, reach: Vec::new() };
        parts.measure();
        parts
    }

    fn measure(&mut self) {
        let mut furthest = TokenId(0);
        self.reach = self
            .parts
            .iter()
            .map(|(part, _)| {
                furthest = furthest.max(part.end);
                furthest
            })
            .collect();
    }

    /// Whether some part shares a token with these.
    fn overlap(&self, tokens: Tokens) -> bool {
        let behind = self.parts.partition_point(|(part, _)| part.start < tokens.end);
        behind > 0 && self.reach[behind - 1] > tokens.start
    }

    /// The last part that ends before a token, and its attribution's place.
    fn last_before(&self, token: TokenId) -> Option<(Tokens, usize)> {
        let behind = self.parts.partition_point(|(part, _)| part.start < token);
        let near = self.parts[..behind].iter().rev().take(NEAR);
        near.copied().find(|(part, _)| part.end <= token && part.len() > 1)
    }

    /// Adds a part that stands behind all others that overlap it.
    fn add(&mut self, tokens: Tokens, place: usize) {
        let at = self.parts.partition_point(|(part, _)| part.start < tokens.start);
        let before = at.checked_sub(1).map_or(TokenId(0), |before| self.reach[before]);
        self.parts.insert(at, (tokens, place));
        self.reach.insert(at, before.max(tokens.end));
    }
}

fn trimmed_end(analysis: &Analysis<'_>, tokens: Tokens) -> TokenId {
    trimmed(analysis, tokens).end
}

/// Whether a quotation lies in some tokens.
fn has_quote(analysis: &Analysis<'_>, tokens: Tokens) -> bool {
    let first = analysis.quotations.partition_point(|q| q.tokens.start < tokens.start);
    analysis.quotations.get(first).is_some_and(|q| tokens.contains(q.tokens))
}

/// Whether a token begins a sentence, or stands behind a comma that ends the words of a cue.
fn opens_clause(analysis: &Analysis<'_>, paragraph: &Paragraph, token: TokenId) -> bool {
    let starts = |id| analysis.sentence_of(id).is_some_and(|s| s.tokens.start == id);
    let before = TokenId(token.0.wrapping_sub(1));
    let behind_comma = paragraph.tokens.holds(before)
        && matches!(analysis.token(before).shape, Shape::Comma | Shape::Mark);
    starts(token) || behind_comma
}

/// Says of each attribution which one's content holds it: the closest. They come back in the
/// order in which they begin, without those that lie too deep.
pub(super) fn nest(mut found: Vec<Attribution>) -> Vec<Attribution> {
    found.sort_by_key(|a| {
        let tokens = a.tokens();
        (tokens.start, std::cmp::Reverse(tokens.end))
    });
    let mut kept: Vec<Attribution> = Vec::new();
    // The kept ones that may hold what comes, each with how deep it lies.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for mut attribution in found {
        let tokens = attribution.tokens();
        while open.last().is_some_and(|(place, _)| kept[*place].tokens().end <= tokens.start) {
            open.pop();
        }
        let outer = open.iter().rev().take(DEPTH).find(|(place, _)| kept[*place].says(tokens));
        let depth = outer.map_or(0, |(_, depth)| depth + 1);
        if depth >= DEPTH {
            continue;
        }
        attribution.within = outer.map(|(place, _)| *place);
        open.push((kept.len(), depth));
        kept.push(attribution);
    }
    kept
}

impl Attribution {
    /// A quotation that no cue introduces.
    pub(super) fn floating(quotation: Tokens) -> Self {
        Self {
            source: None,
            cue: None,
            lemma: String::new(),
            act: onrecord_record::Act::Say,
            content: vec![quotation],
            to: None,
            via: None,
            matched: quotation,
            negated: false,
            dated: None,
            within: None,
            added: false,
            leads: false,
            confidence: FLOATING_CONFIDENCE,
        }
    }
}
