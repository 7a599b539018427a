#!/bin/sh
# Validates an exported bundle with the common tools: bagit.py and bdbag for the bag, the validator
# of BagIt profiles for our profile, roc-validator for the RO-Crate, extruct for the page, minisign
# for the signature. Each must accept the bundle, and each must refuse it after a change of
# something that it checks. LibreOffice and pandoc read our Word files, qpdf and poppler our PDFs. Needs `setup.sh test`.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/scripts/env.sh"
build_program
tickmark="$target/debug/tickmark"
python="$tools/judges/bin/python"
work=$(mktemp -d "${TMPDIR:-/tmp}/tickmark judge.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
# bdbag writes its settings to the home folder.
export HOME="$work"
desk="$work/example.desk"

# Each validator takes the folder of an unzipped bundle.
bagit() { "$python" -m bagit --validate --quiet "$1"; }
bdbag() { "$python" "$tools/judges/bin/bdbag" --quiet --validate full "$1"; }
profile() { "$python" "$root/tests/judges/profile.py" "$root/docs/bagit-profile.json" "$1"; }
crate() { "$python" "$root/tests/judges/crates.py" "$1/data"; }
page() { "$python" "$root/tests/judges/pages.py" "$1" "$1/data/index.html" "$work/reviews.json" "$work/feed.json"; }
fragment() { "$python" "$root/tests/judges/pages.py" "$1" "$1/fragment.html"; }
signature() { minisign -V -q -P "$key" -m "$1/tagmanifest-sha512.txt"; }
tickmark() { "$tickmark" verify "$1"; }

accepts() {
    "$1" "$bag" >"$work/said" 2>&1 || fail "$1 refuses our bundle:" "$(cat "$work/said")"
}
# Takes a validator, a file of the bundle, and a sed command that changes it.
notices() {
    rm -rf "$work/changed"
    cp -r "$bag" "$work/changed"
    sed "$3" "$bag/$2" >"$work/changed/$2"
    cmp -s "$bag/$2" "$work/changed/$2" && fail "Nothing was changed in $2, so $1 had nothing to notice."
    if "$1" "$work/changed" >/dev/null 2>&1; then fail "$1 accepts a changed $2, so its word is worth nothing."; fi
}
fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

"$tickmark" --desk "$desk" example
"$tickmark" --desk "$desk" export 1 --to "$work/bundle.zip"
"$tickmark" --desk "$desk" export 1 --to "$work/reviews.json" --format claimreview >/dev/null
"$tickmark" --desk "$desk" export 1 --to "$work/feed.json" --format claimreview-feed >/dev/null
"$tickmark" --desk "$desk" export 1 --to "$work/fragment.html" --format fragment >/dev/null
"$python" -m zipfile -e "$work/bundle.zip" "$work/unzipped"
set -- "$work/unzipped"/*/
bag=${1%/}
key=$("$tickmark" --desk "$desk" key | head -n 1)

for judge in bagit bdbag profile crate page signature tickmark; do accepts "$judge"; done
for judge in bagit bdbag tickmark; do notices "$judge" data/text.md '1s/$/x/'; done
notices profile bag-info.txt '/^Tickmark-Verified/d'
notices crate data/ro-crate-metadata.json 's/"license"/"licence"/'
notices page data/index.html 's/"reviewRating"/"reviewRatings"/g'
# The HTML fragment is in the bag's folder only for its validator, which runs last.
cp "$work/fragment.html" "$bag/fragment.html"
accepts fragment
notices fragment fragment.html 's/"reviewRating"/"reviewRatings"/g'
rm "$bag/fragment.html"
notices signature tagmanifest-sha512.txt '1s/^/x/'

# The stock minisign signs with our key and its passphrase, and not without it.
printf '%s\n' 'three old ferries' >"$work/passphrase"
"$tickmark" --desk "$desk" key passphrase --passphrase-file "$work/passphrase"
printf 'some words\n' >"$work/file"
minisign -S -s "$desk".keys/*.key -m "$work/file" <"$work/passphrase" >/dev/null
minisign -V -q -P "$key" -m "$work/file"
if echo 'three old ferry' | minisign -S -s "$desk".keys/*.key -m "$work/file" >/dev/null 2>&1; then
    fail "minisign used our key with a wrong passphrase, so the passphrase is worth nothing."
fi

# LibreOffice and pandoc read our Word files and find every word, comment and change in them.
text_of() { "$tickmark" --desk "$desk" --json article "$@" | "$python" -c 'import json, sys; sys.stdout.write(json.load(sys.stdin)["text"])'; }
word() { "$python" "$root/tests/judges/word.py" "$1" "$2" "$work/old.md" "$work/new.md" >"$work/said" 2>&1; }
misses() {
    rm -rf "$work/word"
    "$python" -m zipfile -e "$work/article.docx" "$work/word"
    sed -i "$2" "$work/word/word/document.xml"
    (cd "$work/word" && "$python" -m zipfile -c "$work/changed.docx" ./*)
    if word "$1" "$work/changed.docx"; then fail "$1 accepts a Word file changed by '$2', so its word is worth nothing."; fi
}
text_of 3 | sed '3s/$/ Much later it was told again./; 5s/ / \n\n/3' >"$work/revised.md"
"$tickmark" --desk "$desk" revise 3 "$work/revised.md" >/dev/null
for article in 3 1; do
    first=$("$tickmark" --desk "$desk" revisions "$article" | awk 'NR == 1 { print $1 }')
    text_of "$article" --revision "$first" >"$work/old.md"
    text_of "$article" >"$work/new.md"
    "$tickmark" --desk "$desk" export "$article" --to "$work/article.docx" --force --format docx --changes-since "$first" >/dev/null
    for judge in office pandoc; do
        word "$judge" "$work/article.docx" || fail "$judge does not find in our Word file what we wrote:" "$(cat "$work/said")"
    done
done
for judge in office pandoc; do
    misses "$judge" 's/ reopened / open /'
    misses "$judge" 's/<w:commentRangeStart w:id="3"\/>//; s/<w:commentReference w:id="3"\/>//'
done

# qpdf finds no fault in our PDFs, and poppler finds every word in them, in every script of the example.
pdf() { "$python" "$root/tests/judges/pdf.py" "$1" "$2" "$work/new.md" >"$work/said" 2>&1; }
for article in 1 2 3; do
    text_of "$article" >"$work/new.md"
    for since in "" 1; do
        "$tickmark" --desk "$desk" export "$article" --to "$work/article.pdf" --force --format pdf ${since:+--changes-since "$since"} >/dev/null
        pdf qpdf "$work/article.pdf" || fail "qpdf does not accept our PDF:" "$(cat "$work/said")"
    done
    "$tickmark" --desk "$desk" export "$article" --to "$work/article.pdf" --force --format pdf >/dev/null
    pdf poppler "$work/article.pdf" || fail "poppler does not find in our PDF what we wrote:" "$(cat "$work/said")"
done
sed 's/endstream/endstraem/' "$work/article.pdf" >"$work/changed.pdf"
if pdf qpdf "$work/changed.pdf"; then fail "qpdf accepts a damaged PDF, so its word is worth nothing."; fi
sed -i '1s/$/ unwritten/' "$work/new.md"
if pdf poppler "$work/article.pdf"; then fail "poppler finds a word that is not in our PDF, so its word is worth nothing."; fi

# The commands and outputs of the README are compared with the program.
mkdir "$work/tour"
cp "$root"/seeds/tour/* "$work/tour"
PATH="$target/debug:$PATH" "$python" "$root/tests/judges/readme.py" "$root/README.md" "$work/tour"
say "The stock judges (bagit, bdbag, bagit_profile, roc-validator, extruct, minisign) accept our bundle, LibreOffice and pandoc our
Word file, qpdf and poppler our PDF, and notice what is changed."
