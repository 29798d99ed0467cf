//! Content: where what is said begins and ends.

use onrecord_language::{Analysis, Paragraph, Quotation, Shape, TokenId, Tokens};

use super::{Attribution, Rules};

/// How many words a quotation without a cue must have to be somebody's statement.
const FLOATING_WORDS: usize = 4;

/// What stands before a cue: from the start of its sentence, or of the quotation that closes
/// right before it, without a comma that parts it.
pub(super) fn before(analysis: &Analysis<'_>, sentence: Tokens, end: TokenId) -> Tokens {
    let mut tokens = trimmed(analysis, Tokens::new(sentence.start, end));
    if let Some(quotation) = ending(analysis, tokens.end) {
        tokens.start = tokens.start.min(quotation.tokens.start);
    }
    tokens
}

/// What stands behind a cue: up to the end of its sentence, or of a quotation that begins there
/// and runs on, without the full stop.
pub(super) fn after(analysis: &Analysis<'_>, tokens: Tokens) -> Tokens {
    let mut tokens = tokens;
    let opened = analysis.quotations.iter().filter(|q| tokens.holds(q.tokens.start));
    let furthest = opened.map(|q| q.tokens.end).max();
    tokens.end = tokens.end.max(furthest.unwrap_or(tokens.end));
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

/// The outermost quotation that ends at a token.
fn ending<'a>(analysis: &'a Analysis<'_>, end: TokenId) -> Option<&'a Quotation> {
    analysis.quotations.iter().find(|q| q.depth == 0 && q.tokens.end == end)
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
        for earlier in &mut earlier[first..] {
            let heads = earlier.cue.map_or(earlier.matched.end, |cue| cue.end);
            for part in &mut earlier.content {
                let inside = part.start < begin && begin < part.end;
                let same_quote = analysis.quotation_of(begin).is_some_and(|q| part.holds(q));
                if inside && parted && !same_quote && heads <= part.start {
                    part.end = begin;
                    *part = without_coordinator(analysis, rules, trimmed(analysis, *part));
                }
            }
            // What stands before the later one begins behind the earlier one's own words, unless
            // those are part of a quotation that it says.
            for part in &mut later.content {
                let quotes_it = analysis.quotation_of(earlier.matched.start).is_some_and(|q| part.holds(q));
                if !quotes_it && part.start < heads && heads < part.end && earlier.matched.end <= part.end {
                    part.start = earlier.matched.end.max(heads);
                    *part = trimmed(analysis, *part);
                }
            }
        }
        later.content.retain(|part| !part.is_empty());
    }
}

/// Whether a mark or a word that joins clauses stands before a token.
fn parted(analysis: &Analysis<'_>, rules: &Rules, sentence: Tokens, begin: TokenId) -> bool {
    let joins = |token: TokenId| {
        let token = analysis.token(token);
        matches!(token.shape, Shape::Comma | Shape::Dash | Shape::QuoteClose)
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
/// stands before them; one that opens the paragraph makes a statement without a cue.
pub(super) fn gather_quotations(
    analysis: &Analysis<'_>,
    paragraph: &Paragraph,
    found: &mut Vec<Attribution>,
) {
    let quotations = analysis.quotations.iter();
    let of_paragraph = quotations.filter(|q| q.depth == 0 && paragraph.tokens.contains(q.tokens));
    for quotation in of_paragraph {
        let held = found.iter().any(|a| {
            a.content.iter().any(|part| part.overlaps(quotation.tokens))
                || a.cue.is_some_and(|cue| quotation.tokens.contains(cue))
        });
        if held || quotation.inside.len() < FLOATING_WORDS {
            continue;
        }
        let begins = opens_clause(analysis, paragraph, quotation.tokens.start);
        let earlier = found.iter_mut().rev().find(|a| {
            a.content.iter().any(|part| part.end <= quotation.tokens.start && has_quote(analysis, *part))
        });
        match earlier {
            Some(earlier) if begins => earlier.content.push(quotation.tokens),
            _ if paragraph.tokens.start == quotation.tokens.start => {
                let whole = trimmed_end(analysis, paragraph.tokens) == quotation.tokens.end;
                if whole {
                    found.push(Attribution::floating(quotation.tokens));
                }
            }
            _ => {}
        }
    }
    found.sort_by_key(|a| a.tokens().start);
}

fn trimmed_end(analysis: &Analysis<'_>, tokens: Tokens) -> TokenId {
    trimmed(analysis, tokens).end
}

fn has_quote(analysis: &Analysis<'_>, tokens: Tokens) -> bool {
    analysis.quotations.iter().any(|q| tokens.contains(q.tokens))
}

/// Whether a token begins a sentence, or stands behind a comma that ends the words of a cue.
fn opens_clause(analysis: &Analysis<'_>, paragraph: &Paragraph, token: TokenId) -> bool {
    let starts = |id| analysis.sentence_of(id).is_some_and(|s| s.tokens.start == id);
    let before = TokenId(token.0.wrapping_sub(1));
    let behind_comma = paragraph.tokens.holds(before)
        && matches!(analysis.token(before).shape, Shape::Comma | Shape::Mark);
    starts(token) || behind_comma
}

/// Says of each attribution which one's content holds it: the closest.
pub(super) fn nest(found: &mut [Attribution]) {
    for inner in 0..found.len() {
        let tokens = found[inner].tokens();
        let outer = (0..found.len())
            .filter(|&outer| outer != inner && found[outer].says(tokens))
            .min_by_key(|&outer| found[outer].tokens().len());
        found[inner].within = outer;
    }
}

impl Attribution {
    /// A quotation that no cue introduces.
    fn floating(quotation: Tokens) -> Self {
        Self {
            source: None,
            cue: None,
            lemma: String::new(),
            act: onrecord_record::Act::Say,
            content: vec![quotation],
            to: None,
            matched: quotation,
            negated: false,
            within: None,
            confidence: 40,
        }
    }
}
