# Sourced by every script here, after `root` is set to the project's folder.
# Puts the tools that setup.sh keeps in .tools/ in front of the path, and gives the
# messages of all scripts one form. It installs nothing and starts nothing.

# Some services start with no HOME; cargo, npm and SQLite's temporary files want one.
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

# Where cargo puts what it builds, also when the caller moved it elsewhere.
target="${CARGO_TARGET_DIR:-$root/target}"

step() { printf '\n== %s\n' "$*"; }
say() { printf '%s\n' "$*"; }
# Ends with 2, the code for "this machine lacks something that only its owner can give".
give_up() {
    printf '%s\n' "$@" >&2
    exit 2
}
