//! What goes out: the dossier of an article, and its bundle.

use super::leak_warnings::leak_warnings;
use crate::desk::{Desk, DeskError, Open, Target, history::corrections::last_action};
use crate::{
    formats::bundle,
    model::{ActionId, ArticleId, Doing, Moment, SourceId},
};

/// What an export would leave open, and what it would tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportView {
    /// The file name that is offered.
    pub name: String,
    /// What is still open.
    pub open: Vec<Open>,
    /// Verdicts that all of their evidence speaks against, and where a withheld name occurs in what would go out.
    pub warnings: Vec<String>,
    /// How many sources are withheld.
    pub withheld: usize,
}

impl Desk {
    /// Writes an article's bundle to `path`, whole or not at all, signed with the key of whoever works. Nobody signs it
    /// where nobody the desk knows works, or where `unsigned` is asked for.
    pub fn export(&self, article: ArticleId, to: &Target, unsigned: bool) -> Result<(), DeskError> {
        let mine = if unsigned { None } else { self.my_key()? };
        let signer = mine.as_ref().map(|(me, key)| bundle::Signer { name: &me.name, key });
        let (newest, verified) = self.settled(|| self.write_bundle(article, to, signer.as_ref()))?;
        self.write(|_| {
            self.remember(article, newest)?;
            verified.map_or(Ok(()), |last| self.went_out_verified(article, last))
        })
    }

    /// Writes the bundle. Gives the moment of its newest action, and where it counts as verified the article's last action.
    fn write_bundle(
        &self,
        article: ArticleId,
        to: &Target,
        signer: Option<&bundle::Signer>,
    ) -> Result<(Moment, Option<ActionId>), DeskError> {
        self.progress.at(Doing::Gathering, 0, 2)?;
        let dossier = self.dossier(article)?;
        bundle::check_history(&dossier.log)?;
        self.progress.at(Doing::Gathering, 1, 2)?;
        let mut told = |p: bundle::Progress| self.progress.step(Doing::Writing, p.done, p.total);
        to.write(|out| bundle::write(&dossier, signer, out, &mut told).map_err(DeskError::from))?;
        let verified = dossier.verified.open.is_empty();
        let last = last_action(article, &dossier.log).filter(|_| verified);
        Ok((dossier.newest(), last))
    }

    /// What an export would leave open, and what it would tell.
    pub fn export_view(&self, article: ArticleId) -> Result<ExportView, DeskError> {
        self.snapshot(|| self.viewed(article))
    }

    fn viewed(&self, article: ArticleId) -> Result<ExportView, DeskError> {
        let reading = self.read(article, None)?;
        let dossier = self.dossier(article)?;
        let withheld: Vec<_> =
            reading.state.sources.values().filter(|s| s.value.withhold).map(|s| &s.value).collect();
        let talked = |s: SourceId| reading.state.interviews.get(&s).into_iter().flatten();
        let names = withheld.iter().flat_map(|s| {
            let with = talked(s.source).map(|i| &i.value.with);
            [&s.title].into_iter().chain(&s.authors).chain(&s.publisher).chain(with)
        });
        let gate = self.gate(article)?;
        let told = names.filter(|n| n.chars().count() > 2).flat_map(|n| leak_warnings(&dossier, n));
        let warnings = gate.warnings.iter().map(|w| w.text.clone()).chain(told).collect();
        let used = |s: SourceId| {
            reading.state.claims.iter().flat_map(|c| &c.evidence).any(|e| e.evidence.source == s)
        };
        let withheld = withheld.iter().filter(|s| used(s.source)).count();
        Ok(ExportView { name: bundle::offered_name(&dossier), open: gate.open, warnings, withheld })
    }
}
