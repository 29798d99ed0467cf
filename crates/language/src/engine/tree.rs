//! The best tree over a sentence's words: Chu, Liu and Edmonds.

/// What it costs to have a root: more than any score, so that there is one root alone.
const ROOT_COST: f32 = 1e6;

/// The head of each word, its own place for the one root, so that the scores of all add up to the
/// most that a tree can have. `scores` holds a row for each word with the score of every head; its
/// own place is the root's.
pub(crate) fn best(scores: &[f32], words: usize) -> Vec<usize> {
    let heads: Vec<usize> = (0..words).map(|word| most(&scores[word * words..][..words])).collect();
    if is_tree(&heads) {
        return heads;
    }
    // Place 0 is the root, so every word moves by one.
    let size = words + 1;
    let mut weights = vec![f32::NEG_INFINITY; size * size];
    for word in 0..words {
        for head in 0..words {
            let score = scores[word * words + head];
            let (column, score) =
                if head == word { (0, score - ROOT_COST) } else { (head + 1, score) };
            weights[(word + 1) * size + column] = score;
        }
    }
    let heads = contracted(&weights, size);
    (1..size).map(|word| if heads[word] == 0 { word - 1 } else { heads[word] - 1 }).collect()
}

fn most(row: &[f32]) -> usize {
    let mut best = 0;
    for (place, score) in row.iter().enumerate() {
        if *score > row[best] {
            best = place;
        }
    }
    best
}

fn is_tree(heads: &[usize]) -> bool {
    let roots = heads.iter().enumerate().filter(|(word, head)| word == *head).count();
    roots == 1 && cycle(heads).is_none()
}

/// The words of a cycle of several words.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0; heads.len()];
    for start in 0..heads.len() {
        let mut at = start;
        while seen[at] == 0 {
            seen[at] = start + 1;
            at = heads[at];
        }
        if seen[at] == start + 1 && heads[at] != at {
            let mut members = vec![at];
            let mut next = heads[at];
            while next != at {
                members.push(next);
                next = heads[next];
            }
            return Some(members);
        }
    }
    None
}

/// The heads of the best tree over a square of weights whose place 0 is the root. Each turn of the
/// loop makes one place of a cycle's, so there are fewer turns than places.
fn contracted(weights: &[f32], size: usize) -> Vec<usize> {
    let heads: Vec<usize> = (0..size)
        .map(|word| if word == 0 { 0 } else { most_but(&weights[word * size..][..size], word) })
        .collect();
    let Some(members) = cycle(&heads) else { return heads };
    let inside = |place: usize| members.contains(&place);
    let mut kept: Vec<usize> = (0..size).filter(|place| !inside(*place)).collect();
    let (fresh, smaller) = (kept.len(), kept.len() + 1);
    let mut joined = vec![f32::NEG_INFINITY; smaller * smaller];
    let mut enters = vec![0; smaller];
    let mut leaves = vec![0; smaller];
    for (row, word) in kept.iter().enumerate() {
        for (column, head) in kept.iter().enumerate() {
            joined[row * smaller + column] = weights[word * size + head];
        }
        // The best way from the cycle to a word outside, and from outside into the cycle.
        for member in &members {
            let out = weights[word * size + member];
            if out > joined[row * smaller + fresh] || leaves[row] == 0 {
                joined[row * smaller + fresh] = out;
                leaves[row] = *member;
            }
            let into = weights[member * size + word] - weights[member * size + heads[*member]];
            if into > joined[fresh * smaller + row] || enters[row] == 0 {
                joined[fresh * smaller + row] = into;
                enters[row] = *member;
            }
        }
    }
    kept.push(usize::MAX);
    let found = contracted(&joined, smaller);
    let mut out = heads;
    for (row, head) in found.iter().enumerate().take(fresh).skip(1) {
        out[kept[row]] = if *head == fresh { leaves[row] } else { kept[*head] };
    }
    let outside = found[fresh];
    out[enters[outside]] = kept[outside];
    out
}

fn most_but(row: &[f32], own: usize) -> usize {
    let mut best = usize::from(own == 0);
    for (place, score) in row.iter().enumerate() {
        if place != own && *score > row[best] {
            best = place;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(scores: &[f32], heads: &[usize]) -> f32 {
        heads.iter().enumerate().map(|(word, head)| scores[word * heads.len() + head]).sum()
    }

    /// The best tree of all, by trying every choice of heads.
    fn slow(scores: &[f32], words: usize) -> f32 {
        let mut best = f32::NEG_INFINITY;
        let mut heads = vec![0; words];
        loop {
            if is_tree(&heads) {
                best = best.max(total(scores, &heads));
            }
            let mut at = 0;
            loop {
                if at == words {
                    return best;
                }
                heads[at] += 1;
                if heads[at] < words {
                    break;
                }
                heads[at] = 0;
                at += 1;
            }
        }
    }

    #[test]
    fn the_tree_is_the_best_of_all() {
        let mut state = 1_u32;
        for words in 1..=5 {
            for _ in 0..300 {
                let scores: Vec<f32> = (0..words * words)
                    .map(|_| {
                        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        (state >> 16) as f32 / 256.0
                    })
                    .collect();
                let heads = best(&scores, words);
                assert!(is_tree(&heads), "{heads:?}");
                let (ours, wanted) = (total(&scores, &heads), slow(&scores, words));
                assert!((ours - wanted).abs() < 1.0, "{scores:?}: {heads:?} {ours} for {wanted}");
            }
        }
    }
}
