//! Any number of stories from a few, with wire copies of which it is known whose copies they are.
//!
//! A made story begins as one of the stories given and goes on with paragraphs of others, all with
//! other names, places, numbers and dates: so two made stories share no more than stories on one
//! subject do. Names are those of a setting, which some stories share, so that people come up in
//! several. A wire copy is a made story with another headline, words edited, its end cut off, at times
//! a paragraph put in.
//!
//! The same stories and seed give the same documents, on every machine.

mod chance;
mod vary;
mod wire;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chance::Chance;
use vary::Words;

/// A document that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its headline.
    pub title: String,
    /// Its text, paragraphs apart by an empty line.
    pub text: String,
    /// When it was published: an ISO date.
    pub published: String,
    /// Who published it.
    pub outlet: String,
    /// The number of the story: copies have the same.
    pub story: u32,
}

/// A story to make others of.
#[derive(Debug, Clone)]
struct Template {
    title: String,
    paragraphs: Vec<String>,
}

/// Makes documents without end.
#[derive(Debug)]
pub struct Generator {
    templates: Vec<Template>,
    words: Words,
    chance: Chance,
    /// Documents that come later, each with how many come before it.
    later: BTreeMap<u64, VecDeque<Document>>,
    made: u64,
    stories: u32,
}

/// So many stories share a setting, one with another.
const OF_A_SETTING: u64 = 6;
/// The share of stories that others copy, of a thousand.
const COPIED: u64 = 250;
/// The most copies of a story.
const COPIES: u64 = 6;
/// A copy comes among so many documents behind its story.
const DELAY: u64 = 400;

impl Generator {
    /// A generator over stories: a headline in the first line, paragraphs apart by empty lines, as
    /// the repository's examples have them. What is shorter than three paragraphs is left out.
    ///
    /// # Panics
    /// Where no story has three paragraphs.
    #[must_use]
    pub fn new(stories: &[String], seed: u64) -> Self {
        let templates: Vec<Template> = stories
            .iter()
            .map(|story| template(story))
            .filter(|t| t.paragraphs.len() > 2)
            .collect();
        assert!(!templates.is_empty(), "a story of three paragraphs is needed");
        let all = templates.iter().flat_map(|t| t.paragraphs.iter().chain([&t.title]));
        let words = Words::of(all.map(String::as_str));
        let chance = Chance::new(seed);
        Self { templates, words, chance, later: BTreeMap::new(), made: 0, stories: 0 }
    }

    fn story(&mut self) -> Document {
        let setting = self.chance.below(u64::from(self.stories) / OF_A_SETTING + 1);
        let own = self.chance.below(u64::MAX);
        let template = self.chance.pick(&self.templates).clone();
        let own_part = template.paragraphs.len() * 2 / 5;
        let mut paragraphs = template.paragraphs[..own_part.max(1)].to_vec();
        while paragraphs.len() < template.paragraphs.len() {
            let other = self.chance.pick(&self.templates);
            paragraphs.push(self.chance.pick(&other.paragraphs[1..]).clone());
        }
        let mut names = vary::Names::new(&self.words, setting, own);
        let title = names.vary(&template.title);
        let text: Vec<String> = paragraphs.iter().map(|words| names.vary(words)).collect();
        let day = self.chance.below(336);
        let year = 2016 + self.chance.below(10);
        let published = format!("{year}-{:02}-{:02}", day / 28 + 1, day % 28 + 1);
        self.stories += 1;
        let outlet = vary::name(self.chance.below(40), "outlet");
        Document { title, text: text.join("\n\n"), published, outlet, story: self.stories }
    }
}

impl Iterator for Generator {
    type Item = Document;

    fn next(&mut self) -> Option<Document> {
        self.made += 1;
        if let Some(mut entry) = self.later.first_entry().filter(|entry| *entry.key() <= self.made)
        {
            let document = entry.get_mut().pop_front();
            if entry.get().is_empty() {
                entry.remove();
            }
            if document.is_some() {
                return document;
            }
        }
        let story = self.story();
        if self.chance.below(1000) < COPIED {
            for _ in 0..=self.chance.below(COPIES) {
                let copy = wire::copy(&story, &self.words, &mut self.chance);
                let place = self.made + 1 + self.chance.below(DELAY);
                self.later.entry(place).or_default().push_back(copy);
            }
        }
        Some(story)
    }
}

fn template(story: &str) -> Template {
    let mut blocks = story.split("\n\n").map(str::trim).filter(|block| !block.is_empty());
    let title = blocks.next().unwrap_or_default().to_owned();
    // Bylines, crossheads and signatures are no paragraphs.
    let is_paragraph = |block: &&str| block.split_whitespace().count() > 8;
    Template { title, paragraphs: blocks.filter(is_paragraph).map(str::to_owned).collect() }
}

