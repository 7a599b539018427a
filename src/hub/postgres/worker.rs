//! The thread that calls is the one that works the connection: it does so while it waits for an answer.

use crate::{
    hub::HubError,
    messages::{Message, message},
};
use std::time::Duration;
use tokio::{
    runtime::{Builder, Runtime},
    time::timeout,
};

/// Runs what has to wait for the network. Dropping it waits for nothing, not even for a name that is being looked up.
pub(super) struct Worker(Option<Runtime>);

impl Worker {
    pub(super) fn new() -> Result<Self, HubError> {
        let runtime = Builder::new_current_thread().enable_all().build();
        runtime.map(|r| Self(Some(r))).map_err(|e| HubError::Unreachable(Message::verbatim(e)))
    }

    /// The outcome of `work`; `None` where it takes longer than `longest`.
    pub(super) fn wait<T>(&self, longest: Duration, work: impl Future<Output = T>) -> Option<T> {
        self.0.as_ref()?.block_on(async { timeout(longest, work).await }).ok()
    }

    /// The outcome of a call; one that takes longer than `longest` was not answered.
    pub(super) fn call<T>(
        &self,
        longest: Duration,
        work: impl Future<Output = Result<T, HubError>>,
    ) -> Result<T, HubError> {
        self.wait(longest, work).unwrap_or_else(|| Err(HubError::Unreachable(message!("hub_no_answer"))))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
