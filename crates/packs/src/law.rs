//! The law: the kinds of conduct that instruments of international law name, from `law/`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{LAW, PackError};

/// The instruments that ship, with their taxa. Every code stands once, every parent stands above
/// its parts, and every crosswalk leads to a taxon and back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Law {
    instruments: Vec<Instrument>,
    taxa: Vec<Taxon>,
    places: BTreeMap<String, usize>,
}

/// A treaty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    /// What its codes begin with: `rome-statute`.
    pub id: String,
    /// Its full name.
    pub name: String,
    /// Where its text was published.
    pub source: String,
    /// The day on which it was adopted, ISO 8601.
    pub adopted: String,
    /// The day on which it came into force, ISO 8601.
    pub in_force: String,
}

/// A kind of conduct that an instrument names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taxon {
    /// Its code: `rome-statute:7.1.b`.
    pub code: String,
    /// A short name; the law is what the article says.
    pub name: String,
    /// The article as it is cited: `7(1)(b)`.
    pub article: String,
    /// The instrument's place in [`Law::instruments`].
    pub instrument: usize,
    /// The code of the whole that it is a part of.
    pub parent: Option<String>,
    /// Where its words were published: the instrument's source, or the amendment that added it.
    pub source: String,
    /// The first day on which it was in force, ISO 8601.
    pub in_force: String,
    /// The codes of taxa that name the same conduct in nearly the same words, in order.
    pub same: Vec<String>,
    /// The codes of taxa that often come with it and differ in an element, in order.
    pub near: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    instrument: String,
    name: String,
    source: String,
    adopted: String,
    in_force: String,
    #[serde(default, rename = "amendment")]
    amendments: Vec<Amendment>,
    #[serde(rename = "taxon")]
    taxa: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Amendment {
    name: String,
    source: String,
    adopted: String,
    in_force: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    code: String,
    name: String,
    article: String,
    parent: Option<String>,
    amendment: Option<String>,
    #[serde(default)]
    same: Vec<String>,
    #[serde(default)]
    near: Vec<String>,
}

impl Law {
    /// Every instrument that ships, in the order of their file names.
    ///
    /// # Errors
    /// Where a file cannot be read, or holds a code twice, a parent that does not stand above its
    /// part, or the name of an amendment or taxon that there is not. The error names file and code.
    pub fn new() -> Result<Self, PackError> {
        Self::of(LAW)
    }

    fn of(files: &[(&str, &str)]) -> Result<Self, PackError> {
        let mut law = Self { instruments: Vec::new(), taxa: Vec::new(), places: BTreeMap::new() };
        let mut walks = Vec::new();
        for (file, text) in files {
            let path = format!("../law/{file}");
            let read: File = toml::from_str(text)
                .map_err(|e| PackError::new(&path, e.to_string().trim_end()))?;
            for entry in &read.taxa {
                let fault =
                    |cause: String| PackError::new(&path, format!("{}: {cause}", entry.code));
                law.add(&read, entry).map_err(fault)?;
                let same = entry.same.iter().map(|to| (to.clone(), true));
                let near = entry.near.iter().map(|to| (to.clone(), false));
                walks.extend(
                    same.chain(near).map(|(to, same)| (path.clone(), entry.code.clone(), to, same)),
                );
            }
            let File { instrument: id, name, source, adopted, in_force, .. } = read;
            law.instruments.push(Instrument { id, name, source, adopted, in_force });
        }
        for (path, from, to, same) in walks {
            let ends = law.places.get(&from).copied().zip(law.places.get(&to).copied());
            let (a, b) = ends.filter(|(a, b)| a != b).ok_or_else(|| {
                PackError::new(path, format!("{from}: there is no other taxon {to}"))
            })?;
            law.taxa[a].walk(to, same);
            law.taxa[b].walk(from, same);
        }
        Ok(law)
    }

    fn add(&mut self, file: &File, entry: &Entry) -> Result<(), String> {
        let of_file = entry.code.strip_prefix(&file.instrument).and_then(|c| c.strip_prefix(':'));
        if of_file.is_none_or(str::is_empty) {
            return Err(format!("begins otherwise than {}:", file.instrument));
        }
        if let Some(parent) = entry.parent.as_ref().filter(|code| !self.places.contains_key(*code))
        {
            return Err(format!("its parent {parent} does not stand above it"));
        }
        let named = |name: &String| {
            let amendment = file.amendments.iter().find(|amendment| amendment.name == *name);
            amendment.ok_or_else(|| format!("there is no amendment {name:?}"))
        };
        let amendment = entry.amendment.as_ref().map(named).transpose()?;
        let taxon = Taxon {
            code: entry.code.clone(),
            name: entry.name.clone(),
            article: entry.article.clone(),
            instrument: self.instruments.len(),
            parent: entry.parent.clone(),
            source: amendment
                .map_or_else(|| file.source.clone(), |a| format!("{} of {}", a.source, a.adopted)),
            in_force: amendment.map_or(&file.in_force, |a| &a.in_force).clone(),
            same: Vec::new(),
            near: Vec::new(),
        };
        if self.places.insert(entry.code.clone(), self.taxa.len()).is_some() {
            return Err("stands there twice".to_owned());
        }
        self.taxa.push(taxon);
        Ok(())
    }

