//! `redact`

use super::{
    Context,
    confirm::confirm,
    log_and_undo::action_in_words,
    output::{Failure, Output, minute},
};
use crate::{
    desk::Desk,
    model::{FactId, NotAnId},
};
use serde_json::json;

/// `redact`
pub fn redact(context: &Context, fact: &str, why: Option<String>, yes: bool) -> Result<Output, Failure> {
    let id = fact.parse().map_err(|e: NotAnId| Failure(e.to_string()))?;
    let mut desk = context.open()?;
    confirm(yes, &what_is_lost(&desk, id)?, "Erase it?")?;
    desk.redact(id, why)?;
    Ok(Output::new(json!({ "redacted": fact }), "Redacted: its content is erased, its digest stays"))
}

/// What a redaction erases, and for whom.
fn what_is_lost(desk: &Desk, fact: FactId) -> Result<Vec<String>, Failure> {
    let (action, stamp) = desk.recorded_with(fact)?;
    let by = desk.person(stamp.by)?.map(|p| p.name).unwrap_or_default();
    let whose = match desk.shared_with()?.is_some() {
        true => "for you and for everybody on the shared desk, as soon as it is sent",
        false => "for everybody who works on this desk",
    };
    Ok(vec![
        format!("This erases what {by} recorded on {}: {}.", minute(&stamp), action_in_words(desk, &action)?),
        format!("It is gone {whose}. It cannot be undone."),
    ])
}
