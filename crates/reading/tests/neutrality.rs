//! Swapping the parties of a text swaps them in the record and changes nothing else; and a word that
//! judges stays the word of whoever said it.
#![allow(clippy::unwrap_used, missing_docs)]

mod story;

use onrecord_record::{ActorId, Record, SourceKind, Span};
use story::read;

/// Sentences and stories about two parties, `{A}` and `{B}`.
const TEXTS: [&str; 88] = [
    // Accusations and denials.
    "{A} on Monday accused {B} of shelling a clinic, an accusation {B} has denied.",
    "“{B} broke the truce,” {A} said in a statement. {B} rejected the charge as a lie.",
    "{A} denied that it had taken hostages. {B} said {A} held more than 30 of its soldiers.",
    "{A} was accused by {B} of torture. It said the claim was “without any basis”.",
    "{A} denied on Tuesday that it had burned the village, a charge made by {B} last week.",
    "{A} rejected a claim by {B} that it had hidden weapons in a school.",
    "{A} has repeatedly accused {B} of using children as soldiers. {B} denies this.",
    "{B} dismissed as propaganda a report in which {A} accused it of killing prisoners.",
    "An accusation by {A} that {B} had poisoned the wells could not be verified.",
    "{A} blamed {B} for the fire, and {B} blamed {A}.",
    "{A} and {B} accused each other of breaking the truce.",
    "{B}, which has been accused by {A} of war crimes, said the charges were invented.",
    "{A} neither confirmed nor denied that it had fired at {B}.",
    "The claim, made by {A} and denied by {B}, was first heard in May.",
    "{A} stood by its accusation that {B} had bought votes. {B} called it absurd.",
    "{A} alleged that {B} had paid the judges. {B} said that was false.",
    // Who says what about whom.
    "{A} said that 12 civilians were killed by {B}. {B} did not say how many died.",
    "{B} warned {A} not to cross the river, and {A} vowed to answer any attack.",
    "According to {A}, {B} shot at least 40 prisoners. {B} called the report “false”.",
    "A witness said {A} opened fire first. {B} claimed that {A} had killed two of its men.",
    "{A} said on Friday that {B} had agreed to talks.",
    "{A} told {B} in a letter that it would not wait.",
    "“We never agreed to this,” {A} said of the plan that {B} had put forward.",
    "“We never agreed to this,” said {A}. “Nobody asked us.” {B} did not comment.",
    "{A} announced that it would open its archives. {B} said it would do the same.",
    "{A} believes that {B} will not keep the agreement.",
    "{A} says it has proof that {B} planned the attack.",
    "{A} insisted that the road was open, but {B} said it was mined.",
    "{A} confirmed a report by {B} that the bridge had fallen.",
    "{A} reported that nine of its members were missing after a clash with {B}.",
    "{A} promised to pay {B} for the damage.",
    "{A} called on {B} to free all prisoners.",
    "{A} urged {B} to let doctors into the town.",
    "{A} demanded an apology from {B}. {B} refused.",
    "{A} asked {B} to publish the names of the dead.",
    "{A} ordered its people to leave, {B} said.",
    "{A} admitted that it had fired first. {B} welcomed the admission.",
    "{A} estimated that {B} had lost about 300 men.",
    "{A} put the number of dead at 45; {B} spoke of fewer than 20.",
    "{A} found in its review that {B} had broken the rules.",
    "{A} concluded that {B} was responsible for the deaths of 17 people.",
    "A report by {A} says that {B} held 60 men in a cellar.",
    "The attack was carried out by {B}, {A} said, citing two survivors.",
    "A witness who did not wish to be named said {A} had attacked {B}.",
    "A source close to {A} said {B} was ready to talk.",
    "{A} did not say whether {B} had been told.",
    "{A} declined to say how many of {B} were held.",
    "{A} could not confirm that {B} was behind the attack.",
    // One statement in another.
    "{A} said that {B} had denied the killing.",
    "{A} said {B} had warned of an attack in March.",
    "{B} acknowledged, {A} said, that mistakes had been made.",
    "{A} claims that {B} promised to leave the valley by June.",
    // Figures and times.
    "At least 23 people were killed when {A} attacked {B} on Sunday.",
    "{A} said 95 people were injured, 12 of them members of {B}.",
    "{A} released 40 prisoners on Monday, and {B} freed 25.",
    "Between 50 and 60 people were detained by {A} last week, according to {B}.",
    "More than 6,000 people have fled since {A} entered the town, {B} said on Thursday.",
    "{A} claimed on March 1 to have killed dozens of fighters of {B}.",
    "{A} said {B} had stolen $4 million.",
    "Two of the four men shot by {A} belonged to {B}, a doctor said.",
    // Courts.
    "{A} filed a lawsuit against {B} on Monday, claiming that it had been cheated.",
    "Prosecutors charged two members of {A} with murder after a complaint by {B}.",
    "The judges found that {A} had ordered the attack and that {B} had not.",
    "The tribunal ruled on Thursday that {A} must pay {B} 2 million dollars.",
    "{A} said it would appeal against the verdict. {B} called the verdict just.",
    "A commission said it was not able to establish whether {A} or {B} had fired the shell.",
    // Words of international law.
    "{A} accused {B} of genocide, and {B} said the word was an insult.",
    "{A} said that {B} had committed war crimes and crimes against humanity.",
    "The group said that {A}, and to a lesser extent {B}, was responsible for torture.",
    "{A} accused {B} of raping prisoners, a charge that {B} has always denied.",
    "{A} said {B} had used starvation as a weapon.",
    // Stories.
    "{A} on Wednesday denied a report that it had shelled a market. “This is a lie,” it said.\n\n\
     The report, published by {B}, said 14 people had died. {B} said it stood by every word.",
    "Talks between {A} and {B} broke down on Friday.\n\n\
     “They came to shout, not to talk,” {A} said in a statement. {B} said that {A} had left first.\n\n\
     Both said they were ready to meet again.",
    "{B} has called off a march planned for Sunday after {A} warned of violence.\n\n\
     “We do not want blood,” {B} said. {A} thanked it.",
    "A fire killed seven people in a hall used by {A} on Saturday.\n\n\
     {A} blamed {B}, which denied any part in it. Investigators said the cause was not known.",
    "{A} said on Monday that it had found 31 bodies in a well.\n\n\
     It accused {B} of the killings. {B} said the dead were its own people, shot by {A}.",
    "{A} has published a list of 210 people who it says were abducted by {B}.\n\n\
     {B} called the list “a work of fiction”. It said that 50 of the people named were living abroad.",
    "Observers said that {A} and {B} had both broken the rules of the vote.\n\n\
     {A} rejected the finding. {B} did not comment.",
    "A boat with 60 people on board sank on Thursday, {A} said. {B} put the number at 48.\n\n\
     “We searched all night,” {A} said. It thanked {B} for its help.",
    "“I saw men of {A} beat him,” a witness told the court. {A} has denied the charge.\n\n\
     {B} said it would publish the names of the men.",
    "{A} said {B} had paid 3 million dollars to two ministers.\n\n\
     {B} denied paying anybody. “Not a cent,” it said in a statement on Tuesday.",
    "{A} withdrew from the talks on Tuesday, accusing {B} of bad faith.\n\n\
     {B} replied that {A} had never meant to stay.",
    "{A} accepts the result, it said on Sunday. {B}, which lost by 200 votes, demanded a recount.",
    "{A}’s claim that {B} had started the fire was supported by two witnesses.",
    "{B} rejected {A}’s accusation as baseless.",
    "In its statement {A} accused {B} of “a cowardly act”. {B} said nothing.",
    "{A} warned that thousands could die if {B} did not open the road.",
    "It was {A}, not {B}, that asked for the meeting, a diplomat said.",
];

