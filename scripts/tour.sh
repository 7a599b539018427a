#!/bin/sh
# Tickmark's main job on the command line, step by step, on an article of the seeds: import, mark,
# add a source, evidence and a verdict, revise, see that the verdict is out of date, compare, undo
# and redo, export, verify. Every command is shown as you can type it. Usage: tour.sh [FOLDER]. The
# desk and the bundle stay in FOLDER, by default a temporary one.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/scripts/env.sh"
"$root/scripts/setup.sh" cli
say "Building the command-line program."
build_program

folder=${1:-$(mktemp -d "${TMPDIR:-/tmp}/tickmark-tour.XXXXXX")}
mkdir -p "$folder"
cd "$folder"
rm -f tour.desk tour.desk-wal tour.desk-shm bundle.zip
cp "$root/seeds/tour/"* .
program="$target/debug/tickmark"

# Shows a command with its arguments quoted where a shell needs it, then runs it.
tickmark() {
    shown='tickmark'
    for word in "$@"; do
        case $word in
            *[!A-Za-z0-9_./=-]*) shown="$shown '$word'" ;;
            *) shown="$shown $word" ;;
        esac
    done
    printf '\n$ %s\n' "$shown" >&3
    TICKMARK_DESK="$folder/tour.desk" "$program" --desk "$folder/tour.desk" --as "Mara Lind" "$@"
}
# Commands are shown here, also while their output goes to a file.
exec 3>&1

step "1. An article is imported: lines are joined, date and tags recognised"
tickmark import ferry.txt
tickmark article 1

step "2. A statement is marked as a claim"
tickmark claim mark 1 --quote "Gusts reached 131 kilometres per hour" --assertion "The storm of 22 September 2025 reached 131 km/h at Tarn" --kind figure --risk high
tickmark claim mark 1 --quote "About 5 boats a night" --kind figure

step "3. A source, and the passage in it that supports the claim"
tickmark source add --title "Report on the storm of 22 September 2025" --kind report --publisher "Weather station Tarn" --published 2025-09-23 --file report.txt
tickmark evidence add C1 S1 --stance supports --passage "Strongest gust: 131 km/h at 03:40." --locator "line 3"

step "4. A verdict, with its reason, on exactly these words"
tickmark verdict C1 true --rationale "The station's own report gives the figure."
tickmark claim list 1

step "5. The text is revised: one digit, and a word elsewhere"
tickmark article 1 >revised.txt
sed -e 's/reached 131/reached 141/' -e 's/the strongest since/the worst since/' revised.txt >changed.txt
mv changed.txt revised.txt
tickmark revise 1 revised.txt --note "A figure corrected by the desk"

step "6. The verdict is out of date, and Tickmark says why"
tickmark claim list 1
tickmark diff 1

step "7. Undo is one more fact; redo takes it back"
tickmark undo
tickmark claim list 1
tickmark redo

step "8. The open claim gets a verdict on the new words"
tickmark verdict C1 false --rationale "The report says 131 km/h, the text now says 141."
tickmark revisions 1
tickmark log 1

step "9. The article is exported as a bundle that anybody can verify"
tickmark export 1 --to bundle.zip
tickmark verify bundle.zip
tickmark check

say ""
say "Done. The desk, the article and the bundle are in $folder"
