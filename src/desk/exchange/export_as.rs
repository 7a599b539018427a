//! Exporting an article's claims or sources in formats of other programs.

use crate::desk::{Desk, DeskError, Target};
use crate::{
    formats::{
        bundle,
        interchange::{FORMATS, Format, Written, sheet},
    },
    messages::Message,
    model::{ArticleId, ArticleState, Doing, RevisionId},
};
use std::io::Write;

/// How a file in another format is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExportAs {
    /// A CSV file begins with a byte order mark.
    pub mark: bool,
    /// The changes since this revision are shown, in a format that can.
    pub changes_since: Option<RevisionId>,
}

impl Desk {
    /// Writes an article's claims or sources to `to`, completely or not at all. Leaves out what is withheld. Fails if the
    /// article's history is not consistent. Returns what the writer warns of.
    pub fn export_as(
        &self,
        article: ArticleId,
        format: &Format,
        how: ExportAs,
        to: &Target,
    ) -> Result<Vec<Message>, DeskError> {
        let Written { bytes, warnings } = self.export_bytes(article, format, how.changes_since)?;
        let bytes = if how.mark { format.with_mark(bytes) } else { bytes };
        to.write(|out| Ok(out.write_all(&bytes).map_err(|why| to.failed(why))?))?;
        Ok(warnings)
    }

    /// The bytes of a file in that format, with the changes since a revision if the format has them.
    pub fn export_bytes(
        &self,
        article: ArticleId,
        format: &Format,
        changes_since: Option<RevisionId>,
    ) -> Result<Written, DeskError> {
        self.snapshot(|| {
            self.progress.at(Doing::Gathering, 0, 2)?;
            let dossier = self.dossier(article)?;
            bundle::check_history(&dossier.log)?;
            self.progress.at(Doing::Gathering, 1, 2)?;
            Ok(format.write_since(&dossier, &self.numbers_in(&dossier.state)?, changes_since)?)
        })
    }

    /// The numbers of an article's claims and queries, by their ids.
    fn numbers_in(&self, state: &ArticleState) -> Result<sheet::Numbers, DeskError> {
        let claims = state.live_claims().map(|c| c.id.0);
        let ids = claims.chain(state.queries.iter().map(|q| q.id.0));
        ids.map(|id| Ok((id.to_string(), self.number_of(id)?))).collect()
    }

    /// The suggested name for a file in that format; for a bundle if there is none.
    pub fn offered_name(&self, article: ArticleId, format: Option<&Format>) -> Result<String, DeskError> {
        let dossier = self.dossier(article)?;
        Ok(format.map_or_else(|| bundle::offered_name(&dossier), |f| f.offered_name(&dossier)))
    }

    /// The suggested file names, in the order of [`FORMATS`].
    pub fn offered_names(&self, article: ArticleId) -> Result<Vec<String>, DeskError> {
        let dossier = self.dossier(article)?;
        Ok(FORMATS.iter().map(|f| f.offered_name(&dossier)).collect())
    }
}