/// Parties of the same kind and of different kinds.
const PARTIES: [(&str, &str); 16] = [
    ("Kesh", "Oland"),
    ("France", "Japan"),
    ("Nigeria", "Canada"),
    ("India", "Pakistan"),
    ("Oland", "the Harbour Front"),
    ("the defence ministry", "the Harbour Front"),
    ("Doctors Abroad", "the police"),
    ("the Northern Church", "the Southern Church"),
    ("the Muslim Council", "the Christian Alliance"),
    ("the Interior Ministry", "Safe Passage"),
    ("the Dockers’ Union", "the police"),
    ("the Farmers’ Party", "the Labour League"),
    ("Kolvar Coal", "the River Villages Committee"),
    ("the army", "the Delta Brigades"),
    ("the Kesh army", "the Delta Brigades"),
    ("the army of Kesh", "the Delta Brigades"),
];

/// What a record says, one line an item, its parties by name.
fn lines(record: &Record) -> Vec<String> {
    let words = |span: &Span| span.text.to_lowercase();
    let name = |actor: Option<ActorId>| Some(record.actor(actor?).map(|a| a.name.to_lowercase()));
    let party = |kind: SourceKind, actor: Option<ActorId>| format!("{kind:?} {:?}", name(actor));
    let mut lines: Vec<String> = Vec::new();
    for s in &record.statements {
        let cue = s.cue.as_ref().map(|cue| words(&cue.span));
        let content: Vec<String> = s.content.iter().map(words).collect();
        let said = s.said.as_ref().map(|when| &when.value);
        let medium = s.medium.as_ref().map(|medium| (medium.kind, words(&medium.span)));
        let to: Vec<_> = s.to.iter().map(|to| name(Some(*to))).collect();
        lines.push(format!(
            "{} {} {:?} {cue:?} {content:?} {:?} {:?} {:?} {said:?} {medium:?} {to:?} {:?} {}",
            s.id,
            party(s.source.kind, s.source.actor),
            s.source.span.as_ref().map(words),
            s.act,
            s.manner,
            s.polarity,
            s.within,
            s.confidence,
        ));
    }
    for g in &record.allegations {
        let conduct: Vec<_> = g.conduct.iter().map(|c| (&c.taxon.0, words(&c.span))).collect();
        let accused: Vec<_> = g.accused.iter().map(|a| (name(a.actor), a.degree)).collect();
        let answers = (&g.by, g.standing, &g.responses, g.confidence);
        lines.push(format!("{} {conduct:?} {accused:?} {answers:?}", g.id));
    }
    for f in &record.figures {
        let values = (f.low, f.high, &f.counted, f.approximate, f.statement, f.part_of);
        let values = (values, f.confidence);
        let source = party(f.source.kind, f.source.actor);
        lines.push(format!("{} {} {values:?} {source}", f.id, words(&f.span)));
    }
    for p in &record.proceedings {
        let steps: Vec<_> =
            p.steps.iter().map(|s| (s.step, words(&s.span), s.confidence)).collect();
        let [forum, subject] = [p.forum, p.subject].map(name);
        lines.push(format!(
            "{} {:?} {forum:?} {subject:?} {steps:?} {}",
            p.id, p.instrument, p.confidence
        ));
    }
    lines.extend(record.links.iter().map(|link| format!("{link:?}")));
    lines
}

