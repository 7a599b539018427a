//! The pictures of an article.

use super::sources::digest;
use crate::{
    desk::{Desk, PictureView},
    wire::{WireError, page::*},
};

pub fn list(desk: &mut Desk, q: ArticleRequest) -> Result<Vec<PictureDto>, WireError> {
    let article = desk.article_named(&q.article)?;
    let pictures = desk.pictures(&desk.read(article, None)?)?;
    Ok(pictures.into_iter().map(drawn).collect())
}

pub fn show(desk: &mut Desk, q: PictureRequest) -> Result<PictureAnswer, WireError> {
    let file = digest(&q.digest)?;
    desk.fetch_file(&file, &mut super::hub::connect)?;
    Ok(PictureAnswer { address: desk.picture_address(&file)? })
}

fn drawn(view: PictureView) -> PictureDto {
    let PictureView { picture, near } = view;
    PictureDto {
        name: picture.name,
        file: picture.file.as_ref().map(|f| f.digest.to_string()),
        bytes: picture.file.as_ref().map(|f| f.bytes),
        alt: picture.alt,
        caption: picture.caption,
        near,
    }
}
