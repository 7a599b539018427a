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
    /// article's history is not consistent.
    pub fn export_as(&self, article: ArticleId, format: &Format, to: &Target) -> Result<(), DeskError> {
        let bytes = self.export_bytes(article, format)?;
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

    /// The suggested file names, in the order of [`FORMATS`].
    pub fn offered_names(&self, article: ArticleId) -> Result<Vec<String>, DeskError> {
        let dossier = self.dossier(article)?;
        Ok(FORMATS.iter().map(|f| f.offered_name(&dossier)).collect())
    }
}
