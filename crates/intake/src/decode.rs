//! Bytes to text: byte-order marks, UTF-8, UTF-16 without a mark, legacy encodings.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use onrecord_record::{Notice, NoticeKind};

use crate::Refusal;
use crate::unit::without_mark;

/// A text and how it was decoded.
#[derive(Debug)]
pub(crate) struct Decoded<'b> {
    /// The text, without a byte-order mark.
    pub(crate) text: Cow<'b, str>,
    /// What to say where the encoding was detected or some bytes had no meaning in it.
    pub(crate) notice: Option<Notice>,
}

/// The text of some bytes. A byte-order mark decides; else valid UTF-8; else the encoding that the
/// document declares; else the one that the bytes look like. The detectors are those of browsers.
///
/// # Errors
/// [`Refusal::Binary`] where a NUL or many control characters stand in the text.
pub(crate) fn decode<'b>(
    bytes: &'b [u8],
    declared: Option<&'static Encoding>,
) -> Result<Decoded<'b>, Refusal> {
    let decoded = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => with(&bytes[mark..], encoding, false),
        None => match (utf16_without_mark(bytes), std::str::from_utf8(bytes)) {
            (Some(encoding), _) => with(bytes, encoding, true),
            (None, Ok(text)) if declared.is_none_or(Encoding::is_ascii_compatible) => {
                Decoded { text: Cow::Borrowed(text), notice: None }
            }
            _ => match declared.filter(|encoding| *encoding != UTF_8) {
                Some(encoding) => with(bytes, encoding, false),
                None => legacy(bytes),
            },
        },
    };
    match binary_at(&decoded.text) {
        Some((what, at)) => {
            let before = &decoded.text[..at];
            let wide = Encoding::for_bom(bytes).is_some_and(|(found, _)| found != UTF_8);
            let at = if wide { before.encode_utf16().count() * 2 } else { before.len() };
            Err(Refusal::Binary { what, at })
        }
        None => Ok(decoded),
    }
}

fn with<'b>(bytes: &'b [u8], encoding: &'static Encoding, detected: bool) -> Decoded<'b> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let name = encoding.name();
    let says = match (detected, damaged) {
        (false, false) => None,
        (true, false) => {
            Some(format!("The encoding was detected as {name}: the original does not declare it."))
        }
        (_, true) => Some(format!(
            "Read as {name}, in which some bytes have no meaning: U+FFFD stands for them."
        )),
    };
    let notice = says.map(|says| Notice { kind: NoticeKind::Encoding, says });
    Decoded { text, notice }
}

fn legacy(bytes: &[u8]) -> Decoded<'_> {
    if mostly_utf8(bytes) {
        return with(bytes, UTF_8, false);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    with(bytes, detector.guess(None, Utf8Detection::Deny), true)
}

/// Whether the bytes are UTF-8 with some damage: characters of several bytes are whole four times
/// as often as they are broken, which no other encoding brings about by chance.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > 4 * broken
}

/// UTF-16 without a mark: in the first bytes every other one is mostly NUL, and the others never.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let pairs = head.len() / 2;
    let nuls = |odd: usize| head.chunks_exact(2).filter(|pair| pair[odd] == 0).count();
    let (high_first, low_first) = (nuls(0), nuls(1));
    match () {
        () if pairs < 2 || bytes.len() % 2 == 1 => None,
        () if low_first == 0 && high_first * 2 > pairs => Some(UTF_16BE),
        () if high_first == 0 && low_first * 2 > pairs => Some(UTF_16LE),
        () => None,
    }
}

/// A NUL, or the first control character where the opening holds more than one in ten.
fn binary_at(text: &str) -> Option<(&'static str, usize)> {
    if let Some(at) = text.bytes().position(|byte| byte == 0) {
        return Some(("binary data with a NUL", at));
    }
    let is_control =
        |c: &char| c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{B}' | '\u{C}');
    let opening = || text.chars().take(4096);
    let controls = opening().filter(is_control).count();
    let first = text.char_indices().find(|(_, c)| is_control(c));
    (controls * 10 > opening().count())
        .then_some(first)?
        .map(|(at, _)| ("binary data with control characters", at))
}

