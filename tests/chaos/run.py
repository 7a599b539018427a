"""Faults on a shared desk. Usage: run.py short PROGRAM SERVER-FOLDER WORK-FOLDER, or
long PROGRAM PATRONI-FOLDER WORK-FOLDER KILLS FREEZES.

scripts/chaos.sh calls it."""

import signal
import sys

import long
import short

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(130))
    # Many threads measure times here.
    sys.setswitchinterval(0.0005)
    what, *rest = sys.argv[1:]
    sys.exit(0 if {"short": short.run, "long": long.run}[what](*rest) else 1)
