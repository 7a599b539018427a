//! Reads a PDF in a process of its own. A PDF can be made so that reading it costs all memory, never ends, or breaks the reader;
//! none of that may harm the desk.

use super::reading_thread;
use crate::{
    files,
    formats::article::{self, ReadError},
    messages::message,
    model::{Cancelled, Doing, FileKind, Progress, Proposal},
};
use std::{
    io::{self, Read, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{OnceLock, mpsc},
    thread,
    time::Duration,
};

/// The argument with which a program reads a PDF from standard input, and writes the answer to standard output.
pub const READ_PDF: &str = "read-pdf";

/// How long a PDF may take.
const LONGEST: Duration = Duration::from_secs(20);
/// How much memory it may take, in bytes.
const MOST_MEMORY: u64 = 900 << 20;
/// The longest PDF and the longest answer, in bytes.
const MOST_BYTES: u64 = 128 << 20;

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Names the program that is started with [`READ_PDF`] for each PDF: this one. Without it, PDFs are read in this process.
pub fn read_pdfs_with(program: PathBuf) {
    let _ = PROGRAM.set(program);
}

/// The other side: reads a PDF, and answers. It limits what this process may use, for good.
pub fn answer_pdf(mut input: impl Read, mut output: impl Write) -> io::Result<()> {
    files::limit_process(MOST_MEMORY, LONGEST.as_secs());
    let mut bytes = Vec::new();
    input.by_ref().take(MOST_BYTES).read_to_end(&mut bytes)?;
    output.write_all(&article::answer_pdf(&bytes))?;
    output.flush()
}

/// Reads a PDF. The outer error says that the work was stopped; then the process is ended.
pub fn read_pdf(bytes: &[u8], progress: &dyn Progress) -> Result<Result<Proposal, ReadError>, Cancelled> {
    match PROGRAM.get() {
        Some(program) => read_with(program, bytes, progress),
        None => progress.at(Doing::Reading, 0, 0).map(|()| article::read_pdf(bytes)),
    }
}

fn read_with(
    program: &Path,
    bytes: &[u8],
    progress: &dyn Progress,
) -> Result<Result<Proposal, ReadError>, Cancelled> {
    let failed = |why| ReadError::Unreadable { kind: FileKind::Pdf, why };
    let not_started = |e: io::Error| failed(message!("pdf_not_started", e = e.to_string()));
    let answer = match ask(program, bytes, progress) {
        Ok(answer) => answer?,
        Err(e) => return Ok(Err(not_started(e))),
    };
    let answer = answer.and_then(|answer| article::pdf_answered(&answer));
    Ok(answer.unwrap_or_else(|| Err(failed(message!("pdf_costly")))))
}

/// The answer of a process; `None` if it did not answer in time. Fails if the work was stopped.
type Answer = Result<Option<Vec<u8>>, Cancelled>;

/// The answer of the program. It is ended in any case.
fn ask(program: &Path, bytes: &[u8], progress: &dyn Progress) -> io::Result<Answer> {
    let mut command = Command::new(program);
    command.arg(READ_PDF).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    let answer = converse(&mut child, bytes, progress);
    let _ = child.kill();
    child.wait()?;
    answer
}

fn converse(child: &mut Child, bytes: &[u8], progress: &dyn Progress) -> io::Result<Answer> {
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let (send, receive) = mpsc::channel();
    thread::scope(|scope| {
        // A process that ends early reads no more; its answer says why.
        let writes = move || stdin.map(|mut stdin| stdin.write_all(bytes));
        let written = thread::Builder::new().spawn_scoped(scope, writes);
        let reads = move || {
            let mut answer = Vec::new();
            let read = stdout.map(|out| out.take(MOST_BYTES).read_to_end(&mut answer));
            if read.is_some_and(|r| r.is_ok()) {
                let _ = send.send(answer);
            }
        };
        let read = written.and_then(|_| thread::Builder::new().spawn_scoped(scope, reads));
        let answer = reading_thread::wait(&receive, progress, Some(LONGEST));
        // Both threads end with the process.
        let _ = child.kill();
        read.map(|_| answer)
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::model::Unwatched;
    use std::ops::ControlFlow;

    #[test]
    fn a_process_that_is_stopped_is_ended() {
        let stop = |_: Doing, _: u64, _: u64| ControlFlow::Break(());
        // It writes for ever, so this returns only once it is ended.
        assert_eq!(read_with(Path::new("/usr/bin/yes"), b"%PDF-1.4", &stop), Err(Cancelled));
    }

    /// What a program that ignores its argument makes of a PDF.
    fn refused(program: &str) -> String {
        let read = read_with(Path::new(program), b"%PDF-1.4", &Unwatched).expect("nobody stops it");
        read.expect_err("no answer").to_string()
    }

    #[test]
    fn a_program_that_answers_nothing_or_something_else_gives_an_error() {
        for program in ["/bin/true", "/bin/false", "/bin/echo"] {
            assert!(refused(program).contains("costs too much"), "{program}");
        }
    }

    #[test]
    fn a_program_that_is_gone_is_named() {
        assert!(refused("/nowhere/tickmark").contains("start Tickmark again"));
    }
}
