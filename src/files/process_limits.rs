//! Limits of what this process may use.

/// Limits the memory of this process in bytes and its working time in seconds, for good. Where the system knows no such limits,
/// nothing changes.
#[cfg(unix)]
pub fn limit_process(memory: u64, seconds: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let lower = |resource: Resource, most: u64| {
        let known = getrlimit(resource).maximum;
        let most = Some(known.map_or(most, |k| k.min(most)));
        // A limit that cannot be set leaves those of whoever waits for the process.
        let _ = setrlimit(resource, Rlimit { current: most, maximum: most });
    };
    lower(Resource::As, memory);
    lower(Resource::Cpu, seconds);
}

/// Limits nothing.
#[cfg(not(unix))]
pub fn limit_process(_memory: u64, _seconds: u64) {}
