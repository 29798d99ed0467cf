//! The contract: what serialises reads back, what breaks the contract is named with its place.
#![allow(clippy::unwrap_used, missing_docs)]

use onrecord_record::{
    ActorId, Breach, Cause, Extent, FigureId, ItemId, Record, StatementId, json_schema,
};
use serde_json::{Value, json};

fn span(text: &str, words: &str) -> Value {
    let start = text.find(words).unwrap();
    json!({"start": start, "end": start + words.len(), "text": words})
}

fn whole() -> Value {
    let text = "The ministry denied it. Twelve people died, the ministry said.";
    let id = onrecord_record::Sha256::of(text.as_bytes()).to_string();
    let statement = |id: &str, all: &str, source: &str, cue: &str, content: Value, act: &str| {
        json!({
            "id": id, "span": span(text, all), "cue": {"span": span(text, cue), "lemma": cue},
            "source": {"kind": "actor", "actor": "a1", "span": span(text, source)},
            "content": content, "act": act, "manner": "indirect", "polarity": "affirmed",
            "said": null, "medium": null, "to": [], "via": [], "within": null, "confidence": 0.5,
        })
    };
    json!({
        "record": 1,
        "made_by": {"onrecord": "0.1.0", "pack": "en@1", "model": null},
        "document": {
            "id": id,
            "source": {"name": "a.txt", "media_type": "text/plain", "bytes": 62, "sha256": id},
            "title": null, "byline": null, "agency": null, "outlet": null, "url": null,
            "published": {"value": "2025-12-12", "basis": "given"}, "dateline": null,
            "language": "en", "headings": [], "origins": [], "notices": [], "text": text,
        },
        "times": [],
        "actors": [{
            "id": "a1", "name": "The ministry", "kind": "government",
            "mentions": [{"span": span(text, "The ministry"), "form": "nominal"}],
            "roles": [], "relations": [], "confidence": 0.9,
        }],
        "statements": [
            statement("s1", "The ministry denied it", "The ministry", "denied",
                json!([span(text, "it")]), "deny"),
            statement("s2", "Twelve people died, the ministry said", "the ministry", "said",
                json!([span(text, "Twelve people died")]), "say"),
        ],
        "allegations": [],
        "figures": [{
            "id": "f1", "span": span(text, "Twelve people died"), "counted": "killed",
            "low": 12, "high": 12.5, "approximate": false, "as_said": span(text, "died"),
            "of": null, "part_of": null, "when": null, "as_of": null, "where": null,
            "statement": "s2", "source": {"kind": "actor", "actor": "a1"}, "confidence": 0.5,
        }],
        "proceedings": [],
        "links": [{"from": "s1", "to": "s2", "kind": "denies", "confidence": 0.5}],
        "checks": [{"kind": "bound", "items": ["f1"], "holds": true, "says": "It holds.",
            "confidence": 0.5}],
    })
}

fn breaches(change: impl FnOnce(&mut Value)) -> Vec<Breach> {
    let mut value = whole();
    change(&mut value);
    serde_json::from_value::<Record>(value).unwrap().breaches()
}

#[test]
fn a_record_reads_back_what_it_prints() {
    let record: Record = serde_json::from_value(whole()).unwrap();
    assert_eq!(record.breaches(), []);
    assert_eq!(serde_json::to_value(&record).unwrap(), whole());
}

#[test]
fn an_unknown_field_is_refused_not_dropped() {
    let mut value = whole();
    value["statements"][0]["mood"] = json!("angry");
    let error = serde_json::from_value::<Record>(value).unwrap_err().to_string();
    assert!(error.contains("mood"), "{error}");
}

