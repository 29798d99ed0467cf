//! Allegations by the article of law that their conduct falls under.

use onrecord_record::{Allegation, Record, Taxon};

/// The allegations that fall under one article.
#[derive(Debug)]
pub(crate) struct Article<'r> {
    pub(crate) taxon: &'r Taxon,
    /// In the order of the record.
    pub(crate) allegations: Vec<Listed<'r>>,
}

/// An allegation in its list. One of conduct under several articles stands in several lists.
#[derive(Debug)]
pub(crate) struct Listed<'r> {
    pub(crate) allegation: &'r Allegation,
    /// The article under which it is told in full, where that is another.
    pub(crate) in_full: Option<&'r Taxon>,
}

/// The articles that a record alleges, in the order in which they come up.
pub(crate) fn articles(record: &Record) -> Vec<Article<'_>> {
    let mut articles: Vec<Article<'_>> = Vec::new();
    for allegation in &record.allegations {
        let mut in_full = None;
        for (i, conduct) in allegation.conduct.iter().enumerate() {
            if allegation.conduct[..i].iter().any(|other| other.taxon == conduct.taxon) {
                continue;
            }
            let listed = Listed { allegation, in_full };
            match articles.iter_mut().find(|article| *article.taxon == conduct.taxon) {
                Some(article) => article.allegations.push(listed),
                None => articles.push(Article { taxon: &conduct.taxon, allegations: vec![listed] }),
            }
            in_full = in_full.or(Some(&conduct.taxon));
        }
    }
    articles
}
