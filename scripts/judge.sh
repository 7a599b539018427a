#!/bin/sh
# Lets bagit.py, the stock validator of BagIt bags, and minisign, the stock checker of our
# signatures, judge a bundle that Tickmark exported, and makes sure that both would have
# noticed a change; minisign also signs with a key of ours that has a passphrase. Needs `setup.sh test`.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/scripts/env.sh"
(cd "$root" && cargo build --locked --quiet --bin tickmark)
tickmark="$target/debug/tickmark"
python="$tools/bagit/bin/python"
work=$(mktemp -d "${TMPDIR:-/tmp}/tickmark judge.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP

"$tickmark" --desk "$work/example.desk" example
"$tickmark" --desk "$work/example.desk" export 1 --to "$work/bundle.zip"
"$python" -m zipfile -e "$work/bundle.zip" "$work/unzipped"
set -- "$work/unzipped"/*/bagit.txt "$work/unzipped/bagit.txt"
for declaration in "$@"; do
    if [ -f "$declaration" ]; then bag=$(dirname "$declaration"); fi
done
"$python" -m bagit --validate --quiet "${bag:?the bundle holds no bagit.txt}"
"$tickmark" verify "$bag"
key=$("$tickmark" --desk "$work/example.desk" key | head -n 1)
minisign -V -q -P "$key" -m "$bag/tagmanifest-sha512.txt"

# The stock minisign signs with a key of ours that has a passphrase, and not without it.
printf '%s\n' 'three old ferries' >"$work/passphrase"
"$tickmark" --desk "$work/example.desk" key passphrase --passphrase-file "$work/passphrase"
printf 'some words\n' >"$work/file"
minisign -S -s "$work"/example.desk.keys/*.key -m "$work/file" <"$work/passphrase" >/dev/null
minisign -V -q -P "$key" -m "$work/file"
if echo 'three old ferry' | minisign -S -s "$work"/example.desk.keys/*.key -m "$work/file" >/dev/null 2>&1; then
    say "minisign used our key with a wrong passphrase, so the passphrase is worth nothing." >&2
    exit 1
fi

printf x >>"$(find "$bag/data" -type f | sort | head -n 1)"
if "$python" -m bagit --validate --quiet "$bag" 2>/dev/null; then
    say "bagit.py accepted a bag with a changed file, so its word is worth nothing." >&2
    exit 1
fi
sed 's/^\(.\)/x\1/' "$bag/tagmanifest-sha512.txt" >"$work/changed"
mv "$work/changed" "$bag/tagmanifest-sha512.txt"
if minisign -V -q -P "$key" -m "$bag/tagmanifest-sha512.txt" 2>/dev/null; then
    say "minisign accepted a changed file, so its word is worth nothing." >&2
    exit 1
fi
if "$tickmark" verify "$bag" >/dev/null 2>&1; then
    say "tickmark verify accepted a bag with a changed file." >&2
    exit 1
fi
say "The stock validators accept our bundle and its signature, and refuse both once a byte is added."