/// The text with its parties in, and a capital where a sentence begins.
fn told(text: &str, a: &str, b: &str) -> String {
    let mut told = String::new();
    let mut begins = true;
    for c in text.replace("{A}", a).replace("{B}", b).chars() {
        if begins && c.is_alphanumeric() {
            told.extend(c.to_uppercase());
            begins = false;
        } else {
            told.push(c);
            begins |= c == '\n' || told.ends_with(". ") || told.ends_with(".” ");
            begins &= !c.is_alphanumeric();
        }
    }
    told
}

#[test]
fn swapping_the_parties_swaps_them_and_changes_nothing_else() {
    let mut items = 0;
    let mut faults = Vec::new();
    for text in TEXTS {
        for (one, other) in PARTIES {
            let tell = |a: &str, b: &str| lines(&read(&told(text, a, b)));
            let bare = |name: &str| name.strip_prefix("the ").unwrap_or(name).to_lowercase();
            // An article goes along with its name.
            let without_article = |line: String| {
                line.replace(&one.to_lowercase(), &bare(one))
                    .replace(&other.to_lowercase(), &bare(other))
            };
            let swap = |line: String| {
                let marked = without_article(line).replace(&bare(one), "\u{1}");
                marked.replace(&bare(other), &bare(one)).replace('\u{1}', &bare(other))
            };
            let straight: Vec<String> = tell(one, other).into_iter().map(swap).collect();
            let swapped: Vec<String> = tell(other, one).into_iter().map(without_article).collect();
            if straight != swapped {
                faults.push(format!("{text}\n{one} / {other}\n{straight:#?}\n{swapped:#?}"));
            }
            items += straight.len();
        }
    }
    assert!(faults.is_empty(), "{} differ:\n{}", faults.len(), faults.join("\n\n"));
    assert!(items > 2000, "only {items} items were compared");
}

