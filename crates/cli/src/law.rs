//! `onrecord law`: the conduct that the law names.

use onrecord_packs::{Law, Taxon};
use onrecord_reading::Engine;
use serde::Serialize;

use crate::arguments::{LawArguments, LawFormat};
use crate::console::Console;
use crate::{End, print};

/// How many codes are named where one is not known.
const NEAREST: usize = 3;
/// The columns of the labels.
const LABEL: usize = 10;

/// What JSON holds of a taxon.
#[derive(Serialize)]
struct Shown<'l> {
    code: &'l str,
    name: &'l str,
    article: &'l str,
    instrument: &'l str,
    parent: Option<&'l str>,
    parts: Vec<&'l str>,
    source: &'l str,
    in_force: &'l str,
    same: &'l [String],
    near: &'l [String],
    words: Vec<Words<'l>>,
}

#[derive(Serialize)]
struct Words<'l> {
    language: &'l str,
    words: &'l str,
}

/// The law, and the engine that knows the words for it.
struct Library {
    law: Law,
    engine: Engine,
}

/// Shows what the arguments ask for.
pub(crate) fn run(arguments: &LawArguments, console: &Console) -> End {
    let library = match Law::new().and_then(|law| Ok(Library { law, engine: Engine::new()? })) {
        Ok(library) => library,
        Err(error) => {
            console.say(&format!("law: {error}"));
            return End::Short;
        }
    };
    let law = &library.law;
    if let [code] = &arguments.query[..]
        && code.contains(':')
    {
        let Some(taxon) = law.taxon(code) else {
            console
                .say(&format!("law: there is no {code}: the nearest are {}", nearest(law, code)));
            return End::Usage;
        };
        return match arguments.format {
            LawFormat::Text => print(console, library.page(taxon).as_bytes()),
            LawFormat::Json => json(&library.shown(taxon), console),
        };
    }
    let listed: Vec<&Taxon> =
        law.taxa().iter().filter(|taxon| library.is_asked(taxon, &arguments.query)).collect();
    if listed.is_empty() {
        let words = arguments.query.join(" ");
        console.say(&format!("law: no conduct is called {words}: `onrecord law` lists all"));
        return End::Short;
    }
    match arguments.format {
        LawFormat::Text => print(console, library.list(&listed).as_bytes()),
        LawFormat::Json => {
            let shown: Vec<Shown<'_>> = listed.iter().map(|taxon| library.shown(taxon)).collect();
            json(&shown, console)
        }
    }
}

fn json(shown: &impl Serialize, console: &Console) -> End {
    match serde_json::to_string_pretty(shown) {
        Ok(text) => print(console, format!("{text}\n").as_bytes()),
        Err(error) => {
            console.say(&format!("law: it cannot be written as JSON: {error}"));
            End::Short
        }
    }
}

impl Library {
    /// Whether a taxon is of the instrument, or holds all of the words, that were asked for.
    fn is_asked(&self, taxon: &Taxon, query: &[String]) -> bool {
        let instrument = &self.law.instruments()[taxon.instrument].id;
        if let [only] = query
            && self.law.instruments().iter().any(|instrument| instrument.id == *only)
        {
            return only == instrument;
        }
        let mut text = format!("{} {}", taxon.code, taxon.name);
        for (_, words) in self.engine.words_for(&taxon.code) {
            text.push(' ');
            text.push_str(words);
        }
        let text = text.to_lowercase();
        query.iter().all(|word| text.contains(&word.to_lowercase()))
    }

    fn shown<'l>(&'l self, taxon: &'l Taxon) -> Shown<'l> {
        let words = self.engine.words_for(&taxon.code).into_iter();
        Shown {
            code: &taxon.code,
            name: &taxon.name,
            article: &taxon.article,
            instrument: &self.law.instruments()[taxon.instrument].name,
            parent: taxon.parent.as_deref(),
            parts: self.law.parts(&taxon.code).map(|part| part.code.as_str()).collect(),
            source: &taxon.source,
            in_force: &taxon.in_force,
            same: &taxon.same,
            near: &taxon.near,
            words: words.map(|(language, words)| Words { language, words }).collect(),
        }
    }

    /// A line for each, under the name of its instrument, set in below the whole it is a part of.
    fn list(&self, listed: &[&Taxon]) -> String {
        let mut out = String::new();
        let columns = listed.iter().map(|taxon| taxon.code.len()).max().unwrap_or_default();
        let mut last = None;
        for taxon in listed {
            if last != Some(taxon.instrument) {
                let gap = if last.is_some() { "\n" } else { "" };
                out.push_str(&format!("{gap}{}\n", self.law.instruments()[taxon.instrument].name));
                last = Some(taxon.instrument);
            }
            let depth = self.law.line(&taxon.code).skip(1).count();
            let name = format!("{}{}", "  ".repeat(depth), taxon.name);
            out.push_str(&format!("  {:<columns$}  {name}\n", taxon.code));
        }
        out
    }

    fn page(&self, taxon: &Taxon) -> String {
        let named = |code: &String| {
            let name = self.law.taxon(code).map_or("", |taxon| taxon.name.as_str());
            format!("{code}  {name}")
        };
        let instrument = &self.law.instruments()[taxon.instrument].name;
        let wholes = self.law.line(&taxon.code).skip(1).map(|whole| named(&whole.code));
        let words = self.engine.words_for(&taxon.code).into_iter();
        let rows: [(&str, Vec<String>); 8] = [
            ("article", vec![format!("{} of the {instrument}", taxon.article)]),
            ("part of", wholes.collect()),
            ("parts", self.law.parts(&taxon.code).map(|part| named(&part.code)).collect()),
            ("source", vec![taxon.source.clone()]),
            ("in force", vec![format!("since {}", taxon.in_force)]),
            ("same", taxon.same.iter().map(named).collect()),
            ("near", taxon.near.iter().map(named).collect()),
            ("words", words.map(|(language, words)| format!("{language}: “{words}”")).collect()),
        ];
        let mut out = format!("{}  {}\n", taxon.code, taxon.name);
        for (label, lines) in rows {
            for (place, line) in lines.iter().enumerate() {
                let label = if place == 0 { label } else { "" };
                out.push_str(&format!("  {label:<LABEL$}{line}\n"));
            }
        }
        out
    }
}

/// The known codes that differ least from one that is not, of equals the first in the law.
fn nearest(law: &Law, code: &str) -> String {
    let mut codes: Vec<&str> = law.taxa().iter().map(|taxon| taxon.code.as_str()).collect();
    codes.sort_by_cached_key(|known| distance(known, code));
    codes.truncate(NEAREST);
    codes.join(", ")
}

/// How many letters have to be put in, taken out or changed to make one word of another
/// (Levenshtein's distance).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_counts_letters() {
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("rome", "rome"), 0);
        assert_eq!(distance("kitten", "sitting"), 3);
    }

    #[test]
    fn the_nearest_codes_are_those_of_the_same_place() {
        let law = Law::new().unwrap();
        assert!(nearest(&law, "rome-statute:8.2.b.xl").starts_with("rome-statute:8.2.b.x"));
        assert!(nearest(&law, "rom-statute:6").starts_with("rome-statute:6"));
    }
}
