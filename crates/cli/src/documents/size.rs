//! Sizes as people write them: `64MiB`, `10M`, `2GB`, `4096`.

/// The number of bytes that `words` name. `K`, `M` and `G` alone or with `iB` count by 1024, with
/// `B` by 1000.
pub(crate) fn bytes(words: &str) -> Result<u64, String> {
    let words = words.trim();
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = words.split_at(digits);
    let factor: u64 = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kib" => 1 << 10,
        "m" | "mib" => 1 << 20,
        "g" | "gib" => 1 << 30,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        _ => return Err("expected a size such as 64MiB, 10M, 2GB or 4096".to_owned()),
    };
    let number: u64 =
        number.parse().map_err(|_| "expected a size such as 64MiB, 10M or 4096".to_owned())?;
    match number.checked_mul(factor) {
        Some(0) => Err("nothing can be read in 0 bytes".to_owned()),
        Some(bytes) if bytes <= u64::from(u32::MAX) => Ok(bytes),
        _ => Err("a document has less than 4GiB".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        assert_eq!(bytes("4096"), Ok(4096));
        assert_eq!(bytes("10M"), Ok(10 << 20));
        assert_eq!(bytes("64 MiB"), Ok(64 << 20));
        assert_eq!(bytes("2gb"), Ok(2_000_000_000));
    }

    #[test]
    fn what_is_no_size_is_refused() {
        for bad in ["", "M", "-1", "1.5M", "10 elephants", "0", "4GiB", "99999999999999999999G"] {
            assert!(bytes(bad).is_err(), "{bad}");
        }
    }
}
