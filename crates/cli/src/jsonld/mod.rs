//! The record as JSON-LD 1.1: its own fields under its own terms, every span a W3C Web Annotation, what
//! was made from what in PROV-O, and statements as schema.org claims of their sources. The context is
//! part of every object: nothing is looked up anywhere.

mod annotations;
mod code_points;

use onrecord_record::{ActorKind, Anchor, Polarity, Record, Statement};
use serde_json::{Map, Value, json};

use annotations::Annotations;
use code_points::CodePoints;

const CONTEXT: &str = include_str!("context.json");

/// The IRIs of one record: `urn:sha256:` with the hash of the document's text, and a fragment.
struct Iris {
    document: String,
}

impl Iris {
    /// The document's.
    fn document(&self) -> &str {
        &self.document
    }

    /// An item's, by its fragment; the document's own where that is empty.
    fn item(&self, fragment: &str) -> String {
        match fragment {
            "" => self.document.clone(),
            _ => format!("{}#{fragment}", self.document),
        }
    }
}

/// A record as an object of JSON-LD.
///
/// # Errors
/// Where the record does not serialise, which its types rule out.
pub(crate) fn object(record: &Record) -> serde_json::Result<Value> {
    let whole = serde_json::to_value(record)?;
    let iris = Iris { document: format!("urn:{}", record.document.id) };
    let points = CodePoints::of(&record.document.text);
    let mut annotations = Annotations { iris: &iris, points, list: Vec::new() };
    let mut out = Map::new();
    let context: Value = serde_json::from_str(CONTEXT)?;
    out.insert("@context".into(), context);
    out.insert("id".into(), iris.item("record").into());
    out.insert("type".into(), json!(["Record", "Entity"]));
    out.insert("record".into(), json!(record.record));
    out.insert("derivedFrom".into(), iris.document().into());
    out.insert("generatedBy".into(), made_by(record, &iris));
    let document = whole.get("document").unwrap_or(&Value::Null);
    out.insert("document".into(), self::document(record, document, &mut annotations));
    for (list, kind) in [
        ("times", "Time"),
        ("actors", "Actor"),
        ("statements", "Statement"),
        ("allegations", "Allegation"),
        ("figures", "Figure"),
        ("proceedings", "Proceeding"),
        ("links", "Link"),
        ("checks", "Check"),
    ] {
        let items = whole.get(list).and_then(Value::as_array).into_iter().flatten();
        let items: Vec<Value> = items
            .enumerate()
            .map(|(place, item)| self::item(record, &mut annotations, kind, place, item))
            .collect();
        out.insert(list.into(), items.into());
    }
    out.insert("annotations".into(), annotations.list.into());
    Ok(Value::Object(out))
}

/// An item of a list, at its place from 0.
fn item(
    record: &Record,
    annotations: &mut Annotations<'_>,
    kind: &str,
    place: usize,
    item: &Value,
) -> Value {
    let id = item.get("id").and_then(Value::as_str);
    let fragment = id.map_or_else(|| nameless(item), str::to_owned);
    let iris = annotations.iris;
    let Value::Object(mut out) = annotations.value(item, &fragment, "") else { return Value::Null };
    out.insert("id".into(), iris.item(&fragment).into());
    let mut types = vec![kind];
    match kind {
        "Time" => {
            if let Some(timex) = out.remove("type") {
                out.insert("timex".into(), timex);
            }
            out.remove("from");
            match record.times.get(place).and_then(|time| time.from) {
                Some(Anchor::Published) => out.insert("derivedFrom".into(), iris.document().into()),
                Some(Anchor::Time(id)) => {
                    out.insert("derivedFrom".into(), iris.item(&id.to_string()).into())
                }
                None => None,
            };
        }
        "Actor" => types.extend(record.actors.get(place).and_then(|actor| thing(actor.kind))),
        "Statement" => {
            if let Some(statement) = record.statements.get(place)
                && statement.polarity == Polarity::Affirmed
            {
                types.push("Claim");
                claim(statement, iris, &fragment, &mut out);
            }
        }
        _ => {}
    }
    out.insert("type".into(), if let [only] = *types { only.into() } else { types.into() });
    Value::Object(out)
}

