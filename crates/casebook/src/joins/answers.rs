//! Denials that answer accusations of other documents. Only where the one who is accused denies, in
//! words that the accusation has too, and no statement of its own document is answered by it.

use onrecord_record::{Act, LinkKind, Record};

use super::parts::{Answer, Spoken, Spot};
use super::tellings::shared;
use crate::error::Error;
use crate::store::Store;
use crate::store::sqlite::word;

/// So many days after an accusation a denial may come.
const DAYS: i32 = 60;
/// So many accusations or denials are looked at.
const LOOKED_AT: u32 = 100;

/// The statements by which a record's allegations charge somebody, with whom.
pub(super) fn charges<'r>(
    record: &'r Record,
    known: &'r std::collections::BTreeMap<u32, u32>,
) -> impl Iterator<Item = (usize, u32)> + 'r {
    record.allegations.iter().flat_map(move |allegation| {
        let accused = allegation.accused.iter().filter_map(move |accused| {
            let number = u32::try_from(accused.actor?.index()).ok()?.checked_add(1)?;
            known.get(&number).copied()
        });
        accused.flat_map(move |leaf| allegation.by.iter().map(move |by| (by.index(), leaf)))
    })
}

/// Links statements to what they answer in other documents and to what answers them there.
pub(super) fn place(store: &mut dyn Store, spoken: &[Spoken]) -> Result<(), Error> {
    for spoken in spoken {
        if is_open_denial(store, spoken)? {
            let root = store.leaf(spoken.leaf)?.map_or(spoken.leaf, |leaf| leaf.root);
            let days = spoken.days().map(|(first, last)| (first - DAYS, last));
            let accusations = store.charging(root, days, LOOKED_AT)?;
            let best = best(accusations.iter(), |accusation| weight(spoken, accusation));
            if let Some(accusation) = best {
                put(store, spoken.spot, accusation.spot)?;
            }
        }
        for leaf in store.charged_by(spoken.spot)? {
            let root = store.leaf(leaf)?.map_or(leaf, |leaf| leaf.root);
            let days = spoken.days().map(|(first, last)| (first, last + DAYS));
            for denial in store.spoken_by(root, days, LOOKED_AT)? {
                let answers = store.answers_of(denial.spot)?;
                let free = answers.iter().all(|answer| answer.from != denial.spot);
                if free && is_open_denial(store, &denial)? && weight(&denial, spoken).is_some() {
                    put(store, denial.spot, spoken.spot)?;
                }
            }
        }
    }
    Ok(())
}

fn put(store: &mut dyn Store, from: Spot, to: Spot) -> Result<(), Error> {
    store.put_answer(&Answer { from, to, kind: word(LinkKind::Denies) })
}

/// Whether a statement denies and its own document does not tell what.
fn is_open_denial(store: &dyn Store, spoken: &Spoken) -> Result<bool, Error> {
    if spoken.act != word(Act::Deny) || !spoken.affirmed || spoken.leaf == 0 {
        return Ok(false);
    }
    let links = store.links_of(spoken.spot)?;
    Ok(links.iter().all(|(from, _, _)| *from != spoken.spot))
}

fn best<'s>(
    of: impl Iterator<Item = &'s Spoken>,
    weight: impl Fn(&Spoken) -> Option<f64>,
) -> Option<&'s Spoken> {
    let weighed = of.filter_map(|spoken| Some((weight(spoken)?, spoken)));
    weighed.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.spot.cmp(&a.1.spot))).map(|(_, s)| s)
}

/// How well a denial answers an accusation; `None` where it does not.
fn weight(denial: &Spoken, accusation: &Spoken) -> Option<f64> {
    let (count, of_all, of_fewer) = shared(&denial.words, &accusation.words);
    let apart =
        denial.spot.document != accusation.spot.document && (denial.leaf != accusation.leaf);
    let fits = match (denial.days(), accusation.days()) {
        (Some(_), Some(_)) => count >= 3 && of_fewer >= 0.5,
        // Nothing tells that the denial came after it.
        _ => count >= 4 && of_fewer >= 0.6,
    };
    (apart && fits).then_some(of_all + of_fewer)
}
