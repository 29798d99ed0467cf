//! Nothing of a language in the code of the crates that read it: words live in `packs/`.
//!
//! In the crates that analyse, a string literal of letters alone is a word of a language until
//! xtask/allowed-literals.txt gives a reason why it is not. In intake, which is full of the names of
//! formats, a literal is one where a pack lists it; so is a phrase everywhere. Attributes, comments
//! and tests are not looked at; messages for people are sentences of their own and match neither.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::Outcome;
use crate::repository::File;

const ALLOWED: &str = "xtask/allowed-literals.txt";
/// Allows every single word of a file.
const ANY: &str = "*";
/// The crates that are one for all languages, and whether any word in them counts.
const CRATES: [(&str, bool); 4] = [
    ("crates/intake/src/", false),
    ("crates/language/src/", true),
    ("crates/times/src/", true),
    ("crates/reading/src/", true),
];

/// Every literal that is a word of a language and not allowed in its file, and every allowance that
/// no literal needs.
pub(crate) fn faults(files: &[File]) -> Outcome<Vec<String>> {
    let allowed = files.iter().find(|file| file.path == ALLOWED);
    let allowed = allowances(allowed.map_or("", |file| file.text.as_str()))?;
    let phrases = phrases(files)?;
    let mut used = BTreeSet::new();
    let mut faults = Vec::new();
    for file in files {
        let Some(any_word) = is_read(&file.path) else { continue };
        for (line, literal) in literals(file)? {
            if !(any_word && is_word(&literal) || phrases.contains(&literal.to_lowercase())) {
                continue;
            }
            let allowance = |literal| allowed.get(&(file.path.as_str(), literal));
            let any = || allowance(ANY).filter(|_| !literal.contains(' '));
            match allowance(&literal).or_else(any) {
                Some(place) => {
                    used.insert(*place);
                }
                None => faults.push(format!("{}:{line}: {literal:?} is a word", file.path)),
            }
        }
    }
    if !faults.is_empty() {
        faults.push(format!("words belong in a pack, or with a reason in {ALLOWED}"));
    }
    let idle = allowed.iter().filter(|(_, place)| !used.contains(place));
    faults.extend(
        idle.map(|((path, word), place)| {
            format!("{ALLOWED}:{place}: {path} has no need of {word:?}")
        }),
    );
    Ok(faults)
}

/// Whether any word counts in a file; `None` for a file that is not looked at.
fn is_read(path: &str) -> Option<bool> {
    let tests = path.ends_with("/tests.rs") || path.contains("/tests/");
    let (_, any_word) = CRATES.iter().find(|(folder, _)| path.starts_with(folder))?;
    (path.ends_with(".rs") && !tests).then_some(*any_word)
}

fn is_word(literal: &str) -> bool {
    literal.chars().count() > 1 && literal.chars().all(char::is_alphabetic)
}

/// The allowed literals by their file, each with its line: a line names a file, the indented lines
/// below it are `literal, literal = reason`, where `*` is every single word.
fn allowances(text: &str) -> Outcome<BTreeMap<(&str, &str), usize>> {
    let mut allowed = BTreeMap::new();
    let mut path = "";
    for (line, place) in text.lines().zip(1..) {
        let Some(entry) = line.strip_prefix("  ") else {
            path = line;
            continue;
        };
        match entry.split_once(" = ") {
            Some((literals, reason)) if !reason.is_empty() => {
                allowed.extend(literals.split(", ").map(|literal| ((path, literal), place)));
            }
            _ => return Err(format!("{ALLOWED}:{place}: no reason given: {entry}")),
        }
    }
    Ok(allowed)
}

/// Every string of every pack that holds two letters, in lower case.
fn phrases(files: &[File]) -> Outcome<BTreeSet<String>> {
    let mut phrases = BTreeSet::new();
    for file in files {
        if file.path.starts_with("packs/") && file.path.ends_with(".toml") {
            let table = toml::Table::from_str(&file.text)
                .map_err(|e| format!("{}: {}", file.path, e.message()))?;
            strings(&toml::Value::Table(table), &mut phrases);
        }
    }
    Ok(phrases)
}

fn strings(value: &toml::Value, found: &mut BTreeSet<String>) {
    match value {
        toml::Value::String(text) if text.chars().filter(|c| c.is_alphabetic()).count() > 1 => {
            found.insert(text.to_lowercase());
        }
        toml::Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        toml::Value::Table(items) => items.values().for_each(|item| strings(item, found)),
        _ => {}
    }
}

