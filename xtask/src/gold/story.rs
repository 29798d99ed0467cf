//! A story with its expected record, as `corpora/README.md` tells the form.

use std::path::Path;

use onrecord_record::{
    Act, ActorKind, Extent, Instrument, LinkKind, MediumKind, RoleStatus, Standing, State, StepKind,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::words::{Mark, Words};
use crate::Outcome;

/// Parts the story from its record.
const RULE: &str = "==========";
/// Stands for an actor where a source has no name, and for nothing in particular in a proceeding.
pub(super) const UNNAMED: &str = "unnamed";
/// Stands for the source of a figure that nobody gives.
pub(super) const NARRATOR: &str = "narrator";

/// A story and what a careful reader records of it.
#[derive(Debug)]
pub(super) struct Story {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) published: String,
    pub(super) actors: Vec<Actor>,
    pub(super) statements: Vec<Statement>,
    pub(super) figures: Vec<Figure>,
    pub(super) proceedings: Vec<Proceeding>,
    pub(super) allegations: Vec<Allegation>,
}

/// An item's name in its story, and whether it may be left out.
#[derive(Debug, Clone)]
pub(super) struct Label {
    pub(super) id: String,
    pub(super) optional: bool,
}

#[derive(Debug)]
pub(super) struct Actor {
    pub(super) optional: bool,
    /// Its name, then other words that may stand for it.
    pub(super) names: Vec<String>,
    pub(super) kinds: Vec<ActorKind>,
    pub(super) roles: Vec<Role>,
}

#[derive(Debug)]
pub(super) struct Role {
    pub(super) status: RoleStatus,
    pub(super) title: String,
    pub(super) of: Option<String>,
}

#[derive(Debug)]
pub(super) struct Statement {
    pub(super) label: Label,
    pub(super) acts: Vec<Act>,
    /// Whose it is, any of these.
    pub(super) sources: Vec<String>,
    pub(super) all: Extent,
    pub(super) cue: Option<Extent>,
    pub(super) content: Vec<Extent>,
    pub(super) said: Option<String>,
    pub(super) medium: Option<MediumKind>,
    pub(super) within: Option<String>,
    pub(super) to: Option<String>,
    pub(super) negated: bool,
    pub(super) links: Vec<(LinkKind, String)>,
}

#[derive(Debug)]
pub(super) struct Figure {
    pub(super) label: Label,
    pub(super) counted: Vec<String>,
    pub(super) value: Range,
    pub(super) all: Extent,
    pub(super) sources: Vec<String>,
    pub(super) part_of: Option<String>,
}

/// What a figure can be; `None` is open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Range {
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    pub(super) approximate: bool,
}

#[derive(Debug)]
pub(super) struct Proceeding {
    pub(super) label: Label,
    pub(super) instruments: Vec<Instrument>,
    pub(super) forum: Option<String>,
    pub(super) subject: Option<String>,
    pub(super) states: Vec<State>,
    pub(super) steps: Vec<Step>,
}

#[derive(Debug)]
pub(super) struct Step {
    pub(super) optional: bool,
    pub(super) steps: Vec<StepKind>,
    pub(super) on: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) all: Extent,
}

#[derive(Debug)]
pub(super) struct Allegation {
    pub(super) label: Label,
    pub(super) taxa: Vec<String>,
    /// Who is accused, any of these.
    pub(super) accused: Vec<String>,
    pub(super) standings: Vec<Standing>,
    /// The statements that allege it, any of these.
    pub(super) by: Vec<String>,
    pub(super) answers: Vec<(LinkKind, String)>,
    pub(super) limits: Option<Extent>,
}

impl Story {
    /// Reads a story's file.
    ///
    /// # Errors
    /// With the line where the file is not of the form, or its words are not in the story or stand in
    /// several places.
    pub(super) fn read(path: &Path, file: &str) -> Outcome<Self> {
        let name = path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
        let rule = format!("\n{RULE}\n");
        let Some((text, items)) = file.split_once(&rule) else {
            return Err(format!("{}: no line {RULE} below the story", path.display()));
        };
        let first = text.lines().count() + 2;
        let text = format!("{text}\n");
        let blame = |line: usize, why: &str| format!("{}:{line}: {why}", path.display());
        if let Some(at) = text.lines().position(|line| line.contains(Mark::is_kept)) {
            return Err(blame(at + 1, "a story holds no …, |, *, <, >, { or }"));
        }
        let words = Words::of(&text);
        let mut story = Self {
            name,
            text,
            published: String::new(),
            actors: Vec::new(),
            statements: Vec::new(),
            figures: Vec::new(),
            proceedings: Vec::new(),
            allegations: Vec::new(),
        };
        for (line, number) in items.lines().zip(first..) {
            story.add(line, &words).map_err(|why| blame(number, &why))?;
        }
        story.check(&words).map_err(|why| blame(first, &why))?;
        Ok(story)
    }

