//! Wire copies.

use crate::Document;
use crate::chance::Chance;
use crate::vary::{self, Words};

/// A copy of a story as another outlet prints it: its own headline, from none to one in twenty-five
/// of the words edited, from none to half of the paragraphs cut, at times one put in.
pub(crate) fn copy(story: &Document, words: &Words, chance: &mut Chance) -> Document {
    let paragraphs: Vec<&str> = story.text.split("\n\n").collect();
    let least = paragraphs.len().div_ceil(2);
    let kept = least + index(chance, paragraphs.len() - least + 1);
    let edits = chance.below(40);
    let mut told: Vec<String> =
        paragraphs[..kept].iter().map(|text| edited(text, edits, words, chance)).collect();
    if chance.below(5) == 0 {
        let own: Vec<&str> =
            (0..12 + chance.below(12)).map(|_| chance.pick(&words.small).as_str()).collect();
        let at = 1 + index(chance, told.len());
        told.insert(at, format!("{}.", own.join(" ")));
    }
    // A headline of words of the story.
    let from = chance.pick(&paragraphs);
    let head: Vec<&str> = from.split_whitespace().skip(index(chance, 4)).take(8).collect();
    Document {
        title: head.join(" "),
        text: told.join("\n\n"),
        published: story.published.clone(),
        outlet: vary::name(chance.below(40), "outlet"),
        story: story.story,
    }
}

/// A text in which so many of a thousand words are others or gone.
fn edited(text: &str, edits: u64, words: &Words, chance: &mut Chance) -> String {
    let told = text.split(' ').filter_map(|word| match chance.below(1000) < edits {
        false => Some(word.to_owned()),
        true if chance.below(3) == 0 => None,
        true => Some(chance.pick(&words.small).clone()),
    });
    told.collect::<Vec<_>>().join(" ")
}

fn index(chance: &mut Chance, end: usize) -> usize {
    usize::try_from(chance.below(end as u64)).unwrap_or(0)
}