/// The adjusted Rand index of two groupings of the same things (Hubert and Arabie 1985): 1 where they
/// agree, 0 where they agree as chance would have it.
///
/// # Panics
/// Where they are not as long.
#[must_use]
pub fn adjusted_rand_index(one: &[u32], other: &[u32]) -> f64 {
    assert_eq!(one.len(), other.len(), "two groupings of the same things");
    let pairs = |counts: &mut dyn Iterator<Item = u64>| -> f64 {
        counts.map(|count| float(count) * (float(count) - 1.0) / 2.0).sum()
    };
    let (mut both, mut ours, mut theirs) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (a, b) in one.iter().zip(other) {
        *both.entry((a, b)).or_insert(0_u64) += 1;
        *ours.entry(a).or_insert(0_u64) += 1;
        *theirs.entry(b).or_insert(0_u64) += 1;
    }
    let both = pairs(&mut both.into_values());
    let (ours, theirs) = (pairs(&mut ours.into_values()), pairs(&mut theirs.into_values()));
    let all = pairs(&mut std::iter::once(one.len() as u64));
    let chance = if all > 0.0 { ours * theirs / all } else { 0.0 };
    let most = f64::midpoint(ours, theirs);
    if (most - chance).abs() < f64::EPSILON { 1.0 } else { (both - chance) / (most - chance) }
}

#[allow(clippy::cast_precision_loss, reason = "far below 2^52")]
fn float(count: u64) -> f64 {
    count as f64
}

/// Words that hold a name in these texts: those never written small.
fn names(texts: &[&str]) -> BTreeSet<String> {
    let words = || texts.iter().flat_map(|text| vary::words(text));
    let small: BTreeSet<String> = words()
        .filter(|word| word.starts_with(char::is_lowercase))
        .map(str::to_lowercase)
        .collect();
    let is_name =
        |word: &&str| word.starts_with(char::is_uppercase) && !small.contains(&word.to_lowercase());
    words().filter(is_name).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stories() -> Vec<String> {
        let story = |town: &str| {
            format!(
                "Mill in {town} burns\n\n{town}, March 3 (NNA) — A mill in {town} burned on Monday, \
                 and 12 people were hurt, the mayor, Tavin Orlo, said in a statement.\n\n“Nobody \
                 was inside when the fire began,” Orlo told reporters of the NNA on Monday.\n\nThe \
                 owners, {town} Works, denied that the doors of the mill had been locked that day."
            )
        };
        vec![story("Sorrel"), story("Dunmar")]
    }

    #[test]
    fn the_same_seed_makes_the_same_documents() {
        let made = |seed| Generator::new(&stories(), seed).take(60).collect::<Vec<_>>();
        assert_eq!(made(1), made(1));
        assert_ne!(made(1), made(2));
    }

    #[test]
    fn names_and_numbers_are_others_and_the_same_throughout_a_story() {
        let made = Generator::new(&stories(), 5).next().unwrap();
        for word in ["Sorrel", "Dunmar", "Orlo", "Tavin", "NNA"] {
            assert!(!made.text.contains(word) && !made.title.contains(word), "{}", made.text);
        }
        let place = made.title.strip_prefix("Mill in ").unwrap().split(' ').next().unwrap();
        assert!(
            made.text.contains(&format!("A mill in {place} burned on Monday")),
            "{}",
            made.text
        );
    }

    #[test]
    fn copies_are_told_to_be_of_their_story() {
        let made: Vec<Document> = Generator::new(&stories(), 3).take(500).collect();
        let mut counts = BTreeMap::new();
        for document in &made {
            *counts.entry(document.story).or_insert(0) += 1;
        }
        assert!(counts.values().any(|count| *count > 1));
        let texts: BTreeSet<&str> = made.iter().map(|document| document.text.as_str()).collect();
        assert!(texts.len() > 450, "{}", texts.len());
    }

    #[test]
    fn the_index_is_that_of_hubert_and_arabie() {
        let index = adjusted_rand_index(&[0, 0, 1, 1], &[5, 5, 7, 7]);
        assert!((index - 1.0).abs() < 1e-12);
        let index = adjusted_rand_index(&[0, 0, 1, 2], &[0, 0, 1, 1]);
        assert!((index - 4.0 / 7.0).abs() < 1e-12, "{index}");
        assert!(adjusted_rand_index(&[0, 0, 1, 1], &[0, 1, 0, 1]) < 0.0);
    }
}
