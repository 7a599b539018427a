//! Exporting an article's claims or sources in formats of other programs.

use crate::desk::{Desk, DeskError, Target};
use crate::{
    formats::{
        bundle,
        interchange::{FORMATS, Format},
    },
    model::{ArticleId, Doing},
};
use std::io::Write;

impl Desk {
    /// Writes an article's claims or sources to `to`, completely or not at all. Leaves out what is withheld. Fails if the
    /// article's history is not consistent. With `mark`, a CSV file begins with a byte order mark.
    pub fn export_as(
        &self,
        article: ArticleId,
        format: &Format,
        mark: bool,
        to: &Target,
    ) -> Result<(), DeskError> {
        let bytes = self.export_bytes(article, format)?;
        let bytes = if mark { format.with_mark(bytes) } else { bytes };
        to.write(|out| Ok(out.write_all(&bytes).map_err(|why| to.failed(why))?))
    }

    /// The bytes of a file in that format.
    pub fn export_bytes(&self, article: ArticleId, format: &Format) -> Result<Vec<u8>, DeskError> {
        self.snapshot(|| {
            self.progress.at(Doing::Gathering, 0, 2)?;
            let dossier = self.dossier(article)?;
            bundle::check_history(&dossier.log)?;
            self.progress.at(Doing::Gathering, 1, 2)?;
            Ok(format.write(&dossier, &self.query_numbers(article)?)?)
        })
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
