//! Writing an article's claims or sources in a format of the field.

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
    /// Writes an article's claims or sources to `path`, whole or not at all. What is withheld does not go out, nor does an
    /// article whose history does not hold together.
    pub fn export_as(&self, article: ArticleId, format: &Format, to: &Target) -> Result<(), DeskError> {
        let bytes = self.told_as(article, format)?;
        to.write(|out| Ok(out.write_all(&bytes).map_err(|why| to.failed(why))?))
    }

    /// What a file of that format holds.
    pub fn told_as(&self, article: ArticleId, format: &Format) -> Result<Vec<u8>, DeskError> {
        self.snapshot(|| {
            self.progress.at(Doing::Gathering, 0, 2)?;
            let dossier = self.dossier(article)?;
            bundle::check_history(&dossier.log)?;
            self.progress.at(Doing::Gathering, 1, 2)?;
            Ok(format.write(&dossier, &self.query_numbers(article)?)?)
        })
    }

    /// The names files are offered under, in the order of [`FORMATS`].
    pub fn offered_names(&self, article: ArticleId) -> Result<Vec<String>, DeskError> {
        let dossier = self.dossier(article)?;
        Ok(FORMATS.iter().map(|f| f.offered_name(&dossier)).collect())
    }
}
