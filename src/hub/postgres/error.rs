//! What the database says of a failure, as the error that a desk understands.

use crate::{
    hub::{HubError, Refusal},
    messages::Message,
};
use std::error::Error;
use tokio_postgres::error::{DbError, Error as PgError};

/// A failed call or connection.
pub(super) fn of(error: PgError) -> HubError {
    match error.as_db_error() {
        Some(told) => of_database(told),
        None => HubError::Unreachable(Message::verbatim(with_causes(&error))),
    }
}

/// An answer that a column or a text of it does not fit.
pub(super) fn unread(what: impl ToString) -> HubError {
    HubError::Answer(Message::verbatim(what))
}

fn of_database(told: &DbError) -> HubError {
    let (code, said) = (told.code().code(), told.message().to_owned());
    if let Ok(why) = code.parse::<Refusal>() {
        let entry = told.detail().and_then(|d| d.parse().ok());
        return HubError::Refused { why, entry, said };
    }
    let said = Message::verbatim(said);
    match &code[..2] {
        // A wrong login or password, an unknown database, and functions that this login may not call any more.
        "28" | "3D" => HubError::NotAdmitted(said),
        _ if code == "42501" => HubError::NotAdmitted(said),
        // The hub has other functions, or cannot read what was sent.
        "42" | "3F" | "22" | "0A" => HubError::Answer(said),
        _ => HubError::Unreachable(said),
    }
}

fn with_causes(error: &(dyn Error + 'static)) -> String {
    let (mut told, mut next) = (error.to_string(), error.source());
    while let Some(cause) = next {
        told = format!("{told}: {cause}");
        next = cause.source();
    }
    told
}
