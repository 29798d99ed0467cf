//! Lists of those accused: their parts, and what of them lies beyond a pattern's reach.

use onrecord_language::{Analysis, Shape, TokenId, Tokens};

use super::AllegationRules;

/// How many parties of a list a pattern reads at most, but one.
pub(super) const LONG: usize = 6;
/// How many tokens of a list of those accused are looked at.
const LISTS: usize = 3000;

impl AllegationRules {
    /// A list of names that a pattern captured as far as it reaches, whole.
    pub(super) fn whole_list(
        &self,
        analysis: &Analysis<'_>,
        list: Tokens,
        within: Tokens,
    ) -> Tokens {
        let token = |at: TokenId| analysis.token(at);
        let named = |at: TokenId| matches!(token(at).shape, Shape::Capital | Shape::Upper);
        let joins =
            |at: TokenId| token(at).shape == Shape::Comma || self.joins.holds(token(at).word);
        let whole = |at: TokenId| joins(at) || named(at);
        let is_long = list.into_iter().filter(|at| joins(*at)).count() >= LONG;
        let mut found = list;
        while is_long && found.len() < LISTS && found.end < within.end && whole(found.end) {
            found.end.0 += 1;
        }
        while found.end > list.end && joins(TokenId(found.end.0 - 1)) {
            found.end.0 -= 1;
        }
        while is_long
            && found.len() < LISTS
            && found.start > within.start
            && whole(TokenId(found.start.0 - 1))
        {
            found.start.0 -= 1;
        }
        while found.start < list.start && joins(found.start) {
            found.start.0 += 1;
        }
        found
    }

    /// The parts of a list of parties. Where nothing but a comma joins them, they are one with what
    /// is said of it, and the name tells who that is.
    pub(super) fn parties(&self, analysis: &Analysis<'_>, list: Tokens) -> Vec<Tokens> {
        let mut parts: Vec<Tokens> = Vec::new();
        let mut start: Option<TokenId> = None;
        for token in list {
            let found = analysis.token(token);
            let outside = found.shape == Shape::Comma
                || matches!(found.shape, Shape::QuoteOpen | Shape::QuoteClose)
                || self.joins.holds(found.word);
            match (outside, start) {
                (true, Some(first)) => {
                    parts.push(Tokens::new(first, token));
                    start = None;
                }
                (false, None) => start = Some(token),
                _ => {}
            }
        }
        parts.extend(start.map(|first| Tokens::new(first, list.end)));
        let listed = analysis.holds_any(list, &self.joins);
        let is_name = |part: &Tokens| {
            let first = analysis.token(part.start).shape;
            matches!(first, Shape::Capital | Shape::Upper | Shape::Initial)
        };
        if !listed && parts.len() > 1 {
            let told = parts.iter().position(is_name).unwrap_or_default();
            parts = vec![parts[told]];
        }
        parts
    }
}