#[test]
fn each_breach_names_its_place_and_cause() {
    let one = |change: &dyn Fn(&mut Value)| {
        let found = breaches(|v| change(v));
        assert_eq!(found.len(), 1, "{found:?}");
        found.into_iter().next().unwrap()
    };
    let found = one(&|v| v["record"] = json!(2));
    assert_eq!(
        (found.place.as_str(), found.cause),
        ("/record", Cause::UnknownVersion { found: 2 })
    );

    let heading = json!([{"start": 0, "end": 900, "text": "The"}]);
    let found = one(&|v| v["document"]["headings"] = heading.clone());
    assert_eq!(found.place, "/document/headings/0");
    assert!(matches!(found.cause, Cause::OffText { end: 900, .. }), "{found}");

    let found = one(&|v| v["figures"][0]["as_said"]["text"] = json!("dies"));
    assert_eq!(found.place, "/figures/0/as_said");
    assert!(matches!(found.cause, Cause::OtherWords { .. }));

    let found = one(&|v| v["links"][0]["to"] = json!("s3"));
    assert_eq!(found.place, "/links/0/to");
    assert_eq!(found.cause, Cause::Dangling { id: StatementId::nth(2).into() });

    let found = one(&|v| v["figures"][0]["source"]["actor"] = json!("a2"));
    assert_eq!(found.cause, Cause::Dangling { id: ActorId::nth(1).into() });

    let found = one(&|v| v["checks"][0]["items"] = json!(["f1", "f9"]));
    assert_eq!(found.place, "/checks/0/items/1");
    assert_eq!(found.cause, Cause::Dangling { id: ItemId::from(FigureId::nth(8)) });

    let found = one(&|v| v["statements"][1]["source"]["actor"] = json!(null));
    assert_eq!(found.cause, Cause::SourceMismatch);

    let found = one(&|v| v["statements"][0]["confidence"] = json!(1.5));
    assert_eq!(found.place, "/statements/0/confidence");
    for list in ["actors", "figures", "links", "checks"] {
        let found = one(&|v| v[list][0]["confidence"] = json!(-0.1));
        assert_eq!(found.place, format!("/{list}/0/confidence"));
    }

    let found = one(&|v| v["statements"][0]["within"] = json!("s1"));
    assert_eq!(found.cause, Cause::WithinItself);

    let found = one(&|v| v["figures"][0]["low"] = json!(13));
    assert_eq!(found.place, "/figures/0/low");

    let found = one(&|v| v["document"]["published"]["value"] = json!("Friday"));
    assert_eq!(found.place, "/document/published/value");

    let found = one(&|v| v["statements"][1]["id"] = json!("s7"));
    assert!(matches!(found.cause, Cause::OutOfPlace { .. }), "{found}");

    let found = one(&|v| v["document"]["origins"] = json!([{"start": 9, "end": 3, "path": "/p"}]));
    assert_eq!(found.place, "/document/origins/0");
}

#[test]
fn ids_have_gaps_only_where_the_record_says_that_it_is_partial() {
    let partial = |v: &mut Value| {
        let notice = json!({"kind": "partial", "says": "Items were left out."});
        v["document"]["notices"] = json!([notice]);
        v["statements"][1]["id"] = json!("s7");
        v["figures"][0]["statement"] = json!("s7");
        v["links"] = json!([]);
    };
    assert_eq!(breaches(partial), []);
    let found = breaches(|v| {
        partial(v);
        v["statements"][0]["id"] = json!("s7");
    });
    assert!(matches!(found[0].cause, Cause::OutOfPlace { .. }), "{found:?}");
    let found = breaches(|v| {
        partial(v);
        v["figures"][0]["statement"] = json!("s2");
    });
    assert_eq!(found[0].cause, Cause::Dangling { id: StatementId::nth(1).into() });
}

#[test]
fn a_circle_of_holders_is_found() {
    let found = breaches(|v| {
        v["statements"][0]["within"] = json!("s2");
        v["statements"][1]["within"] = json!("s1");
    });
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn a_changed_text_is_found() {
    let found = breaches(|v| v["document"]["text"] = json!("Another text."));
    assert_eq!(found[0].place, "/document/id");
    assert!(found.len() > 1);
}

#[test]
fn the_schema_covers_every_list_of_the_record() {
    let schema = json_schema();
    let properties = schema["properties"].as_object().unwrap();
    for key in whole().as_object().unwrap().keys() {
        assert!(properties.contains_key(key), "{key}");
    }
    assert_eq!(schema["$defs"]["StatementId"]["pattern"], "^s[1-9][0-9]*$");
}

proptest::proptest! {
    #[test]
    fn no_extent_cuts_a_character(text in "\\PC*", a in 0usize..40, b in 0usize..40) {
        if let Some(span) = Extent::at(a..b).span(&text) {
            proptest::prop_assert_eq!(&text[span.extent().range()], span.text);
        }
    }
}
