//! `ro-crate-metadata.json`: the contents of the bundle, for catalogues and repositories that read RO-Crate 1.1.
//!
//! A flattened JSON-LD graph: the folder and its files, the sources, and a ClaimReview for each claim whose verdict holds.
//! Source: the RO-Crate Metadata Specification 1.1.3, <https://www.researchobject.org/ro-crate/specification/1.1/>.

use super::{Claims, SourceEntry, part::Parts, paths};
use crate::{formats::interchange, messages::quoted, model::Dossier};
use serde_json::{Map, Value, json};

/// The version of RO-Crate that the file conforms to.
const CONFORMS: &str = "https://w3id.org/ro/crate/1.1";
/// A crate must state a licence. The licence that the article's publisher grants is not known here.
const TERMS: &str = "#terms";

/// The bytes of the file, which describes everything in `parts`.
pub(super) fn json(dossier: &Dossier, claims: &Claims, parts: &Parts) -> serde_json::Result<Vec<u8>> {
    let mut graph = Graph(vec![descriptor()]);
    let files: Vec<Value> = parts.iter().map(|(path, part)| graph.file(path, part.bytes())).collect();
    let sources: Vec<Value> = claims.sources.iter().map(|s| graph.source(s)).collect();
    let reviews: Vec<Value> = interchange::reviews(claims, dossier)
        .into_iter()
        .enumerate()
        .map(|(i, review)| graph.hoist(&format!("#review-{}", i + 1), review.into()))
        .collect();
    let root = graph.root(dossier, claims, [files, sources, reviews]);
    graph.0.insert(1, root);
    graph.0.push(json!({
        "@id": TERMS, "@type": "CreativeWork", "name": "All rights reserved",
        "description": "The bundle grants no licence; ask who published the article and its sources.",
    }));
    let mut out =
        serde_json::to_vec_pretty(&json!({ "@context": format!("{CONFORMS}/context"), "@graph": graph.0 }))?;
    out.push(b'\n');
    Ok(out)
}

fn descriptor() -> Value {
    json!({
        "@id": "ro-crate-metadata.json", "@type": "CreativeWork",
        "about": { "@id": "./" }, "conformsTo": { "@id": CONFORMS },
    })
}

/// A flat list of entities. They refer to each other by `@id`.
struct Graph(Vec<Value>);

impl Graph {
    fn root(
        &mut self,
        dossier: &Dossier,
        claims: &Claims,
        [files, sources, reviews]: [Vec<Value>; 3],
    ) -> Value {
        let info = &claims.article.info;
        let headline = claims.article.title.as_str();
        let mut root = json!({
            "@id": "./", "@type": "Dataset", "name": headline,
            "description": format!("The article {} with its claims, evidence, verdicts and revisions, for checking", quoted(headline)),
            "identifier": format!("urn:uuid:{}", claims.article.id),
            "datePublished": dossier.newest().to_string(),
            "license": { "@id": TERMS },
            "hasPart": listed(files),
        });
        let author = info.byline.map(|n| self.add(json!({ "@id": "#author", "@type": "Person", "name": n })));
        let publisher =
            info.outlet.map(|n| self.add(json!({ "@id": "#publisher", "@type": "Organization", "name": n })));
        let more = [
            ("author", author),
            ("publisher", publisher),
            ("inLanguage", info.language.map(Into::into)),
            ("url", info.url.map(Into::into)),
            ("keywords", Some(info.tags.join(", ")).filter(|t| !t.is_empty()).map(Into::into)),
            ("citation", Some(sources).filter(|s| !s.is_empty()).map(listed)),
            ("mentions", Some(reviews).filter(|r| !r.is_empty()).map(listed)),
        ];
        for (name, value) in more.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            root[name] = value;
        }
        root
    }

    fn file(&mut self, path: &str, bytes: u64) -> Value {
        let id = path.trim_start_matches("data/");
        self.add(json!({
            "@id": id, "@type": "File", "name": title(path), "contentSize": bytes.to_string(),
            "encodingFormat": media_type(id),
        }))
    }

    fn source(&mut self, s: &SourceEntry) -> Value {
        let id = format!("#source-{}", s.number);
        let authors: Vec<Value> = s.authors.iter().map(|n| json!({ "@type": "Person", "name": n })).collect();
        let publisher = s.publisher.map(|n| json!({ "@type": "Organization", "name": n }));
        let files: Vec<Value> = s.files.iter().map(|f| json!({ "@id": f.path })).collect();
        let mut source = Map::from_iter([
            ("@id".to_owned(), id.as_str().into()),
            ("@type".to_owned(), "CreativeWork".into()),
            ("name".to_owned(), s.title.into()),
        ]);
        let more = [
            ("author", Some(authors).filter(|a| !a.is_empty()).map(Into::into)),
            ("publisher", publisher),
            ("datePublished", s.published.map(Into::into)),
            ("url", s.url.map(Into::into)),
            ("hasPart", Some(files).filter(|f| !f.is_empty()).map(Into::into)),
        ];
        source.extend(more.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
        self.hoist(&id, source.into())
    }

    /// Adds an entity and returns the reference to it.
    fn add(&mut self, entity: Value) -> Value {
        let reference = json!({ "@id": entity["@id"] });
        self.0.push(entity);
        reference
    }

    /// Moves every object inside `value` to the top level, because a crate's graph is flat. Ids come from the old places.
    fn hoist(&mut self, id: &str, value: Value) -> Value {
        match value {
            Value::Array(all) => {
                let each = all.into_iter().enumerate();
                listed(each.map(|(i, one)| self.hoist(&format!("{id}-{}", i + 1), one)).collect())
            }
            Value::Object(fields) if fields.contains_key("@type") => {
                let own = fields.get("@id").cloned().unwrap_or_else(|| id.into());
                let mut entity = Map::from_iter([("@id".to_owned(), own)]);
                for (name, inner) in fields.into_iter().filter(|(name, _)| name != "@id") {
                    let inner = self.hoist(&format!("{id}-{name}"), inner);
                    entity.insert(name, inner);
                }
                self.add(entity.into())
            }
            plain => plain,
        }
    }
}

/// Several values as a list, one value as itself: the compacted form of JSON-LD.
fn listed(mut all: Vec<Value>) -> Value {
    if all.len() == 1 { all.remove(0) } else { all.into() }
}

/// A title for each file.
fn title(path: &str) -> String {
    match path {
        paths::TEXT => "The newest text".into(),
        paths::CLAIMS => "The claims with their verdicts, evidence and queries".into(),
        paths::SCHEMA => "The JSON Schema of the claims".into(),
        paths::REVISIONS => "Who saved each revision, and where each claim stood in it".into(),
        paths::ACTIONS => "Everything that was done, with its digests".into(),
        paths::LEDGER => "What was corrected since the article was last exported as verified".into(),
        paths::PAGE => "The page to read it by".into(),
        other => other.rsplit('/').next().unwrap_or(other).into(),
    }
}

/// The media type of a file, from its extension, as RO-Crate requires.
fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "md" => "text/markdown",
        "txt" => "text/plain",
        "html" | "htm" => "text/html",
        "json" => "application/json",
        "jsonl" => "application/jsonl",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "csv" => "text/csv",
        _ => "application/octet-stream",
    }
}