/// The fragment of a link or check, which has no id of its own: what it does, and to which items.
fn nameless(item: &Value) -> String {
    let part = |key| item.get(key).and_then(Value::as_str);
    let items = item.get("items").and_then(Value::as_array).into_iter().flatten();
    let parts = part("from").into_iter().chain(part("kind")).chain(part("to"));
    parts.chain(items.filter_map(Value::as_str)).collect::<Vec<_>>().join(".")
}

/// A statement as a claim. Its author is its source and its text all of the attribution: of a
/// denial, the content alone would say the opposite. What somebody "did not say" is no claim.
fn claim(statement: &Statement, iris: &Iris, fragment: &str, out: &mut Map<String, Value>) {
    let source = &statement.source;
    let author = match (source.actor, &source.span) {
        (Some(actor), _) => Some(iris.item(&actor.to_string()).into()),
        (None, Some(span)) => {
            Some(json!({"id": iris.item(&format!("{fragment}.author")), "name": span.text}))
        }
        (None, None) => None,
    };
    out.extend(author.map(|author| ("author".to_owned(), author)));
    out.insert("text".into(), statement.span.text.clone().into());
    out.insert("appearance".into(), iris.document().into());
}

/// What schema.org calls an actor; nothing where it has no name for it that says no more than the
/// record does.
fn thing(kind: ActorKind) -> Option<&'static str> {
    match kind {
        ActorKind::Person => Some("Person"),
        ActorKind::Population | ActorKind::State | ActorKind::Other => None,
        ActorKind::Government
        | ActorKind::ArmedGroup
        | ActorKind::Military
        | ActorKind::Police
        | ActorKind::Court
        | ActorKind::Igo
        | ActorKind::Ngo
        | ActorKind::Party
        | ActorKind::Company
        | ActorKind::Media => Some("Organization"),
    }
}

/// The document. The way back to the original stays behind: it is in bytes of the text.
fn document(record: &Record, document: &Value, annotations: &mut Annotations<'_>) -> Value {
    let iris = annotations.iris;
    let value = annotations.value(document, "", "");
    let Value::Object(mut out) = value else { return Value::Null };
    out.remove("origins");
    out.insert("id".into(), iris.document().into());
    out.insert("type".into(), json!(["Document", "Entity", "CreativeWork"]));
    let original = &record.document.source;
    let iri = format!("urn:{}", original.sha256);
    if iri != iris.document() {
        out.insert("derivedFrom".into(), iri.clone().into());
    }
    out.insert(
        "source".into(),
        json!({
            "id": iri, "type": "Entity", "name": original.name,
            "media_type": original.media_type, "bytes": original.bytes,
        }),
    );
    Value::Object(out)
}

/// The reading that made the record: what it used, and the program that did it.
fn made_by(record: &Record, iris: &Iris) -> Value {
    let made_by = &record.made_by;
    let tool =
        |kind: &str, name: &String| json!({"id": urn(kind, name), "type": "Entity", "name": name});
    let mut used = vec![json!(iris.document())];
    used.extend(made_by.pack.iter().map(|pack| tool("pack", pack)));
    used.extend(made_by.model.iter().map(|model| tool("model", model)));
    json!({
        "id": iris.item("reading"), "type": "Activity", "used": used,
        "associatedWith": {
            "id": urn("program", &made_by.onrecord), "type": "SoftwareAgent",
            "name": "Onrecord", "softwareVersion": made_by.onrecord,
        },
    })
}

/// The IRI of what made a record: by its hash where its name is one, else by kind and name, which
/// keep of their bytes what RFC 3986 leaves unreserved.
fn urn(kind: &str, name: &str) -> String {
    if let Some(hash) = name.strip_prefix("sha256:") {
        return format!("urn:sha256:{}", kept(hash));
    }
    format!("urn:onrecord:{kind}:{}", kept(name))
}

fn kept(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'@' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