    fn add(&mut self, line: &str, words: &Words) -> Outcome<()> {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if line.starts_with(' ') {
            let last = self.proceedings.last_mut().ok_or("a step stands below its proceeding")?;
            last.steps.push(step(&cells, words)?);
            return Ok(());
        }
        let label = Label {
            id: cells[0].trim_end_matches('?').to_owned(),
            optional: cells[0].ends_with('?'),
        };
        match (label.id.as_str(), label.id.chars().next()) {
            ("published", _) => cells.get(1).copied().unwrap_or("").clone_into(&mut self.published),
            ("actor", _) => self.actors.push(actor(label.optional, &cells, words)?),
            (_, Some('s')) => self.statements.push(statement(label, &cells, words)?),
            (_, Some('f')) => self.figures.push(figure(label, &cells, words)?),
            (_, Some('p')) => self.proceedings.push(proceeding(label, &cells)?),
            (_, Some('g')) => self.allegations.push(allegation(label, &cells, words)?),
            _ => {
                let why = "a line begins with published, actor, or an id of s, f, p or g";
                return Err(format!("{why}, not {:?}", cells[0]));
            }
        }
        Ok(())
    }

    /// Whether all that lines name is there, once.
    fn check(&self, words: &Words) -> Outcome<()> {
        if self.published.len() != "2026-01-01".len() {
            return Err("no line `published | 2026-01-31`".into());
        }
        let labels = self.statements.iter().map(|s| &s.label);
        let labels = labels.chain(self.figures.iter().map(|f| &f.label));
        let labels = labels.chain(self.proceedings.iter().map(|p| &p.label));
        let labels = labels.chain(self.allegations.iter().map(|g| &g.label));
        let mut ids: Vec<&str> = labels.map(|label| label.id.as_str()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        if ids.len() < count {
            return Err("an id is there twice".into());
        }
        let links = self.statements.iter().flat_map(|s| s.links.iter().map(|(_, to)| to));
        let named = links.chain(self.statements.iter().filter_map(|s| s.within.as_ref()));
        let named = named.chain(self.figures.iter().filter_map(|f| f.part_of.as_ref()));
        let named = named.chain(self.allegations.iter().flat_map(|g| &g.by));
        let mut named =
            named.chain(self.allegations.iter().flat_map(|g| g.answers.iter().map(|(_, by)| by)));
        if let Some(id) = named.find(|id| !ids.contains(&id.as_str())) {
            return Err(format!("{id} is named and not there"));
        }
        let proceedings = &self.proceedings;
        let parties = self.statements.iter().flat_map(|s| s.sources.iter().chain(&s.to));
        let parties = parties.chain(self.figures.iter().flat_map(|f| &f.sources));
        let parties =
            parties.chain(proceedings.iter().flat_map(|p| p.forum.iter().chain(&p.subject)));
        let mut parties = parties.chain(self.allegations.iter().flat_map(|g| &g.accused));
        let known = |name: &str| name == UNNAMED || name == NARRATOR || self.actor(name).is_some();
        if let Some(name) = parties.find(|name| !known(name)) {
            return Err(format!("{name} has no line `actor | {name} | …`"));
        }
        let mut names = self.actors.iter().flat_map(|a| &a.names);
        if let Some(name) = names.find(|name| !words.hold(name)) {
            return Err(format!("“{name}” stands nowhere in the story"));
        }
        Ok(())
    }

    /// The actor of a name.
    pub(super) fn actor(&self, name: &str) -> Option<&Actor> {
        self.actors.iter().find(|actor| actor.names.iter().any(|n| n == name))
    }
}

fn actor(optional: bool, cells: &[&str], words: &Words) -> Outcome<Actor> {
    let [_, names, kinds, rest @ ..] = cells else {
        return Err("an actor is `actor | Name; other name | kind | role @ of`".into());
    };
    let roles = rest.iter().flat_map(|cell| cell.split(';')).map(|role| {
        let (title, of) = role.split_once('@').map_or((role, None), |(t, of)| (t, Some(of)));
        let (title, of) = (title.trim(), of.map(|of| of.trim().to_owned()));
        let status =
            title.split_once(' ').and_then(|(first, title)| Some((kind(first).ok()?, title)));
        let (status, title) = status.unwrap_or((RoleStatus::Current, title));
        if !words.hold(title) {
            return Err(format!("“{title}” stands nowhere in the story"));
        }
        Ok(Role { status, title: title.to_owned(), of })
    });
    Ok(Actor {
        optional,
        names: list(names, ";"),
        kinds: any_of(kinds)?,
        roles: roles.collect::<Outcome<_>>()?,
    })
}

fn statement(label: Label, cells: &[&str], words: &Words) -> Outcome<Statement> {
    let [_, acts, sources, quoted, rest @ ..] = cells else {
        return Err("a statement is `s1 | act | source | <who> *said* {what} | more`".into());
    };
    let found = words.find(quoted)?;
    let marked = |mark: Mark| {
        found.marks.iter().filter(move |(kind, _)| *kind == mark).map(|(_, extent)| *extent)
    };
    let mut statement = Statement {
        label,
        acts: any_of(acts)?,
        sources: list(sources, " or "),
        all: found.all,
        cue: marked(Mark::Cue).next(),
        content: marked(Mark::Content).collect(),
        said: None,
        medium: None,
        within: None,
        to: None,
        negated: false,
        links: Vec::new(),
    };
    for (word, value) in options(rest) {
        match word {
            "said" => statement.said = Some(value.to_owned()),
            "in" => statement.medium = Some(kind(value)?),
            "within" => statement.within = Some(value.to_owned()),
            "to" => statement.to = Some(value.to_owned()),
            "negated" => statement.negated = true,
            _ => statement.links.extend(links(word, value)?),
        }
    }
    Ok(statement)
}

fn figure(label: Label, cells: &[&str], words: &Words) -> Outcome<Figure> {
    let [_, counted, value, quoted, rest @ ..] = cells else {
        return Err("a figure is `f1 | killed | 14.. | at least 14 patients | more`".into());
    };
    let mut figure = Figure {
        label,
        counted: list(counted, " or "),
        value: Range::read(value)?,
        all: words.find(quoted)?.all,
        sources: vec![NARRATOR.to_owned()],
        part_of: None,
    };
    for (word, value) in options(rest) {
        match (word, value.strip_prefix("of ")) {
            ("by", _) => figure.sources = list(value, " or "),
            ("part", Some(whole)) => figure.part_of = Some(whole.to_owned()),
            _ => return Err(format!("a figure has no `{word} {value}`")),
        }
    }
    Ok(figure)
}

impl Range {
    fn read(value: &str) -> Outcome<Self> {
        let (approximate, exact) = match value.strip_prefix('~') {
            Some(exact) => (true, exact),
            None => (false, value),
        };
        let end = |end: &str| match end {
            "" => Ok(None),
            end => end.parse().map(Some).map_err(|_| {
                format!("{value} is no figure: write 14, 14.., ..14, 10..14, ~14 or ~24..")
            }),
        };
        let (low, high) = exact.split_once("..").unwrap_or((exact, exact));
        Ok(Self { low: end(low)?, high: end(high)?, approximate })
    }
}

fn proceeding(label: Label, cells: &[&str]) -> Outcome<Proceeding> {
    let [_, instruments, forum, subject, states] = cells else {
        return Err("a proceeding is `p1 | instrument | forum | subject | state`".into());
    };
    let named = |name: &str| (name != "-").then(|| name.to_owned());
    Ok(Proceeding {
        label,
        instruments: any_of(instruments)?,
        forum: named(forum),
        subject: named(subject),
        states: any_of(states)?,
        steps: Vec::new(),
    })
}

fn step(cells: &[&str], words: &Words) -> Outcome<Step> {
    let [head, quoted] = cells else {
        return Err("a step is `  step 2025-05 for reason | words`".into());
    };
    let (head, reason) = match head.split_once(" for ") {
        Some((head, reason)) => (head, Some(reason.to_owned())),
        None => (*head, None),
    };
    let (head, on) = match head.rsplit_once(' ') {
        Some((steps, on)) if on.starts_with(|c: char| c.is_ascii_digit()) => {
            (steps, Some(on.to_owned()))
        }
        _ => (head, None),
    };
    let optional = head.ends_with('?');
    let steps = any_of(head.trim_end_matches('?'))?;
    Ok(Step { optional, steps, on, reason, all: words.find(quoted)?.all })
}

fn allegation(label: Label, cells: &[&str], words: &Words) -> Outcome<Allegation> {
    let [_, taxa, accused, standings, quoted, rest @ ..] = cells else {
        return Err("an allegation is `g1 | taxon | accused | standing | words | more`".into());
    };
    words.find(quoted)?;
    let mut instrument = "";
    let taxa = taxa.split(" or ").map(|taxon| match taxon.split_once(':') {
        Some((of, _)) => {
            instrument = of;
            taxon.to_owned()
        }
        None => format!("{instrument}:{taxon}"),
    });
    let mut allegation = Allegation {
        label,
        taxa: taxa.collect(),
        accused: list(accused, ";"),
        standings: any_of(standings)?,
        by: Vec::new(),
        answers: Vec::new(),
        limits: None,
    };
    for (word, value) in options(rest) {
        match word {
            "by" => allegation.by = value.split(' ').map(ToOwned::to_owned).collect(),
            "limits" => allegation.limits = Some(words.find(value)?.all),
            _ => allegation.answers.extend(links(word, value)?),
        }
    }
    Ok(allegation)
}

/// A word of the contract as a value of its type.
fn kind<T: DeserializeOwned>(word: &str) -> Outcome<T> {
    serde_json::from_value(Value::String(word.trim().to_owned())).map_err(|e| e.to_string())
}

fn any_of<T: DeserializeOwned>(words: &str) -> Outcome<Vec<T>> {
    words.split(" or ").map(kind).collect()
}

fn list(names: &str, between: &str) -> Vec<String> {
    names.split(between).map(|name| name.trim().to_owned()).collect()
}

/// The options of a line, each a word and what follows it.
fn options<'a>(cells: &[&'a str]) -> impl Iterator<Item = (&'a str, &'a str)> {
    let options = cells.iter().flat_map(|cell| cell.split(',')).map(str::trim);
    options.map(|option| option.split_once(' ').unwrap_or((option, "")))
}

