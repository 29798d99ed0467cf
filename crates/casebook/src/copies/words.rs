//! A text as words of any script, for comparing it with others: plainer words than those of search, as
//! a text is compared by thousands of them.

use crate::search::is_unspaced;

/// The words of a text in lower case: runs of letters and digits. Of scripts that are written
/// without spaces, every pair of neighbouring signs is a word.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()).flat_map(|run| {
        let run: Vec<char> = run.chars().flat_map(char::to_lowercase).collect();
        let parts: Vec<String> = if run.len() > 2 && run.iter().any(|sign| is_unspaced(*sign)) {
            run.windows(2).map(|pair| pair.iter().collect()).collect()
        } else {
            vec![run.into_iter().collect()]
        };
        parts
    })
}

/// The names and numbers of a text in lower case: words that hold a digit, and words with a first
/// capital that do not begin a sentence. Scripts without capitals have numbers alone.
pub fn marks(text: &str) -> impl Iterator<Item = String> {
    let mut begins = true;
    let runs = text.split_inclusive(|c: char| !c.is_alphanumeric());
    runs.filter_map(move |run| {
        let word = run.trim_end_matches(|c: char| !c.is_alphanumeric());
        let behind = run.chars().next_back().filter(|c| !c.is_alphanumeric());
        let is_mark = word.contains(char::is_numeric)
            || !begins && word.starts_with(char::is_uppercase) && word.chars().count() > 1;
        if !word.is_empty() {
            begins = false;
        }
        // Marks that end a sentence, quotation marks, and line ends, begin the next.
        begins |= behind.is_some_and(|c| !c.is_whitespace() && !"-'’,;()".contains(c) || c == '\n');
        is_mark.then(|| word.to_lowercase())
    })
}

#[cfg(test)]
mod tests {
    use super::{marks, words};

    #[test]
    fn marks_are_names_and_numbers() {
        let text = "The army of Kesh shelled Port Sorrel.\nShells hit it, “He knew,” Orlo said on 3 \
                    March. Nobody answered.";
        let told: Vec<String> = marks(text).collect();
        assert_eq!(told, ["kesh", "port", "sorrel", "3", "march"]);
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        let told: Vec<String> = words("“Four shells,” the Doctors’ 40-page report said").collect();
        let expected =
            ["four", "shells", "the", "doctors", "40", "page", "report", "said"].map(String::from);
        assert_eq!(told, expected);
        let told: Vec<String> = words("東京都 の 2026年").collect();
        assert_eq!(told, ["東京", "京都", "の", "20", "02", "26", "6年"]);
    }
}
