#!/bin/sh
# Builds the page into ui/dist if a source file is newer than the last build. The desktop shell
# embeds the page at its build, so run this before cargo.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/scripts/env.sh"

built="$root/ui/dist/index.html"
cd "$root/ui"
if [ -f "$built" ] && [ -z "$(find . -path ./node_modules -prune -o -path ./dist -prune -o \
    -type f -newer "$built" -print 2>/dev/null | head -n 1)" ]; then
    exit 0
fi
say "Building the page."
npm run --silent build </dev/null
touch "$built"
