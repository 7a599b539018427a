#!/bin/sh
# Injects faults into the command line: it is killed, its disk fills up, its system calls fail, bits
# of its desk flip, the power goes off. After each fault the desk must be sound and have every
# acknowledged write. Prints a table. Usage: faults.sh [ROUNDS], by default 20 of each; a few
# hundred take an hour.
#
# Kills, flipped bits, replaced files and full disks are also tests of the core; here they run with
# more rounds. Failing calls need strace. Power cuts need loop mounts, so the rights of root. A
# fault that cannot be tried is reported and not counted.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/scripts/env.sh"
rounds=${1:-20}
build_program
tickmark="$target/debug/tickmark"
work=$(mktemp -d "${TMPDIR:-/tmp}/tickmark faults.XXXXXX")
trap 'umount "$work/disk" "$work/after" 2>/dev/null || true; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
failed=0

row() { printf '| %-46s | %6s | %s |\n' "$1" "$2" "$3"; }

# Takes a desk and a file with the acknowledged queries. Prints how many of them are lost.
lost() {
    "$tickmark" --desk "$1" --as Ada --json check >"$work/check" 2>&1 || { echo damaged; return; }
    "$tickmark" --desk "$1" --as Ada --json query list >"$work/list"
    python3 - "$work/list" "$2" <<'END'
import json, sys
there = {query["text"] for query in json.load(open(sys.argv[1]))}
print(sum(line.strip() not in there for line in open(sys.argv[2])))
END
}

fresh() {
    rm -rf "$1"*
    printf '# A bridge\n\nIt was built in 1911.\n' >"$work/bridge.md"
    "$tickmark" --desk "$1" --as "Ada Long" import "$work/bridge.md" >/dev/null
    : >"$2"
}

# The n-th write or sync of a command fails, once for each n.
failing() {
    if ! command -v strace >/dev/null; then row "a call fails" 0 "not tried: strace is missing"; return; fi
    tried=0
    bad=0
    for call in pwrite64:error=ENOSPC pwrite64:error=EIO fsync:error=EIO ftruncate:error=EIO rename:error=EIO openat:error=EMFILE; do
        n=1
        while [ "$n" -le "$rounds" ]; do
            fresh "$work/a.desk" "$work/acknowledged"
            said="query $n"
            if strace -f -qq -o /dev/null -e trace="${call%%:*}" -e inject="$call:when=$n" \
                "$tickmark" --desk "$work/a.desk" --as "Ada Long" query ask 1 "$said" >/dev/null 2>&1; then
                echo "$said" >>"$work/acknowledged"
            fi
            [ "$(lost "$work/a.desk" "$work/acknowledged")" = 0 ] || bad=$((bad + 1))
            tried=$((tried + 1))
            n=$((n + 1))
        done
    done
    row "the n-th write, sync, rename or opening fails" "$tried" "$bad lost or damaged"
    failed=$((failed + bad))
}

# The power goes off while queries are asked: only a copy of the disk's bytes at that moment is
# left.
power() {
    mkdir -p "$work/disk" "$work/after"
    dd if=/dev/zero of="$work/image" bs=1M count=24 2>/dev/null
    if ! mkfs.ext4 -q -F "$work/image" 2>/dev/null || ! mount -o loop "$work/image" "$work/disk" 2>/dev/null; then
        row "the power goes" 0 "not tried: this system lets nobody mount a disk"
        return
    fi
    fresh "$work/disk/a.desk" "$work/acknowledged"
    n=0
    bad=0
    while [ "$n" -lt "$rounds" ]; do
        n=$((n + 1))
        "$tickmark" --desk "$work/disk/a.desk" --as "Ada Long" query ask 1 "query $n" >/dev/null && echo "query $n" >>"$work/acknowledged"
        "$tickmark" --desk "$work/disk/a.desk" --as "Ada Long" query ask 1 "not waited for $n" >/dev/null 2>&1 &
        cp "$work/image" "$work/copy"
        mount -o loop "$work/copy" "$work/after"
        [ "$(lost "$work/after/a.desk" "$work/acknowledged")" = 0 ] || bad=$((bad + 1))
        umount "$work/after"
        wait
    done
    umount "$work/disk"
    row "the power goes while something is recorded" "$n" "$bad lost or damaged"
    failed=$((failed + bad))
}

# Tests of the core, with more rounds.
tests() {
    if (cd "$root" && TICKMARK_LONG=1 cargo test --locked --quiet --test it -- "$2" --nocapture >"$work/said" 2>&1); then
        row "$1" "" "$(grep -o '[0-9]* of [0-9]* flipped.*' "$work/said" || echo 'nothing lost')"
    else
        row "$1" "" "FAILED"
        failed=$((failed + 1))
        tail -30 "$work/said" >&2
    fi
}

row "fault" tried "what came of it"
row "---" "---:" "---"
failing
power
tests "killed while it writes, restores, backs up" kill::
tests "a bit of the desk is turned around" damage::
tests "the file changes under an open desk" replaced::
tests "the disk is full, or read-only" full_disk::
[ "$failed" -eq 0 ]
