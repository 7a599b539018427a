//! Other formats, from the outside: the desk writes them, and other parsers read them if there are any.

mod claims;
mod hostile;
mod imports;
mod own_files;
mod pdf;
mod sources;
mod tables;
mod word;

use crate::support::{BRIDGE, Opened};
use tickmark::{
    desk::{ClaimChange, PassageText, SourceChange},
    formats::interchange::Format,
    model::{ArticleId, ClaimId, Info, SourceId, Stance},
};

/// What must never be exported.
pub const SECRETS: [&str; 4] =
    ["Inspector Nightingale", "the books were doctored", "page ninety-nine", "https://nightingale.example"];

/// An article with a claim that holds, a stale one, one without a verdict and an orphan, and a withheld source.
pub struct Field {
    pub opened: Opened,
    pub held: ClaimId,
}

impl Field {
    pub fn new() -> Self {
        let mut opened = Opened::with(BRIDGE);
        let open = add(&mut opened, report());
        let hidden = SourceChange {
            title: SECRETS[0].into(),
            url: Some(SECRETS[3].into()),
            withhold: true,
            ..SourceChange::default()
        };
        let hidden = add(&mut opened, hidden);
        let held = opened.mark_true("The bridge was built in 1911.");
        opened.mark_true("closed in 2019");
        opened.mark("5,000 people 👩‍👩‍👧");
        opened.mark_true("It is 240 metres long.");
        let assertion = Some("=Karsk's bridge dates from 1911".into());
        let change = ClaimChange { assertion, claimant: Some("@mayor".into()), ..ClaimChange::default() };
        opened.desk.edit_claim(opened.article, held, change).unwrap();
        let text = |passage: &str, locator: &str| PassageText {
            passage: Some(passage.into()),
            locator: Some(locator.into()),
            note: None,
        };
        let at = (opened.article, held);
        opened.desk.add_evidence(at, open, Stance::Supports, text("Built: 1911", "p. 3")).unwrap();
        opened.desk.add_evidence(at, hidden, Stance::Refutes, text(SECRETS[1], SECRETS[2])).unwrap();
        opened.desk.ask(opened.article, Some(held), None, "Is that certain?").unwrap();
        let info = Info { url: Some("https://news.example/bridge".into()), ..Info::default() };
        opened.desk.set_info(opened.article, info).unwrap();
        let next = BRIDGE.replace("2019", "2021").replace(" It is 240 metres long.", "");
        opened.revise(&next);
        Self { opened, held }
    }

    pub fn written(&self, slug: &str) -> Vec<u8> {
        written(&self.opened, slug)
    }

    pub fn article(&self) -> ArticleId {
        self.opened.article
    }
}

/// A source with every field filled, with characters that formats often fail on.
pub fn report() -> SourceChange {
    SourceChange {
        kind: "report".parse().ok(),
        title: "The {Bridge} of Karsk & its 100% safety: a_b $5 ~ ^ \\ -- \"quoted\"".into(),
        authors: vec![
            "van der Doe, Jané".into(),
            "Ministry of Works and Bridges".into(),
            "King, M. L., Jr.".into(),
        ],
        publisher: Some("Karsk Press & Sons".into()),
        published: "2025-08".parse().ok(),
        accessed: "2025-08-25".parse().ok(),
        url: Some("https://example.org/a--b_(c)?x=1&y=%20#frag~1".into()),
        note: Some("First line.".into()),
        reliability: Some("primary".into()),
        withhold: false,
        keep_here: false,
    }
}

pub fn add(opened: &mut Opened, source: SourceChange) -> SourceId {
    opened.desk.add_source(source, &[]).unwrap().value
}

pub fn written(opened: &Opened, slug: &str) -> Vec<u8> {
    let dossier = opened.desk.dossier(opened.article).unwrap();
    Format::named(slug).unwrap().write(&dossier, &Default::default()).unwrap()
}

pub fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}
