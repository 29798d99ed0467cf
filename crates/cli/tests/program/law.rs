//! The law as the program lists and shows it.

use crate::run;

#[test]
fn a_code_shows_its_place_its_source_its_twin_and_its_words() {
    let shown = run(&["law", "rome-statute:8.2.b.ix"]);
    assert_eq!((shown.code, shown.says.as_str()), (Some(0), ""));
    let text = shown.text();
    for part in [
        "8(2)(b)(ix) of the Rome Statute of the International Criminal Court",
        "rome-statute:8.2.b  Other serious violations in international armed conflict",
        "since 2002-07-01",
        "same      rome-statute:8.2.e.iv",
        "en: “shelling a field clinic”",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let json = run(&["law", "rome-statute:8.2.b.ix", "-f", "json"]).json();
    assert_eq!(json["parent"], "rome-statute:8.2.b");
    assert_eq!(json["same"][0], "rome-statute:8.2.e.iv");
    assert_eq!(json["words"][0]["language"], "en");
    let amended = run(&["law", "rome-statute:8bis", "--format", "json"]).json();
    assert_eq!(amended["source"], "resolution RC/Res.6 of 2010-06-11");
    assert_eq!(amended["parts"].as_array().unwrap().len(), 7);
}

#[test]
fn a_list_is_of_all_of_an_instrument_or_of_words() {
    let all = run(&["law", "-f", "json"]).json();
    let instrument = run(&["law", "genocide-convention", "-f", "json"]).json();
    let words = run(&["law", "Hostages", "taking", "-f", "json"]).json();
    let codes = |list: &serde_json::Value| -> Vec<String> {
        let codes = list.as_array().unwrap().iter();
        codes.map(|taxon| taxon["code"].as_str().unwrap().to_owned()).collect()
    };
    assert!(codes(&all).contains(&"rome-statute:7.1.k".to_owned()));
    assert!(codes(&instrument).iter().all(|code| code.starts_with("genocide-convention:")));
    assert_eq!(codes(&instrument).len(), 12);
    assert_eq!(
        codes(&words),
        ["geneva-conventions:3.1.b", "rome-statute:8.2.a.viii", "rome-statute:8.2.c.iii"]
    );
    let text = run(&["law", "geneva-conventions"]);
    let lines: Vec<&str> = text.text().lines().collect();
    assert_eq!(lines[0], "Geneva Conventions of 12 August 1949, common article 3");
    assert_eq!(lines[1], "  geneva-conventions:3      Violations of common article 3");
    assert_eq!(lines.len(), 7);
}

#[test]
fn a_code_that_is_not_there_names_the_nearest_and_words_that_are_not_say_so() {
    let unknown = run(&["law", "rome-statute:8.2.b.xl"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.out.is_empty());
    assert!(
        unknown.says.starts_with(
            "onrecord: law: there is no rome-statute:8.2.b.xl: the nearest are rome-statute:8.2.b.x"
        ),
        "{}",
        unknown.says
    );
    let nothing = run(&["law", "jaywalking"]);
    assert_eq!((nothing.code, nothing.out.len()), (Some(1), 0));
    assert_eq!(
        nothing.says,
        "onrecord: law: no conduct is called jaywalking: `onrecord law` lists all\n"
    );
    assert_eq!(run(&["law", "-f", "html"]).code, Some(2));
}
