//! Whose words the content of an attribution is.

use onrecord_language::{Analysis, TokenId};
use onrecord_record::{Extent, Manner};

/// Whether all of some content, some of it or none stands in quotation marks: for the gold's as for
/// ours, so that both are split alike.
#[must_use]
pub(super) fn manner(content: &[Extent], analysis: &Analysis<'_>) -> Manner {
    let (mut quoted, mut plain) = (false, false);
    for extent in content {
        let first = analysis.tokens.partition_point(|token| token.extent.end <= extent.start);
        let tokens = analysis.tokens[first..].iter().zip(first..);
        for (token, place) in tokens.take_while(|(token, _)| token.extent.start < extent.end) {
            if !token.shape.is_mark() {
                match analysis.quoted(TokenId::at(place)) {
                    true => quoted = true,
                    false => plain = true,
                }
            }
        }
    }
    match (quoted, plain) {
        (true, false) => Manner::Direct,
        (true, true) => Manner::Mixed,
        (false, _) => Manner::Indirect,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ENGLISH;
    use onrecord_language::Language;
    use onrecord_packs::Pack;

    #[test]
    fn quotation_marks_tell_the_manner() {
        let language = Language::compile(&Pack::find(ENGLISH).unwrap().unwrap()).unwrap();
        let text = "The harbour board called it \"a quiet year\" for the ferries of Lumen.";
        let analysis = language.analyse_paragraph(text);
        let of = |words: &str| {
            let start = text.find(words).unwrap();
            manner(&[Extent::at(start..start + words.len())], &analysis)
        };
        assert_eq!(of("\"a quiet year\""), Manner::Direct);
        assert_eq!(of("a quiet year"), Manner::Direct);
        assert_eq!(of("it \"a quiet year\""), Manner::Mixed);
        assert_eq!(of("for the ferries"), Manner::Indirect);
        assert_eq!(manner(&[], &analysis), Manner::Indirect);
    }
}
