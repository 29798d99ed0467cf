//! Measures segmentation against treebanks of Universal Dependencies (CoNLL-U files, named as
//! arguments): precision, recall and F1 of words and of sentences, as the shared tasks score them.
//! With `--errors N` also the N most frequent differences of each kind.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a development tool reads files and prints shares"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::ops::Range;

use onrecord_intake::{Block, BlockKind};
use onrecord_language::{Segmentation, WordId};
use onrecord_packs::Pack;
use onrecord_record::Extent;

type Spans = BTreeSet<(usize, usize)>;

/// A treebank as one text, with its words and sentences.
#[derive(Default)]
struct Treebank {
    text: String,
    blocks: Vec<Block>,
    words: Spans,
    /// Words that are no stretch of the text, so that no segmentation can find them.
    unwritten: usize,
    sentences: Spans,
}

impl Treebank {
    fn read(conllu: &str) -> Result<Self, Box<dyn Error>> {
        let mut bank = Self::default();
        let mut block = 0;
        for sentence in conllu.split("\n\n").filter(|part| !part.trim().is_empty()) {
            let comment = |name: &str| sentence.lines().find_map(|line| line.strip_prefix(name));
            let starts = ["# newpar", "# newdoc"].iter().any(|name| comment(name).is_some());
            if starts && !bank.text.is_empty() {
                bank.end_block(block);
                bank.text.push_str("\n\n");
                block = bank.text.len();
            } else if !bank.text.is_empty() {
                bank.text.push(' ');
            }
            let start = bank.text.len();
            bank.text.push_str(comment("# text = ").ok_or("a sentence has no text")?.trim());
            bank.sentences.insert((start, bank.text.len()));
            bank.words_of(sentence, start)?;
        }
        bank.end_block(block);
        Ok(bank)
    }

    fn end_block(&mut self, start: usize) {
        let extent = Extent::at(start..self.text.len());
        self.blocks.push(Block { extent, kind: BlockKind::Paragraph });
    }

    fn words_of(&mut self, sentence: &str, start: usize) -> Result<(), Box<dyn Error>> {
        let rows = sentence.lines().filter(|line| !line.starts_with('#'));
        let rows: Vec<(&str, &str)> = rows
            .filter_map(|row| row.split('\t').next().zip(row.split('\t').nth(1)))
            .filter(|(id, _)| !id.contains('.'))
            .collect();
        let (mut at, mut place) = (start, 0);
        while let Some((id, form)) = rows.get(place) {
            at += self.text[at..].find(form).ok_or_else(|| format!("{form} is not in its text"))?;
            let several = id.split_once('-').map(|(from, to)| {
                Ok::<_, Box<dyn Error>>((from.parse::<usize>()?, to.parse::<usize>()?))
            });
            let count = several.transpose()?.map_or(0, |(from, to)| to + 1 - from);
            let parts: Vec<&str> = rows[place + 1..].iter().take(count).map(|row| row.1).collect();
            let end = at + form.len();
            if count == 0 {
                self.words.insert((at, end));
            } else if parts.concat() == **form {
                for part in parts {
                    self.words.insert((at, at + part.len()));
                    at += part.len();
                }
            } else {
                self.unwritten += count;
            }
            at = end;
            place += 1 + count;
        }
        Ok(())
    }
}

fn report(what: &str, wanted: &Spans, unwritten: usize, found: &Spans) {
    let right = wanted.intersection(found).count() as f64;
    let precision = 100.0 * right / found.len() as f64;
    let recall = 100.0 * right / (wanted.len() + unwritten) as f64;
    let f1 = 2.0 * precision * recall / (precision + recall);
    println!("  {what:9} precision {precision:6.2}  recall {recall:6.2}  F1 {f1:6.2}");
}

/// What the text holds where one side has an end that the other has not, most frequent first.
fn differences(title: &str, text: &str, ours: &Spans, others: &Spans, shown: usize, around: usize) {
    let ends: BTreeSet<usize> = others.iter().map(|span| span.1).collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, end) in ours.iter().filter(|span| !ends.contains(&span.1)) {
        let before: Vec<char> = text[..*end].chars().rev().take(around).collect();
        let before: String = before.iter().rev().collect();
        let after: String = text[*end..].chars().take(around).collect();
        *counts.entry(format!("{before}¦{after}").replace('\n', "⏎")).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    println!("  {title}");
    for (context, count) in counts.into_iter().take(shown) {
        println!("    {count:5}  {context}");
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).peekable();
    let mut shown = 0;
    if arguments.next_if(|first| first == "--errors").is_some() {
        shown = arguments.next().ok_or("--errors needs a number")?.parse()?;
    }
    let pack = Pack::find("en")?.ok_or("no English pack")?;
    let segmentation = Segmentation::compile(&pack)?;
    for path in arguments {
        let bank = Treebank::read(&std::fs::read_to_string(&path)?)?;
        let analysis = segmentation.segment(&bank.text, &bank.blocks, |_| WordId::UNKNOWN);
        let span = |range: Range<usize>| (range.start, range.end);
        let words = analysis.tokens.iter().map(|token| span(token.extent.range())).collect();
        let sentences = &analysis.sentences;
        let sentences = sentences.iter().map(|s| span(analysis.extent(s.tokens).range())).collect();
        println!("{path}");
        report("words", &bank.words, bank.unwritten, &words);
        report("sentences", &bank.sentences, 0, &sentences);
        if shown > 0 {
            let text = &bank.text;
            differences("words joined", text, &bank.words, &words, shown, 9);
            differences("words parted", text, &words, &bank.words, shown, 9);
            differences("sentences joined", text, &bank.sentences, &sentences, shown, 35);
            differences("sentences parted", text, &sentences, &bank.sentences, shown, 35);
        }
    }
    Ok(())
}