/// `denies s1 s2` as links.
fn links(word: &str, ids: &str) -> Outcome<Vec<(LinkKind, String)>> {
    let link = kind::<LinkKind>(word).map_err(|_| format!("no option {word:?}"))?;
    Ok(ids.split(' ').map(|id| (link, id.to_owned())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "The ministry denied it. “No,” it said.\n==========\n\
                         published | 2026-01-31\nactor | ministry | government\n";

    fn fault(line: &str) -> String {
        Story::read(Path::new("a.txt"), &format!("{STORY}{line}\n")).unwrap_err()
    }

    #[test]
    fn a_story_is_read() {
        let lines = "s1? | deny | ministry | <The ministry> *denied* {it} | negated, in report\n\
                     f1 | killed or dead | ~24.. | denied | by ministry, part of f1\n\
                     p1 | trial | - | ministry | decided or closed\n  \
                     convicted? 2025-05 for death | it said\n";
        let story = Story::read(Path::new("b/a.txt"), &format!("{STORY}{lines}")).unwrap();
        assert_eq!((story.name.as_str(), story.text.len()), ("a", 43));
        let statement = &story.statements[0];
        assert!(statement.label.optional && statement.negated);
        assert_eq!(statement.cue.unwrap().of(&story.text), Some("denied"));
        let range = Range { low: Some(24.0), high: None, approximate: true };
        assert_eq!(story.figures[0].value, range);
        let step = &story.proceedings[0].steps[0];
        assert_eq!((step.on.as_deref(), step.reason.as_deref()), (Some("2025-05"), Some("death")));
    }

    #[test]
    fn a_fault_is_told_with_its_line() {
        let denied = "*denied*";
        for (line, says) in [
            ("s1 | deny | ministry | *refused*", "a.txt:5: “refused” stands nowhere in the story"),
            ("s1 | deny | ministry | {it}", "a.txt:5: “it” stands in 2 places: quote more"),
            (&format!("s1 | deny | army | {denied}"), "a.txt:3: army has no line"),
            (&format!("s1 | shout | ministry | {denied}"), "a.txt:5: unknown variant `shout`"),
            (&format!("s1 | deny | ministry | {denied} | denies s9"), "a.txt:3: s9 is named and"),
            ("f1 | killed | some | denied", "a.txt:5: some is no figure"),
            ("t1 | killed", "a.txt:5: a line begins with published, actor, or an id"),
            ("  issued | denied", "a.txt:5: a step stands below its proceeding"),
        ] {
            let fault = fault(line);
            assert!(fault.starts_with(says), "{fault}");
        }
    }
}