/// The encoding that a page declares in its first 1,024 bytes (HTML, "prescan a byte stream"), or
/// an XML declaration.
pub(crate) fn declared_by_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = without_mark(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let text = String::from_utf8_lossy(&head);
    let label = |after: &str, word: &str| {
        let (_, value) = after.split_once(word)?;
        let value = value.trim_start().strip_prefix('=')?.trim_start();
        let value = value.trim_start_matches(['"', '\'']);
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '>' | '?' | '/');
        Encoding::for_label(&value.as_bytes()[..value.find(ends).unwrap_or(value.len())])
    };
    let in_tag = |tag: &str| tag.split_once('>').map_or(tag.to_owned(), |(tag, _)| tag.to_owned());
    let meta = text.split("<meta").skip(1).find_map(|tag| label(&in_tag(tag), "charset"));
    let found = meta.or_else(|| {
        let declaration = text.strip_prefix("<?xml")?;
        label(&in_tag(declaration), "encoding")
    });
    // A page that can be read to here declares no UTF-16, whatever it says.
    found.map(|encoding| if encoding.is_ascii_compatible() { encoding } else { UTF_8 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode(bytes, None).unwrap().text.into_owned()
    }

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn a_mark_goes_and_nothing_else() {
        assert_eq!(text(b"\xEF\xBB\xBF\r\n\xC3\xA9\r"), "\r\né\r");
        let marked = "\u{FEFF}Kesh";
        assert_eq!(text(&utf16(marked, u16::to_le_bytes)), "Kesh");
        assert_eq!(text(&utf16(marked, u16::to_be_bytes)), "Kesh");
        assert!(matches!(decode("é".as_bytes(), None).unwrap().text, Cow::Borrowed("é")));
    }

    #[test]
    fn utf16_without_a_mark_is_told_by_its_nuls() {
        let story = "The port of Kesh was closed – twice.";
        for bytes in [utf16(story, u16::to_le_bytes), utf16(story, u16::to_be_bytes)] {
            let decoded = decode(&bytes, None).unwrap();
            assert_eq!(decoded.text, story);
            assert!(decoded.notice.is_some());
        }
    }

    #[test]
    fn legacy_encodings_are_detected_and_said() {
        let decoded = decode(b"\x93The caf\xE9 is closed,\x94 she said.", None).unwrap();
        assert_eq!(decoded.text, "“The café is closed,” she said.");
        assert!(decoded.notice.unwrap().says.contains("windows-1252"));
    }

    #[test]
    fn utf8_with_a_broken_character_stays_utf8() {
        let mut bytes = "“One”, “two”, “three” and “four”".repeat(3).into_bytes();
        bytes.pop();
        let decoded = decode(&bytes, None).unwrap();
        assert!(decoded.text.starts_with("“One”"));
        assert!(decoded.notice.unwrap().says.contains("U+FFFD"));
    }

    #[test]
    fn what_is_declared_counts_before_what_is_detected() {
        let greek =
            b"<meta http-equiv=x content='text/html; charset=ISO-8859-7'>\xC1\xE8\xDE\xED\xE1";
        let declared = declared_by_page(greek);
        assert!(decode(greek, declared).unwrap().text.ends_with("Αθήνα"));
        assert_eq!(declared_by_page(b"<meta charset=utf-16>"), Some(UTF_8));
        assert_eq!(declared_by_page(b"<p>charset=utf-8"), None);
    }

    #[test]
    fn a_nul_is_binary_and_its_place_is_said() {
        let refused = decode(b"Kesh\0Oland and more words", None).unwrap_err();
        assert_eq!(refused, Refusal::Binary { what: "binary data with a NUL", at: 4 });
        assert!(decode(b"\x01\x02\x03\x04", None).is_err());
        assert!(decode(b"one\x1B[0m escape in a line of text that goes on", None).is_ok());
    }
}
