//! Unsent forms.

use crate::{
    desk::{Desk, FormDraft},
    wire::{WireError, draw::Drawing, page::*},
};

pub fn keep(desk: &mut Desk, q: KeepFormRequest) -> Result<Nothing, WireError> {
    let key = desk.form_named(&q.article, q.claim.as_deref(), &q.form)?;
    desk.keep_form(key, q.fields)?;
    Ok(Nothing {})
}

pub fn discard(desk: &mut Desk, q: FormRequest) -> Result<Nothing, WireError> {
    let key = desk.form_named(&q.article, q.claim.as_deref(), &q.form)?;
    desk.drop_form(&key)?;
    Ok(Nothing {})
}

pub fn list(desk: &mut Desk, q: ArticleRequest) -> Result<Vec<FormDto>, WireError> {
    let (article, draw) = (desk.place_of_forms(&q.article)?, Drawing::new(desk));
    let drawn = |d: FormDraft| {
        Ok(FormDto {
            claim: d.key.claim.map(|c| c.to_string()),
            form: d.key.form,
            fields: d.fields,
            by: draw.somebody(d.by)?,
            at: d.at.to_string(),
        })
    };
    desk.forms(article)?.into_iter().map(drawn).collect()
}
