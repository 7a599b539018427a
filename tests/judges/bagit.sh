#!/bin/sh
# Asks the Library of Congress' own bagit.py whether an unzipped bundle is a valid bag.
# Usage: tests/judges/bagit.sh BUNDLE.zip
# The judge is the `bagit` package of PyPI, found on the PATH or in .tools/venv.
set -eu
bundle=${1:?"name a bundle: tests/judges/bagit.sh BUNDLE.zip"}
here=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
judge=$(command -v bagit.py || true)
[ -n "$judge" ] || judge=$here/.tools/venv/bin/bagit.py
if [ ! -x "$judge" ]; then
    echo "bagit.py is missing: python3 -m venv .tools/venv && .tools/venv/bin/pip install bagit" >&2
    exit 2
fi
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT INT TERM
unzip -q -- "$bundle" -d "$work"
set -- "$work"/*/
if [ $# -ne 1 ]; then
    echo "'$bundle' unpacks to $# folders; a bundle has one" >&2
    exit 1
fi
"$judge" --validate "$1"
(cd -- "$1" && sha256sum --check --quiet manifest-sha256.txt && sha256sum --check --quiet tagmanifest-sha256.txt)
