//! The shape of a word.

use crate::Shape;

/// How a word or number is written.
pub(super) fn shape(word: &str) -> Shape {
    let mut first = None;
    let (mut upper, mut lower, mut caseless, mut digits) = (0_usize, 0_usize, 0_usize, 0_usize);
    for c in word.chars() {
        if c.is_ascii_lowercase() {
            lower += 1;
        } else if c.is_numeric() {
            digits += 1;
            continue;
        } else if c.is_uppercase() {
            upper += 1;
        } else if c.is_lowercase() {
            lower += 1;
        } else if c.is_alphabetic() {
            caseless += 1;
        } else {
            continue;
        }
        first = first.or(Some(c));
    }
    let starts_upper = first.is_some_and(char::is_uppercase);
    match (digits > 0, upper, lower) {
        (true, 0, 0) if caseless == 0 => Shape::Digits,
        (true, ..) => Shape::Mixed,
        (_, 0, 0) => Shape::Other,
        (_, 0, _) => Shape::Lower,
        (_, 1, 0) if caseless == 0 && word.starts_with(char::is_uppercase) => Shape::Initial,
        (_, _, 0) if caseless == 0 => Shape::Upper,
        _ if starts_upper => Shape::Capital,
        _ => Shape::Other,
    }
}
