//! Exporting: the dossier of an article, and its bundle.

use super::leak_warnings::leak_warnings;
use crate::desk::{Desk, DeskError, Open, Target, history::corrections::last_action};
use crate::messages::Message;
use crate::{
    formats::bundle,
    model::{ActionId, ArticleId, Doing, Moment, SourceId},
};

/// A preview of an export: what is still open, and warnings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportView {
    /// The suggested file name.
    pub name: String,
    /// What is still open.
    pub open: Vec<Open>,
    /// Verdicts that all of their evidence speaks against, and where a withheld name occurs in what would go out.
    pub warnings: Vec<Message>,
    /// How many sources are withheld.
    pub withheld: usize,
}

impl Desk {
    /// Writes an article's bundle to `to`, completely or not at all, and signs it with the key of the person who works.
    /// It is not signed if that person is unknown, or if `unsigned` is set.
    pub fn export(&self, article: ArticleId, to: &Target, unsigned: bool) -> Result<(), DeskError> {
        let mine = if unsigned { None } else { self.my_key()? };
        let signer = mine.as_ref().map(|(me, key)| bundle::Signer { name: &me.name, key });
        let (newest, verified) =
            self.snapshot_with_retry(|| self.write_bundle(article, to, signer.as_ref()))?;
        self.write(|_| {
            self.remember_bundle(article, newest)?;
            verified.map_or(Ok(()), |last| self.remember_verified(article, last))
        })
    }

    /// Writes the bundle. Returns the time of its newest action and, if it counts as verified, the article's last action.
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
        let mut report = |p: bundle::Progress| self.progress.step(Doing::Writing, p.done, p.total);
        to.write(|out| bundle::write(&dossier, signer, out, &mut report).map_err(DeskError::from))?;
        let verified = dossier.verified.open.is_empty();
        let last = last_action(article, &dossier.log).filter(|_| verified);
        Ok((dossier.newest(), last))
    }

    /// A preview of an export: what is still open, and warnings.
    pub fn export_view(&self, article: ArticleId) -> Result<ExportView, DeskError> {
        self.snapshot(|| self.build_export_view(article))
    }

    fn build_export_view(&self, article: ArticleId) -> Result<ExportView, DeskError> {
        let reading = self.read(article, None)?;
        let dossier = self.dossier(article)?;
        let withheld: Vec<_> =
            reading.state.sources.values().filter(|s| s.value.withhold).map(|s| &s.value).collect();
        let interviews_with = |s: SourceId| reading.state.interviews.get(&s).into_iter().flatten();
        let names = withheld.iter().flat_map(|s| {
            let with = interviews_with(s.source).map(|i| &i.value.with);
            [&s.title].into_iter().chain(&s.authors).chain(&s.publisher).chain(with)
        });
        let gate = self.gate(article)?;
        let told = names.filter(|n| n.chars().count() > 2).flat_map(|n| leak_warnings(&dossier, n));
        let warnings = gate.warnings.iter().map(|w| w.message.clone()).chain(told).collect();
        let used = |s: SourceId| {
            reading.state.claims.iter().flat_map(|c| &c.evidence).any(|e| e.evidence.source == s)
        };
        let withheld = withheld.iter().filter(|s| used(s.source)).count();
        Ok(ExportView { name: bundle::offered_name(&dossier), open: gate.open, warnings, withheld })
    }
}