/// The string literals of a source, each with its line, tests and attributes left out.
fn literals(file: &File) -> Outcome<Vec<(usize, String)>> {
    let tokens = TokenStream::from_str(&file.text)
        .map_err(|e| format!("{}:{}: {e}", file.path, e.span().start().line))?;
    let mut found = Vec::new();
    collect(tokens, &mut found);
    Ok(found)
}

fn collect(tokens: TokenStream, found: &mut Vec<(usize, String)>) {
    let mut tokens = tokens.into_iter().peekable();
    let mut in_test = false;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '#' => {
                tokens.next_if(|next| matches!(next, TokenTree::Punct(p) if p.as_char() == '!'));
                if let Some(TokenTree::Group(attribute)) = tokens.next_if(is_attribute) {
                    in_test |= is_test(&attribute);
                }
            }
            TokenTree::Punct(mark) if mark.as_char() == ';' => in_test = false,
            TokenTree::Group(group) => {
                if !in_test {
                    collect(group.stream(), found);
                }
                if group.delimiter() == Delimiter::Brace {
                    in_test = false;
                }
            }
            TokenTree::Literal(literal) if !in_test => {
                let source = literal.to_string();
                let body = source.split_once('"').and_then(|(_, rest)| rest.rsplit_once('"'));
                if let Some((body, _)) = body {
                    found.push((literal.span().start().line, body.to_owned()));
                }
            }
            _ => {}
        }
    }
}

fn is_attribute(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket)
}

fn is_test(attribute: &Group) -> bool {
    matches!(attribute.stream().to_string().replace(' ', "").as_str(), "cfg(test)" | "test")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.into(), text: text.into() }
    }

    fn found(source: &str, allowed: &str) -> Vec<String> {
        let pack = file("packs/en/cues.toml", "[[rule]]\nsays = [\"according to\", \"said\"]\n");
        let files = [pack, file("crates/reading/src/a.rs", source), file(ALLOWED, allowed)];
        faults(&files).unwrap()
    }

    #[test]
    fn a_word_and_a_phrase_of_a_pack_are_found() {
        let source = "fn f(w: &str) -> bool {\n  w == \"denounced\" || w == \"According to\"\n}";
        let found = found(source, "");
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!(found[0], "crates/reading/src/a.rs:2: \"denounced\" is a word");
        assert_eq!(found[1], "crates/reading/src/a.rs:2: \"According to\" is a word");
    }

    #[test]
    fn in_intake_a_word_is_what_a_pack_lists() {
        let pack = file("packs/en/cues.toml", "says = [\"said\"]\n");
        let source = "const A: [&str; 2] = [\"charset\", \"Said\"];";
        let found = faults(&[pack, file("crates/intake/src/a.rs", source)]).unwrap();
        assert_eq!(found[0], "crates/intake/src/a.rs:1: \"Said\" is a word");
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn words_hide_in_no_kind_of_literal() {
        for source in ["b\"said\"", "r\"said\"", "r#\"said\"#", "f(&[(\"said\", 1)])"] {
            let found = found(&format!("const A: T = {source};"), "");
            assert!(found[0].contains("is a word"), "{source}");
        }
    }

    #[test]
    fn messages_attributes_comments_and_tests_are_let_be() {
        for source in [
            "fn f() -> E { E::new(\"the rule says {word}\") }",
            "#[serde(rename = \"said\")] struct A; // \"said\"",
            "const FILE: &str = \"statements.toml\";",
            "#[cfg(test)] mod tests { const A: &str = \"said\"; }",
            "#[test] fn t() { f(\"said\") }",
            "#[cfg(test)] use a::b; #[cfg(test)] const A: &str = \"said\";",
        ] {
            assert!(found(source, "").is_empty(), "{source}: {:?}", found(source, ""));
        }
        let after = "#[cfg(test)] mod tests { fn f() {} } const A: &str = \"said\";";
        assert!(found(after, "")[0].contains("is a word"));
    }

    #[test]
    fn an_allowance_has_a_file_a_reason_and_a_use() {
        let source = "const A: &str = \"source\";";
        let here = "# Names\ncrates/reading/src/a.rs\n  source = what patterns capture\n";
        assert_eq!(found(source, here), [""; 0]);
        assert!(found(source, &here.replace("a.rs", "b.rs"))[0].contains("is a word"));
        assert!(found("", here)[0].contains("has no need of \"source\""));
        let any = here.replace("source =", "* =");
        assert_eq!(found(source, &any), [""; 0]);
        assert!(found("const A: &str = \"according to\";", &any)[0].contains("is a word"));
        assert!(allowances("a.rs\n  source = \n").is_err());
    }
}
