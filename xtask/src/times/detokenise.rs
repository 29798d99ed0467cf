//! Detokenisation: the text that tokens of English were cut from, as near as they tell.

use std::ops::Range;

/// Marks that stand at the word before them.
const CLOSING: [&str; 15] =
    [",", ".", ";", ":", "!", "?", "...", ")", "]", "%", "''", "”", "’", "'", "n't"];
/// Marks that stand at the word behind them.
const OPENING: [&str; 10] = ["(", "[", "$", "#", "£", "€", "¥", "``", "`", "“"];

/// The text of some tokens, each with the number of its sentence, and where each stands in it. A
/// sentence is a paragraph. Quotation marks of the Penn Treebank are set as print does.
pub(super) fn text(tokens: &[(usize, &str)]) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut places = Vec::new();
    let mut quoted = false;
    let mut joins = true;
    for (at, &(sentence, word)) in tokens.iter().enumerate() {
        let of_sentence = |place: Option<usize>| {
            place.and_then(|at| tokens.get(at)).is_some_and(|(other, _)| *other == sentence)
        };
        let (first, last) = (!of_sentence(at.checked_sub(1)), !of_sentence(Some(at + 1)));
        if word == "\"" {
            quoted = first || (!quoted && !last);
        } else if word == "``" || word == "''" {
            quoted = word == "``";
        }
        if first && at > 0 {
            text.push_str("\n\n");
        } else if !joins && !joins_left(word, quoted) {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(match word {
            "``" | "''" => "\"",
            "`" => "'",
            word => word,
        });
        places.push(start..text.len());
        joins = joins_right(word, quoted);
    }
    (text, places)
}

/// Whether a token stands at the one before it: a closing mark, or an ending such as `'s`.
fn joins_left(word: &str, quoted: bool) -> bool {
    let ending = word.strip_prefix('\'').is_some_and(|rest| rest.starts_with(char::is_lowercase));
    ending || CLOSING.contains(&word) || (word == "\"" && !quoted)
}

/// Whether a token stands at the one behind it: an opening mark, or the front of `I'm` or `O'Hara`.
fn joins_right(word: &str, quoted: bool) -> bool {
    let front = word == "’" || (word.ends_with('\'') && word.len() > 1 && word != "''");
    front || word.ends_with('$') || OPENING.contains(&word) || (word == "\"" && quoted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(sentences: &[&str]) -> String {
        let words = sentences.iter().zip(0..).flat_map(|(s, n)| s.split(' ').map(move |w| (n, w)));
        let tokens: Vec<(usize, &str)> = words.collect();
        let (text, places) = text(&tokens);
        assert_eq!(tokens.len(), places.len());
        for ((_, word), place) in tokens.iter().zip(places) {
            let set = &text[place];
            assert!(set == *word || ["``", "''", "`"].contains(word), "{word:?} became {set:?}");
        }
        text
    }

    #[test]
    fn tokens_stand_as_in_print() {
        let tokens = "The town 's mayor ( 61 ) ca n't pay US$ 5 million , or 3 % .";
        assert_eq!(told(&[tokens]), "The town's mayor (61) can't pay US$5 million, or 3%.");
        assert_eq!(told(&["since '82 , I' m told"]), "since '82, I'm told");
        assert_eq!(told(&["It ’ s late"]), "It’s late");
    }

    #[test]
    fn quotation_marks_open_and_close() {
        assert_eq!(told(&["`` Go , '' he said ."]), "\"Go,\" he said.");
        assert_eq!(told(&["\" Go \" , he \" may \""]), "\"Go\", he \"may\"");
        assert_eq!(told(&["She said : \" Go .", "Now . \""]), "She said: \"Go.\n\nNow.\"");
    }
}
