//! Exporting: the dossier of an article, and its bundle.

use super::leak_warnings::leak_warnings;
use crate::desk::{Desk, DeskError, Open, Target, history::corrections::last_action};
use crate::{
    formats::bundle,
    messages::{Message, message},
    model::{ActionKind, ArticleId, Chain, Doing, Fact, Moment, Published, SourceId},
    store::Tx,
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

/// The first form of hubs that take what went out verified.
const FORM_WITH_PUBLISHED: u32 = 2;

/// A bundle that was written.
pub(in crate::desk) struct WrittenBundle {
    /// The time of its newest action.
    newest: Moment,
    /// What went out, if the article counts as verified.
    published: Option<Published>,
}

impl Desk {
    /// Writes an article's bundle to `to`, completely or not at all, and signs it with the key of the person who works.
    /// It is not signed if that person is unknown, or if `unsigned` is set. What went out verified is recorded. If that fails,
    /// the file is there all the same, and the reason is returned.
    pub fn export(
        &self,
        article: ArticleId,
        to: &Target,
        unsigned: bool,
    ) -> Result<Option<Message>, DeskError> {
        let written = self.export_unrecorded(article, to, unsigned)?;
        let failed = self.record_export(article, &written).err();
        let tells = failed.filter(|_| written.published.is_some());
        Ok(tells.map(|why| message!("export_not_recorded", why = why.message())))
    }

    /// The same, for a bundle that does not go out: nothing is recorded.
    pub(in crate::desk) fn export_unrecorded(
        &self,
        article: ArticleId,
        to: &Target,
        unsigned: bool,
    ) -> Result<WrittenBundle, DeskError> {
        let mine = if unsigned { None } else { self.my_key()? };
        let signer = mine.as_ref().map(|(me, key)| bundle::Signer { name: &me.name, key });
        self.snapshot_with_retry(|| self.write_bundle(article, to, signer.as_ref()))
    }

    fn record_export(&self, article: ArticleId, written: &WrittenBundle) -> Result<(), DeskError> {
        self.write(|tx| {
            self.remember_bundle(article, written.newest)?;
            let Some(published) = &written.published else { return Ok(()) };
            self.remember_verified(article, published.last)?;
            self.record_published(tx, published)
        })
    }

    /// Records what went out, unless the same bundle went out before, nobody is named, or the person may only read.
    fn record_published(&self, tx: &Tx, published: &Published) -> Result<(), DeskError> {
        let known = self.went_out(published.article)?.is_some_and(|o| o.published.bundle == published.bundle);
        let may =
            self.role()?.is_none_or(|role| role.may(ActionKind::Publish)) && self.hub_takes_published()?;
        if known || !may || self.my_id().is_none() {
            return Ok(());
        }
        let person = self.who(tx)?;
        self.record(tx, ActionKind::Publish, Chain::Desk, person, |act| {
            act.record(Fact::Published(published.clone()));
            Ok(())
        })?;
        Ok(())
    }

    /// A hub that an older version prepared would refuse it, and then all that comes after it.
    fn hub_takes_published(&self) -> Result<bool, DeskError> {
        Ok(self.store.membership()?.is_none() || self.hub_form()? >= FORM_WITH_PUBLISHED)
    }

    fn write_bundle(
        &self,
        article: ArticleId,
        to: &Target,
        signer: Option<&bundle::Signer>,
    ) -> Result<WrittenBundle, DeskError> {
        self.progress.at(Doing::Gathering, 0, 2)?;
        let dossier = self.dossier(article)?;
        bundle::check_history(&dossier.log)?;
        self.progress.at(Doing::Gathering, 1, 2)?;
        let mut report = |p: bundle::Progress| self.progress.step(Doing::Writing, p.done, p.total);
        let write = |out: &mut _| bundle::write(&dossier, signer, out, &mut report).map_err(DeskError::from);
        let bundle = to.write(write)?.digest;
        let last = last_action(article, &dossier.log).filter(|_| dossier.verified.open.is_empty());
        let published = dossier.state.newest().zip(last).map(|(newest, last)| Published {
            article,
            revision: newest.id,
            last,
            bundle,
        });
        Ok(WrittenBundle { newest: dossier.newest(), published })
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
