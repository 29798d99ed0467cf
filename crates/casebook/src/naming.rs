//! Names as filters compare them.

/// A name as it is compared: small letters, one space between words.
pub(crate) fn folded(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

/// Whether two names are one.
pub(crate) fn same(a: &str, b: &str) -> bool {
    folded(a) == folded(b)
}

/// Whether a name has these words in a row.
pub(crate) fn has(name: &str, words: &str) -> bool {
    let (name, words) = (folded(name), folded(words));
    !words.is_empty() && format!(" {name} ").contains(&format!(" {words} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_whatever_their_capitals_and_spaces() {
        assert!(same("Mara  LIND", "mara lind") && !same("Mara Lind", "Lind"));
        assert!(has("Colonel Mara Lind", "mara lind") && has("Mara Lind", "LIND"));
        assert!(!has("Mara Lindqvist", "Lind") && !has("Mara Lind", " "));
    }
}
