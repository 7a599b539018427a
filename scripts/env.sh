# Every script here sources this after it sets `root` to the project's folder. It adds the tools in
# .tools/, which setup.sh installs, to the path, and defines the functions for messages. It installs
# nothing and starts nothing.

# Some services have no HOME; cargo, npm and SQLite's temporary files need one.
if [ -z "${HOME:-}" ]; then
    HOME=$(getent passwd "$(id -u)" 2>/dev/null | cut -d: -f6)
    export HOME="${HOME:-/tmp}"
fi
tools="$root/.tools"
if [ -x "$tools/node/bin/node" ]; then PATH="$tools/node/bin:$PATH"; fi
case ":$PATH:" in
    *":${CARGO_HOME:-$HOME/.cargo}/bin:"*) ;;
    *) PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin" ;;
esac
export PATH

# The folder of cargo's builds, also if the caller set another.
target="${CARGO_TARGET_DIR:-$root/target}"

# Builds the command-line program. With TICKMARK_WORKSPACE it is built as a part of the whole workspace, with the window: cargo
# gives the libraries other features then, so that programs that are built both ways are built twice.
build_program() {
    (cd "$root" && cargo build --locked --quiet ${TICKMARK_WORKSPACE:+--workspace} --bin tickmark)
}

step() { printf '\n== %s\n' "$*"; }
say() { printf '%s\n' "$*"; }
# Exits with 2, the code for "this machine lacks something that only its owner can install".
give_up() {
    printf '%s\n' "$@" >&2
    exit 2
}
