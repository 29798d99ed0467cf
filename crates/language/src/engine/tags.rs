//! The roles of words in attributions, as a linear chain over their tags: the best path, and how
//! likely each of its tags is among all paths.

use onrecord_kernels::exp;

/// Tags: none, and the first and further words of source, cue and content.
pub(crate) const TAGS: usize = 7;

/// The chain's own weights.
#[derive(Debug, Clone)]
pub(crate) struct Chain {
    /// What a step from a tag to a tag adds.
    step: [[f32; TAGS]; TAGS],
    /// What it adds to begin with a tag.
    begin: [f32; TAGS],
    /// The exponentials of both.
    odds: [[f32; TAGS]; TAGS],
    begin_odds: [f32; TAGS],
}

/// A word's tag, and how likely it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Tagged {
    pub(crate) tag: usize,
    /// Between 0 and 1.
    pub(crate) likely: f32,
}

impl Chain {
    pub(crate) fn new(step: &[f32], begin: &[f32]) -> Option<Self> {
        let begin: [f32; TAGS] = begin.try_into().ok()?;
        let (rows, _) = step.as_chunks::<TAGS>();
        let step: [[f32; TAGS]; TAGS] = rows.try_into().ok()?;
        Some(Self { step, begin, odds: step.map(|row| row.map(exp)), begin_odds: begin.map(exp) })
    }

    /// The best path through a unit's emissions.
    pub(crate) fn tags(&self, emissions: &[[f32; TAGS]]) -> Vec<Tagged> {
        let Some(first) = emissions.first() else { return Vec::new() };
        let mut score: [f32; TAGS] = std::array::from_fn(|tag| first[tag] + self.begin[tag]);
        let mut back: Vec<[u8; TAGS]> = Vec::with_capacity(emissions.len());
        back.push([0; TAGS]);
        for emission in &emissions[1..] {
            let (mut fresh, mut from) = ([f32::NEG_INFINITY; TAGS], [0_u8; TAGS]);
            for (old, (score, step)) in (0_u8..).zip(score.iter().zip(&self.step)) {
                for tag in 0..TAGS {
                    let through = score + step[tag];
                    if through > fresh[tag] {
                        (fresh[tag], from[tag]) = (through, old);
                    }
                }
            }
            score = std::array::from_fn(|tag| fresh[tag] + emission[tag]);
            back.push(from);
        }
        let mut tag =
            (0..TAGS).fold(0, |best, tag| if score[tag] > score[best] { tag } else { best });
        let marginals = self.marginals(emissions);
        let mut path = vec![Tagged { tag: 0, likely: 0.0 }; emissions.len()];
        for (at, tagged) in path.iter_mut().enumerate().rev() {
            *tagged = Tagged { tag, likely: marginals[at][tag] };
            tag = usize::from(back[at][tag]);
        }
        path
    }

    /// How likely each tag of each word is, over all paths.
    fn marginals(&self, emissions: &[[f32; TAGS]]) -> Vec<[f32; TAGS]> {
        let odds: Vec<[f32; TAGS]> = emissions
            .iter()
            .map(|row| {
                let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
                row.map(|value| exp(value - top))
            })
            .collect();
        let mut ahead: Vec<[f32; TAGS]> = Vec::with_capacity(odds.len());
        for (at, own) in odds.iter().enumerate() {
            let sums: [f32; TAGS] = match at.checked_sub(1).and_then(|before| ahead.get(before)) {
                Some(last) => self.through(last),
                None => self.begin_odds,
            };
            ahead.push(shared(std::array::from_fn(|tag| sums[tag] * own[tag])));
        }
        let mut behind = [1.0; TAGS];
        let mut out = vec![[0.0; TAGS]; odds.len()];
        for at in (0..odds.len()).rev() {
            out[at] = shared(std::array::from_fn(|tag| ahead[at][tag] * behind[tag]));
            let weighed: [f32; TAGS] = std::array::from_fn(|tag| behind[tag] * odds[at][tag]);
            behind = shared(
                self.odds.map(|row| (0..TAGS).fold(0.0, |sum, tag| sum + row[tag] * weighed[tag])),
            );
        }
        out
    }

    fn through(&self, last: &[f32; TAGS]) -> [f32; TAGS] {
        let mut sums = [0.0; TAGS];
        for (last, odds) in last.iter().zip(&self.odds) {
            for (sum, odds) in sums.iter_mut().zip(odds) {
                *sum += last * odds;
            }
        }
        sums
    }
}

/// The values as shares of their sum; even ones where there is nothing to share.
fn shared(values: [f32; TAGS]) -> [f32; TAGS] {
    let sum: f32 = values.iter().fold(0.0, |sum, value| sum + value);
    if sum > 0.0 { values.map(|value| value / sum) } else { [1.0 / TAGS as f32; TAGS] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_shares_are_those_of_all_paths() {
        let mut state = 7_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 2_097_152.0 - 4.0
        };
        let step: Vec<f32> = (0..49).map(|_| next()).collect();
        let begin: Vec<f32> = (0..7).map(|_| next()).collect();
        let chain = Chain::new(&step, &begin).unwrap();
        let emissions: Vec<[f32; TAGS]> = (0..4).map(|_| std::array::from_fn(|_| next())).collect();
        let mut sums = [[0.0_f64; TAGS]; 4];
        let (mut all, mut best) = (0.0, (f64::NEG_INFINITY, [0; 4]));
        for number in 0..TAGS.pow(4) {
            let path: [usize; 4] = [1, 7, 49, 343].map(|power| number / power % TAGS);
            let mut score = f64::from(begin[path[0]]);
            for at in 0..4 {
                score += f64::from(emissions[at][path[at]]);
                if at > 0 {
                    score += f64::from(step[path[at - 1] * TAGS + path[at]]);
                }
            }
            all += score.exp();
            path.iter().enumerate().for_each(|(at, tag)| sums[at][*tag] += score.exp());
            if score > best.0 {
                best = (score, path);
            }
        }
        let found = chain.tags(&emissions);
        for (at, tagged) in found.iter().enumerate() {
            assert_eq!(tagged.tag, best.1[at]);
            assert!((f64::from(tagged.likely) - sums[at][tagged.tag] / all).abs() < 1e-4);
        }
    }
}