    /// The instruments.
    #[must_use]
    pub fn instruments(&self) -> &[Instrument] {
        &self.instruments
    }

    /// Every taxon, by instrument and then in the order of its articles.
    #[must_use]
    pub fn taxa(&self) -> &[Taxon] {
        &self.taxa
    }

    /// The taxon of a code; `None` where there is none.
    #[must_use]
    pub fn taxon(&self, code: &str) -> Option<&Taxon> {
        self.places.get(code).map(|place| &self.taxa[*place])
    }

    /// The taxa that are parts of one, in order.
    pub fn parts<'l>(&'l self, code: &'l str) -> impl Iterator<Item = &'l Taxon> {
        self.taxa.iter().filter(move |taxon| taxon.parent.as_deref() == Some(code))
    }

    /// A taxon and the wholes that it is a part of, the innermost first; none for an unknown code.
    pub fn line<'l>(&'l self, code: &str) -> impl Iterator<Item = &'l Taxon> {
        let parent = |taxon: &&'l Taxon| self.taxon(taxon.parent.as_deref()?);
        std::iter::successors(self.taxon(code), parent)
    }
}

impl Taxon {
    fn walk(&mut self, to: String, same: bool) {
        let list = if same { &mut self.same } else { &mut self.near };
        if let Err(at) = list.binary_search(&to) {
            list.insert(at, to);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many taxa lie under a code, itself not among them.
    fn under(law: &Law, code: &str) -> usize {
        let below = |taxon: &&Taxon| law.line(&taxon.code).skip(1).any(|whole| whole.code == code);
        law.taxa().iter().filter(below).count()
    }

    #[test]
    fn every_instrument_has_as_many_items_as_its_text() {
        let law = Law::new().unwrap();
        for (code, items) in [
            ("rome-statute:6", 5),
            ("rome-statute:7", 11),
            ("rome-statute:8.2.a", 8),
            ("rome-statute:8.2.b", 29),
            ("rome-statute:8.2.c", 4),
            ("rome-statute:8.2.e", 19),
            ("rome-statute:8", 4 + 8 + 29 + 4 + 19),
            ("rome-statute:8bis", 7),
            ("genocide-convention:2", 5),
            ("genocide-convention:3", 5),
            ("convention-on-enforced-disappearance:25", 2),
            ("geneva-conventions:3", 5),
        ] {
            assert_eq!(under(&law, code), items, "{code}");
        }
        let ids: Vec<&str> = law.instruments().iter().map(|i| i.id.as_str()).collect();
        assert_eq!(ids.len(), 5, "{ids:?}");
    }

    #[test]
    fn an_amendment_tells_source_and_day_of_what_it_added() {
        let law = Law::new().unwrap();
        let taxon = |code| law.taxon(code).unwrap();
        assert_eq!(taxon("rome-statute:8.2.e.xviii").in_force, "2020-04-02");
        assert_eq!(taxon("rome-statute:8.2.e.xii").in_force, "2002-07-01");
        assert_eq!(taxon("rome-statute:8bis.2.a").source, "resolution RC/Res.6 of 2010-06-11");
    }

    #[test]
    fn crosswalks_lead_there_and_back() {
        let law = Law::new().unwrap();
        for taxon in law.taxa() {
            for (to, back) in
                taxon.same.iter().map(|c| (c, true)).chain(taxon.near.iter().map(|c| (c, false)))
            {
                let other = law.taxon(to).unwrap();
                let list = if back { &other.same } else { &other.near };
                assert!(list.contains(&taxon.code), "{} to {to}", taxon.code);
            }
        }
    }

    #[test]
    fn what_does_not_hold_together_is_refused_by_file_and_code() {
        let head =
            "instrument='x'\nname='X'\nsource='s'\nadopted='2000-01-01'\nin_force='2000-01-01'\n";
        let taxon = |code: &str, more: &str| {
            format!("[[taxon]]\ncode='{code}'\nname='n'\narticle='1'\n{more}\n")
        };
        for (taxa, says) in [
            (taxon("x:1", "") + &taxon("x:1", ""), "x:1: stands there twice"),
            (taxon("x:1", "parent='x:2'"), "x:1: its parent x:2 does not stand above it"),
            (taxon("y:1", ""), "y:1: begins otherwise than x:"),
            (taxon("x:1", "same=['x:2']"), "x:1: there is no other taxon x:2"),
            (taxon("x:1", "near=['x:1']"), "x:1: there is no other taxon x:1"),
            (taxon("x:1", "amendment='a'"), "x:1: there is no amendment \"a\""),
        ] {
            let error = Law::of(&[("x.toml", &format!("{head}{taxa}"))]).unwrap_err();
            assert_eq!(error.to_string(), format!("pack file ../law/x.toml: {says}"));
        }
    }
}
