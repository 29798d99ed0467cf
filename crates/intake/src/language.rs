//! The language of a text.

use onrecord_packs::Pack;

/// How much of a text tells its language, in bytes.
const REACH: usize = 20_000;
/// The share of words that are a pack's frequent ones from which the text is in its language, where
/// statistics say so too or say nothing.
const LIKELY: f64 = 0.15;
/// The share from which it is, whatever statistics say.
const CERTAIN: f64 = 0.3;

/// The language that a text is in, BCP 47: a pack's where its frequent words are many, else what
/// the statistics of letters say, else what the page claims; `None` where nothing tells.
pub(crate) fn detect(text: &str, packs: &[Pack], claimed: Option<&str>) -> Option<String> {
    let head = &text[..text.floor_char_boundary(REACH)];
    let by_words = packs
        .iter()
        .map(|pack| (share(head, &pack.manifest.frequent), pack.manifest.language.as_str()))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(share, _)| *share >= LIKELY);
    if let Some((share, language)) = by_words
        && share >= CERTAIN
    {
        return Some(language.to_owned());
    }
    let by_letters = whatlang::detect(head).filter(whatlang::Info::is_reliable);
    let by_letters = by_letters.map(|info| tag(info.lang().code()));
    let by_words = by_words.map(|(_, language)| language);
    by_letters.or(by_words).or(claimed).map(str::to_owned)
}

/// The share of the words of a text that a list holds; 0 for a text of fewer than three.
fn share(text: &str, frequent: &[String]) -> f64 {
    let mut count = 0_u32;
    let mut found = 0_u32;
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        count += 1;
        let word = word.to_lowercase();
        found += u32::from(frequent.contains(&word));
    }
    if count < 3 { 0.0 } else { f64::from(found) / f64::from(count) }
}

/// A language tag in the usual case of letters: `en`, `zh-Hant`, `pt-BR`; `None` for what is no
/// tag of BCP 47.
pub(crate) fn well_formed(tag: &str) -> Option<String> {
    let tag = tag.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let letters = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let first = parts.next()?;
    let language = first.bytes().all(|b| b.is_ascii_alphabetic()) && (2..=8).contains(&first.len());
    if !language || !parts.clone().all(|part| letters(part, 8)) {
        return None;
    }
    let cased = parts.map(|part| match part.len() {
        2 => part.to_ascii_uppercase(),
        4 if part.bytes().all(|b| b.is_ascii_alphabetic()) => {
            format!("{}{}", part[..1].to_ascii_uppercase(), part[1..].to_ascii_lowercase())
        }
        _ => part.to_ascii_lowercase(),
    });
    let all: Vec<String> = std::iter::once(first.to_ascii_lowercase()).chain(cased).collect();
    Some(all.join("-"))
}

/// The BCP 47 tag of an ISO 639-3 code: the code of ISO 639-1 where there is one.
fn tag(code: &str) -> &str {
    TAGS.iter().find(|(long, _)| *long == code).map_or(code, |(_, short)| short)
}

/// ISO 639-3 to ISO 639-1, for the languages that statistics tell.
const TAGS: &[(&str, &str)] = &[
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<String> {
        detect(text, &Pack::all().unwrap(), None)
    }

    #[test]
    fn statistics_and_frequent_words_tell() {
        let english = "The harbour of Kesh was closed on Friday after a storm, the mayor said.";
        let french = "Le port de Kesh a été fermé vendredi après une tempête, a déclaré la mairie, \
                      et personne ne sait quand il sera rouvert aux bateaux de pêche.";
        assert_eq!(told(english).as_deref(), Some("en"));
        assert_eq!(told("He said that it was not so.").as_deref(), Some("en"));
        assert_eq!(told(french).as_deref(), Some("fr"));
        assert_eq!(
            told("Порт был закрыт в пятницу после шторма, сообщила мэрия города.").as_deref(),
            Some("ru")
        );
        assert_eq!(told("港口星期五关闭了。").as_deref(), Some("zh"));
        assert_eq!(told("123 456"), None);
        assert_eq!(detect("123 456", &[], Some("de")).as_deref(), Some("de"));
    }

    #[test]
    fn every_language_that_statistics_tell_has_its_shortest_tag() {
        for lang in whatlang::Lang::all() {
            assert!(well_formed(tag(lang.code())).is_some());
            assert_eq!(tag(lang.code()).len(), 2, "{lang}");
        }
    }

    #[test]
    fn tags_are_checked_and_put_in_their_usual_case() {
        assert_eq!(well_formed("EN_gb").as_deref(), Some("en-GB"));
        assert_eq!(well_formed("zh-hant-tw").as_deref(), Some("zh-Hant-TW"));
        for bad in ["", "e", "english language", "en-", "12", "en--GB", "é"] {
            assert_eq!(well_formed(bad), None, "{bad}");
        }
    }
}
