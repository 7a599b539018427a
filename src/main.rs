//! The command-line program. Everything it can do is in [`tickmark::cli`].

fn main() -> std::process::ExitCode {
    tickmark::cli::main()
}
