//! Names for comparing, in any script.

use crate::copies::words;

/// A name's words for comparing, in lower case. Words in small letters before the first capital one
/// do not count, and single letters that follow each other are one word: `H.W.` is `hw`.
pub(crate) fn folded(name: &str) -> Vec<String> {
    let capital = name.find(char::is_uppercase).unwrap_or(0);
    let from = name[..capital].rfind(char::is_whitespace).map_or(0, |space| space + 1);
    let mut folded: Vec<String> = Vec::new();
    let mut letters = false;
    for word in words(&name[from..]) {
        let letter = word.chars().count() == 1;
        match folded.last_mut() {
            Some(last) if letters && letter => last.push_str(&word),
            _ => folded.push(word),
        }
        letters = letter;
    }
    folded
}

/// The words of a description that holds a name, for comparing: those of the name, then those longer
/// ones of the rest that tell what of it is meant, so that "the army of Kesh" and "Kesh's army" are
/// compared as "Kesh army".
pub(crate) fn described(name: &str, rest: &str) -> Vec<String> {
    let long = rest.split_whitespace().filter(|run| run.chars().count() > 3);
    words(name).chain(long.flat_map(words)).collect()
}

/// The words of a person's name, without what stands behind the last name: an abbreviation or a
/// number in Roman digits.
pub(crate) fn of_person(name: &str) -> Vec<String> {
    let name = name.trim();
    let whole = folded(name);
    let last = name.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_behind = last.ends_with('.') && last.chars().count() <= 4
        || !last.is_empty() && last.chars().all(|sign| matches!(sign, 'I' | 'V' | 'X'));
    match whole.as_slice() {
        [name @ .., _] if is_behind && name.len() > 1 => name.to_vec(),
        _ => whole,
    }
}

/// The key of a person's name: its first and its last word, as middle names are often left out.
pub(crate) fn person(words: &[String]) -> String {
    match words {
        [first, .., last] => format!("{first} {last}"),
        [only] => only.clone(),
        [] => String::new(),
    }
}

/// Whether the middle names of two names can be one person's: one has none, or their first ones and
/// their last ones are the same or one the initial of the other.
pub(crate) fn middles_agree(one: &[String], other: &[String]) -> bool {
    let middle = |words: &[String]| match words {
        [_, middle @ .., _] => middle.to_vec(),
        _ => Vec::new(),
    };
    let (one, other) = (middle(one), middle(other));
    let agree = |one: Option<&String>, other: Option<&String>| match (one, other) {
        (Some(one), Some(other)) => {
            one == other || is_initial(one, other) || is_initial(other, one)
        }
        _ => true,
    };
    agree(one.first(), other.first()) && agree(one.last(), other.last())
}

fn is_initial(letter: &str, word: &str) -> bool {
    letter.chars().count() == 1 && word.starts_with(letter)
}

/// Whether a word is the acronym of a name: its letters are the first letters of the name's words
/// in capitals, all of them in order.
pub(crate) fn is_acronym(word: &str, name: &str) -> bool {
    let letters: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
    let initials: String = name
        .split(|c: char| !c.is_alphanumeric())
        .filter_map(|word| word.chars().next())
        .filter(|first| first.is_uppercase())
        .collect();
    letters.chars().count() >= 2 && letters.chars().all(char::is_uppercase) && letters == initials
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded_to_what_all_their_forms_share() {
        for (name, expected) in [
            ("Tavin Orlo", "tavin orlo"),
            ("the Relief Office", "relief office"),
            ("U.S.", "us"),
            ("George H.W. Bush", "george hw bush"),
            ("Martin O’Malley", "martin o malley"),
            ("Martin O'Malley", "martin o malley"),
            ("farmers", "farmers"),
            ("al-Qadir", "al qadir"),
            ("東京都", "東京 京都"),
            ("", ""),
        ] {
            assert_eq!(folded(name).join(" "), expected, "{name}");
        }
    }

    #[test]
    fn descriptions_are_compared_by_the_name_in_them_and_then_by_the_rest() {
        for (name, rest, expected) in [
            ("Kesh", "The army of", "kesh army"),
            ("Kesh", "'s army", "kesh army"),
            ("Republic of Kesh", "the government of the", "republic of kesh government"),
            ("Port Sorrel", "police in", "port sorrel police"),
        ] {
            assert_eq!(described(name, rest).join(" "), expected);
        }
    }

    #[test]
    fn middle_names_may_be_left_out_and_shortened() {
        let agree = |a, b| middles_agree(&of_person(a), &of_person(b));
        assert!(agree("Tavin A. Orlo", "Tavin Orlo"));
        assert!(agree("Tavin A. Orlo", "Tavin Amel Orlo"));
        assert!(!agree("Tavin Amel Orlo", "Tavin Bero Orlo"));
        assert!(!agree("Tavin A. Bero Orlo", "Tavin A. Cass Orlo"));
        for name in ["Tavin Amel Orlo", "Tavin Orlo Jr.", "Tavin A. Orlo III"] {
            assert_eq!(person(&of_person(name)), "tavin orlo", "{name}");
        }
        assert_eq!(of_person("Orlo Jr."), ["orlo", "jr"]);
    }

    #[test]
    fn acronyms_are_the_capitals_of_a_name() {
        assert!(is_acronym("CCJ", "Coastal Court of Justice, the".trim_end_matches(", the")));
        assert!(is_acronym("C.C.J.", "Coastal Court of Justice"));
        assert!(!is_acronym("CC", "Coastal Court of Justice"));
        assert!(!is_acronym("Ccj", "Coastal Court of Justice"));
        assert!(!is_acronym("C", "Court"));
    }
}
