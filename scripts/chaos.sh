#!/bin/sh
# Faults on a shared desk, while several members work on it by the command line: nothing that was acknowledged may be lost
# or doubled, and all desks must be the same afterwards. Prints a table. Usage: chaos.sh short | chaos.sh [KILLS] [FREEZES]
#
# `short` takes about two minutes with one server, and needs no rights. Without it three servers work under Patroni, and
# are killed and frozen, by default 20 times each; that takes about an hour. Partitions, wrong clocks and a full disk need the
# rights of root there; what is left out is told. Ends with 1 where something was lost, doubled or unequal.
# TICKMARK names another program than the debug build; CHAOS_SEED repeats the choices of a run, not its moments; CHAOS_KEEP=1
# keeps the desks; CHAOS_LOGS names a folder for the logs of three servers.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/scripts/env.sh"
if [ -z "${TICKMARK:-}" ]; then
    build_program
    TICKMARK="$target/debug/tickmark"
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/tickmark chaos.XXXXXX")
# The members' disks are not the server's: in memory they do not wait for each other.
desks="$work/desks"
if [ -z "${TMPDIR:-}" ] && [ -w /dev/shm ]; then desks=$(mktemp -d "/dev/shm/tickmark chaos.XXXXXX"); fi
mkdir -p "$desks" ${CHAOS_LOGS:+"$CHAOS_LOGS"}
trap 'end' EXIT
trap 'exit 130' INT TERM HUP

end() {
    "$root/scripts/hub.sh" stop "$work/server"
    if [ -n "${CHAOS_KEEP:-}" ]; then say "The desks are in $desks"; else rm -rf "$work" "$desks"; fi
}

if [ "${1:-}" = short ]; then
    "$root/scripts/hub.sh" start "$work/server" >/dev/null
    python3 -B "$root/tests/chaos/run.py" short "$TICKMARK" "$work/server" "$desks"
else
    "$root/scripts/setup.sh" chaos
    python3 -B "$root/tests/chaos/run.py" long "$TICKMARK" "$target/patroni" "$desks" "${1:-20}" "${2:-20}"
fi
