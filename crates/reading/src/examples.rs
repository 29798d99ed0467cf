//! Examples: the texts that a rule carries in which it fires, and those in which it stays silent.

/// What a rule's examples show otherwise, a line each; it needs some of both. `wrong` tells of a text in
/// which it fires what was read there instead, if anything else was; `fired` whether it fires on a
/// text.
pub(crate) fn faults<F>(
    name: &str,
    (fires, silent): (&[F], &[String]),
    wrong: impl Fn(&F) -> Option<String>,
    fired: impl Fn(&str) -> bool,
) -> Vec<String> {
    let lacking = lacking(name, fires.is_empty() || silent.is_empty());
    let mut faults: Vec<String> = lacking.into_iter().collect();
    faults.extend(fires.iter().filter_map(wrong).map(|wrong| format!("{name}: {wrong}")));
    let loud = silent.iter().filter(|text| fired(text));
    faults.extend(loud.map(|text| format!("{name}: fires on {text:?}")));
    faults
}

/// The line of a rule that lacks examples of one sort.
pub(crate) fn lacking(name: &str, lacks: bool) -> Option<String> {
    lacks.then(|| format!("{name}: needs `fires` and `silent`"))
}
