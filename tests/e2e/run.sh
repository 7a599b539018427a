#!/bin/sh
# Runs the journeys on the real window: on a hidden screen, a message bus of its own and a
# home of its own, all of which end with it. Usage: run.sh [TEST_FILE...]
#
# TICKMARK_WINDOW and TICKMARK_CLI name the programs; by default the debug builds, because
# only those let a test answer a file dialog. Screenshots are left in tests/e2e/out/.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
. "$root/scripts/env.sh"

export TICKMARK_WINDOW="${TICKMARK_WINDOW:-$target/debug/tickmark-window}"
export TICKMARK_CLI="${TICKMARK_CLI:-$target/debug/tickmark}"
for program in "$TICKMARK_WINDOW" "$TICKMARK_CLI"; do
    [ -x "$program" ] || give_up "$program is missing. Build it with: cargo build --workspace"
done

private=$(mktemp -d "${TMPDIR:-/tmp}/tickmark-e2e.XXXXXX")
screen_server=
end() {
    if [ -n "$screen_server" ]; then
        kill "$screen_server" 2>/dev/null || true
        wait "$screen_server" 2>/dev/null || true
    fi
    rm -rf "$private" || say "Left behind: $private"
}
trap end EXIT
trap 'exit 130' INT TERM HUP

# Xvfb picks a free display itself and writes its number once it is ready.
Xvfb -displayfd 3 -screen 0 1680x1050x24 -nolisten tcp 3>"$private/display" >"$private/xvfb.log" 2>&1 &
screen_server=$!
waited=0
until [ -s "$private/display" ]; do
    waited=$((waited + 1))
    [ "$waited" -le 100 ] && kill -0 "$screen_server" 2>/dev/null || give_up \
        "The hidden screen did not start within 10 seconds:" "$(cat "$private/xvfb.log")"
    sleep 0.1
done
display=$(cat "$private/display")

# A bus that starts no services: a desktop's portals would mount folders of their own below
# ours, and answer late or never on a screen that has no desktop.
cat >"$private/bus.conf" <<'END'
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
END

# Nothing of the person's own desk, settings or desktop may leak in or be touched.
mkdir -p "$private/home" "$private/runtime" "$here/out"
chmod 700 "$private/runtime"
rm -f "$here/out/"*.png
if [ $# -eq 0 ]; then set -- "$here"/*.test.mjs; fi
# All of it may take so long, and one test a fifth of that.
seconds=${TICKMARK_E2E_SECONDS:-600}
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
env HOME="$private/home" XDG_RUNTIME_DIR="$private/runtime" TMPDIR="$private" \
    XDG_DATA_HOME="$private/home/data" XDG_CONFIG_HOME="$private/home/config" XDG_CACHE_HOME="$private/home/cache" \
    DISPLAY=":$display" GDK_BACKEND=x11 LIBGL_ALWAYS_SOFTWARE=1 LANG=C.UTF-8 NO_AT_BRIDGE=1 GTK_USE_PORTAL=0 \
    TAURI_WEBVIEW_AUTOMATION=true TICKMARK_E2E_OUT="$here/out" \
    timeout --kill-after=10 "$seconds" \
    dbus-run-session --config-file="$private/bus.conf" -- node --test --test-concurrency=1 --test-timeout="$((seconds * 200))" "$@" </dev/null
