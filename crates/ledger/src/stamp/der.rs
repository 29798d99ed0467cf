//! DER, as far as tokens and certificates need it: elements one after the other, each with the
//! bytes it is written as, which are what signatures are over.

/// `SEQUENCE`.
pub(super) const SEQUENCE: u8 = 0x30;
/// `SET`.
pub(super) const SET: u8 = 0x31;
/// `INTEGER`.
pub(super) const INTEGER: u8 = 0x02;
/// `BIT STRING`.
pub(super) const BIT_STRING: u8 = 0x03;
/// `OCTET STRING`.
pub(super) const OCTET_STRING: u8 = 0x04;
/// `OBJECT IDENTIFIER`.
pub(super) const OBJECT: u8 = 0x06;
/// `BOOLEAN`.
pub(super) const BOOLEAN: u8 = 0x01;
/// `UTCTime`.
pub(super) const UTC_TIME: u8 = 0x17;
/// `GeneralizedTime`.
pub(super) const GENERALIZED_TIME: u8 = 0x18;

/// The tag of a constructed element that its number alone tells.
pub(super) const fn tagged(number: u8) -> u8 {
    0xa0 | number
}

/// An element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    pub(super) content: &'a [u8],
    /// Tag, length and content.
    pub(super) whole: &'a [u8],
}

/// Elements that follow each other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Elements<'a>(pub(super) &'a [u8]);

impl<'a> Elements<'a> {
    /// The next element; `None` at the end, and where the bytes are no DER.
    pub(super) fn any(&mut self) -> Option<Element<'a>> {
        let (&tag, &length) = (self.0.first()?, self.0.get(1)?);
        // Tags of several bytes occur in neither tokens nor certificates.
        if tag & 0x1f == 0x1f {
            return None;
        }
        let (start, length) = match length {
            0..=0x7f => (2, usize::from(length)),
            0x81..=0x84 => {
                let start = 2 + usize::from(length & 0x7f);
                let digits = self.0.get(2..start)?;
                let length = digits.iter().fold(0_u64, |sum, &byte| sum << 8 | u64::from(byte));
                let shortest = digits[0] > 0 && length >= 0x80;
                (start, usize::try_from(length).ok().filter(|_| shortest)?)
            }
            _ => return None,
        };
        let whole = self.0.get(..start.checked_add(length)?)?;
        self.0 = &self.0[whole.len()..];
        Some(Element { tag, content: &whole[start..], whole })
    }

    /// The next element, which has to have this tag.
    pub(super) fn next(&mut self, tag: u8) -> Option<Element<'a>> {
        self.any().filter(|element| element.tag == tag)
    }

    /// The content of the next element, which has to have this tag.
    pub(super) fn inside(&mut self, tag: u8) -> Option<Elements<'a>> {
        self.next(tag).map(|element| Elements(element.content))
    }

    /// The next element where it has this tag; otherwise it stays the next.
    pub(super) fn optional(&mut self, tag: u8) -> Option<Element<'a>> {
        let mut ahead = *self;
        let element = ahead.next(tag)?;
        *self = ahead;
        Some(element)
    }

    /// Whether no bytes are left.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Every element up to the end; `None` where the bytes are no DER.
pub(super) fn all(mut elements: Elements<'_>) -> Option<Vec<Element<'_>>> {
    let mut all = Vec::new();
    while !elements.is_empty() {
        all.push(elements.any()?);
    }
    Some(all)
}

/// An `INTEGER` that is not negative and fits.
pub(super) fn number(integer: Element<'_>) -> Option<u64> {
    let bytes = integer.content;
    let fits = (1..=8).contains(&bytes.len()) && bytes[0] < 0x80;
    fits.then(|| bytes.iter().fold(0, |sum, &byte| sum << 8 | u64::from(byte)))
}

/// A point in time, in seconds since 1970 and whether a fraction follows.
pub(super) fn time(element: Element<'_>) -> Option<(u64, bool)> {
    let text = std::str::from_utf8(element.content).ok()?.strip_suffix('Z')?;
    let (text, fraction) = match text.split_once('.') {
        Some((text, fraction)) => (text, Some(fraction)),
        None => (text, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(text) || fraction.is_some_and(|fraction| !digits(fraction)) {
        return None;
    }
    let text = match element.tag {
        GENERALIZED_TIME => text.to_owned(),
        UTC_TIME if fraction.is_none() => {
            format!("{}{text}", if *text < *"50" { "20" } else { "19" })
        }
        _ => return None,
    };
    if text.len() != 14 {
        return None;
    }
    let part = |from: usize, to: usize| text[from..to].parse::<u64>().ok();
    let (year, month, day) = (part(0, 4)?, part(4, 6)?, part(6, 8)?);
    let (hour, minute, second) = (part(8, 10)?, part(10, 12)?, part(12, 14)?);
    let in_range = year >= 1970 && (1..=12).contains(&month) && (1..=31).contains(&day);
    if !in_range || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    // Years that begin in March, so that the day that leap years have is their last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1;
    let days = days.checked_sub(719_468)?;
    let fraction = fraction.is_some_and(|fraction| fraction.bytes().any(|digit| digit != b'0'));
    Some((days * 86_400 + hour * 3600 + minute * 60 + second, fraction))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(tag: u8, text: &str) -> Option<(u64, bool)> {
        time(Element { tag, content: text.as_bytes(), whole: &[] })
    }

    #[test]
    fn times_are_seconds_since_1970() {
        for (tag, text, seconds) in [
            (UTC_TIME, "700101000000Z", 0),
            (UTC_TIME, "491231235959Z", 2_524_607_999),
            (UTC_TIME, "991231235959Z", 946_684_799),
            (GENERALIZED_TIME, "20000229120000Z", 951_825_600),
            (GENERALIZED_TIME, "20000301000000Z", 951_868_800),
            (GENERALIZED_TIME, "20240229235959Z", 1_709_251_199),
            (GENERALIZED_TIME, "21000301000000Z", 4_107_542_400),
        ] {
            assert_eq!(read(tag, text), Some((seconds, false)), "{text}");
        }
        assert_eq!(read(GENERALIZED_TIME, "20000229120000.25Z"), Some((951_825_600, true)));
        assert_eq!(read(GENERALIZED_TIME, "20000229120000.0Z"), Some((951_825_600, false)));
        for wrong in
            ["20001329120000Z", "20000229120000", "20000229120000.Z", "2000022912Z", "1éééééééZ"]
        {
            assert_eq!(read(GENERALIZED_TIME, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn lengths_have_one_spelling_and_stay_inside() {
        let long = [&[4, 0x81, 0x80][..], &[7; 0x80]].concat();
        assert_eq!(Elements(&long).next(OCTET_STRING).map(|e| e.content.len()), Some(0x80));
        for wrong in [
            &[4][..],
            &[4, 1],
            &[4, 0x80],
            &[4, 0x81, 1, 0],
            &[0x1f, 0x81, 0],
            &[4, 0x85, 0, 0, 0, 0, 1, 0],
        ] {
            assert_eq!(Elements(wrong).any(), None, "{wrong:?}");
        }
        assert_eq!(Elements(&[4, 0x84, 0xff, 0xff, 0xff, 0xff, 0]).any(), None);
    }
}
