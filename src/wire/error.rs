//! Errors for the page and for scripts: a code that the page branches on, and a message that a person can act on.

use crate::desk::DeskError;
use crate::{
    messages::{Message, Said, message},
    model::slugs,
    store::StoreError,
    text::OutOfText,
};
use serde::{Serialize, Serializer};

slugs! {
    /// What the page branches on: what kind of error it is. The core and the window's shell give these codes.
    ErrorCode, "error code", {
        /// There is no command of that name.
        UnknownCommand = "unknown_command",
        /// The request does not have the form of the command.
        WrongRequest = "wrong_request",
        /// It is not known who works.
        NoPerson = "no_person",
        /// A new name is like that of a person of the desk.
        LikeKnown = "like_known",
        /// The key needs its passphrase.
        NeedsPassphrase = "needs_passphrase",
        /// The passphrase is wrong.
        WrongPassphrase = "wrong_passphrase",
        /// The article was revised since.
        RevisedElsewhere = "revised_elsewhere",
        /// A merge has conflicts that nobody resolved.
        Conflicts = "conflicts",
        /// What would be undone is no longer the next step.
        StaleUndo = "stale_undo",
        /// The bytes are not UTF-8; a person must confirm the encoding.
        NeedsEncoding = "needs_encoding",
        /// There is nothing of that name or number.
        NotFound = "not_found",
        /// Nothing would change.
        NoChange = "no_change",
        /// Another file is in the place of the desk's file.
        DeskReplaced = "desk_replaced",
        /// Another window has the desk open.
        DeskLocked = "desk_locked",
        /// A person stopped it.
        Cancelled = "cancelled",
        /// The input or the state of the desk does not allow it.
        Refused = "refused",
        /// The disk is full.
        DiskFull = "disk_full",
        /// The desk's file is damaged, or is no desk.
        Damaged = "damaged",
        /// The desk can only be read.
        ReadOnly = "read_only",
        /// A file or the database failed.
        Failed = "failed",
        /// A suggestion does not wait for a decision.
        NotOpen = "not_open",
        /// The hub of the shared desk cannot be reached.
        Offline = "offline",
        /// The shell: a call ended by a fault of the program.
        Stopped = "stopped",
        /// The shell: the window is closed.
        NoWindow = "no_window",
        /// The shell: the window system refused.
        Window = "window",
        /// The shell: the clipboard refused.
        Clipboard = "clipboard",
        /// The shell: a text is no web address.
        NotAWebAddress = "not_a_web_address",
        /// The shell: another program could not open a file or an address.
        Open = "open",
        /// The shell: the path of a file is not Unicode.
        OddPath = "odd_path",
    }
}

impl Serialize for ErrorCode {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl PartialEq<&str> for ErrorCode {
    fn eq(&self, code: &&str) -> bool {
        self.as_str() == *code
    }
}

impl From<&DeskError> for ErrorCode {
    fn from(e: &DeskError) -> Self {
        match e {
            _ if e.is_cancelled() => Self::Cancelled,
            DeskError::NoPerson => Self::NoPerson,
            DeskError::LikeKnown { .. } => Self::LikeKnown,
            DeskError::NeedsPassphrase(_) => Self::NeedsPassphrase,
            DeskError::WrongPassphrase(_) => Self::WrongPassphrase,
            DeskError::RevisedElsewhere { .. } => Self::RevisedElsewhere,
            DeskError::StaleUndo => Self::StaleUndo,
            DeskError::NeedsEncoding { .. } => Self::NeedsEncoding,
            DeskError::NotFound { .. } => Self::NotFound,
            DeskError::NoChange(_) => Self::NoChange,
            DeskError::NotOpen(_) => Self::NotOpen,
            DeskError::Replaced { .. } => Self::DeskReplaced,
            DeskError::Cancelled(_) => Self::Cancelled,
            DeskError::Hub(why) if why.is_offline() => Self::Offline,
            DeskError::Quote(_)
            | DeskError::Refused(_)
            | DeskError::Read(_)
            | DeskError::Bundle(_)
            | DeskError::Write(_)
            | DeskError::Foreign(_)
            | DeskError::Speak(_)
            | DeskError::Hub(_) => Self::Refused,
            DeskError::Store(StoreError::Full) => Self::DiskFull,
            DeskError::Store(StoreError::NotADesk { .. } | StoreError::Empty(_) | StoreError::Damaged(_)) => {
                Self::Damaged
            }
            DeskError::Store(StoreError::ReadOnly) => Self::ReadOnly,
            DeskError::File(_) | DeskError::Store(_) => Self::Failed,
        }
    }
}

/// The error that the page gets instead of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WireError {
    /// What the page branches on.
    pub code: ErrorCode,
    /// What was attempted, on what, and what to do, in English: for scripts.
    pub message: String,
    /// The same as a message: for the page, which shows it in its own language.
    pub said: Message,
    /// Details for a developer.
    pub detail: Option<String>,
}

impl WireError {
    /// An error of the given code.
    pub fn new(code: ErrorCode, said: impl Said) -> Self {
        let said = said.message();
        Self { code, message: said.to_string(), said, detail: None }
    }

    /// A request that does not have the form of the command.
    pub fn request(command: &str, why: impl ToString) -> Self {
        let why = why.to_string();
        let said = message!("wire_request", command = command, why = &why);
        Self { detail: Some(why), ..Self::new(ErrorCode::WrongRequest, said) }
    }
}

impl From<DeskError> for WireError {
    fn from(e: DeskError) -> Self {
        Self { detail: Some(format!("{e:?}")), ..Self::new((&e).into(), e) }
    }
}

impl From<OutOfText> for WireError {
    fn from(e: OutOfText) -> Self {
        Self::new(ErrorCode::WrongRequest, message!("wire_out_of_text", why = e.message()))
    }
}

/// An input that could not be parsed: a slug, a date, an id.
pub(super) fn unread(e: impl Said) -> WireError {
    WireError::new(ErrorCode::Refused, e)
}