/// Sentences with a word that judges, the same without it, and that word where a source says it.
const JUDGED: [(&str, &str, Option<&str>); 12] = [
    (
        "Terrorist leader Ada Venn denied the charge.",
        "Rebel leader Ada Venn denied the charge.",
        None,
    ),
    (
        "Self-styled president Ada Venn denied the charge.",
        "Acting president Ada Venn denied the charge.",
        None,
    ),
    (
        "So-called defence minister Ada Venn denied the charge.",
        "Former defence minister Ada Venn denied the charge.",
        None,
    ),
    (
        "Kesh said the terrorist Harbour Front had burned the bridge.",
        "Kesh said the Harbour Front had burned the bridge.",
        Some("terrorist"),
    ),
    (
        "“The terrorist Harbour Front lies,” the ministry said.",
        "“The Harbour Front lies,” the ministry said.",
        Some("terrorist"),
    ),
    (
        "The ministry called the Harbour Front a terrorist organisation.",
        "The ministry called the Harbour Front an organisation.",
        Some("terrorist"),
    ),
    (
        "The Front said the criminal regime in Kesh would fall.",
        "The Front said the government in Kesh would fall.",
        Some("regime"),
    ),
    (
        "The so-called Harbour Front denied the charge.",
        "The Harbour Front denied the charge.",
        None,
    ),
    (
        "The terrorist Harbour Front said it would fight on.",
        "The Harbour Front said it would fight on.",
        None,
    ),
    ("The extremist Doctors Abroad denied the charge.", "Doctors Abroad denied the charge.", None),
    (
        "The ministry said the so-called doctors of Safe Passage were spies.",
        "The ministry said the doctors of Safe Passage were spies.",
        Some("so-called"),
    ),
    (
        "“Puppet minister Ada Venn will pay,” the Harbour Front said.",
        "“Minister Ada Venn will pay,” the Harbour Front said.",
        Some("puppet"),
    ),
];

/// The words that judge.
const WORDS: [&str; 7] =
    ["self-styled", "terrorist", "so-called", "regime", "extremist", "puppet", "criminal"];

#[test]
fn a_word_that_judges_stays_its_source_s_and_tells_nothing_of_ours() {
    let mut faults = Vec::new();
    for (judged, plain, word) in JUDGED {
        let [judged, plain] = [judged, plain].map(read);
        let sources = |record: &Record| {
            let sources = record.statements.iter().filter_map(|s| record.actor(s.source.actor?));
            sources.map(|actor| (actor.name.to_lowercase(), actor.kind)).collect::<Vec<_>>()
        };
        let text = &judged.document.text;
        assert!(!sources(&plain).is_empty(), "{text}: no statement by an actor");
        if sources(&judged) != sources(&plain) {
            faults.push(format!("{text}: {:?} {:?}", sources(&judged), sources(&plain)));
        }
        for role in judged.actors.iter().flat_map(|actor| &actor.roles) {
            let title = role.title.to_lowercase();
            if WORDS.iter().any(|word| title.contains(word)) {
                faults.push(format!("{text}: role {title}"));
            }
        }
        let content: String = judged
            .statements
            .iter()
            .flat_map(|s| &s.content)
            .map(|c| c.text.to_lowercase())
            .collect();
        assert!(word.is_none_or(|word| content.contains(word)), "{text}: {content}");
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
