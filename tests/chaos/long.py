"""The long form: three servers under Patroni. Without the rights of root it leaves out what needs them, and tells it."""

import os
import signal
import time

import cluster as nodes
import desks as members
from faults import Chaos
from server import signal_all

QUIET = 30
# Eve is offline for the whole run, and her clock is two weeks behind, as if she came back after two weeks.
CLOCKS = {"Ben": "-3d", "Cid": "+2h", "Eve": "-14d"}
MEMBERS = [("Ada", "chief"), ("Ben", "checker"), ("Cid", "checker"), ("Dee", "reporter"), ("Eve", "checker")]


def run(program, python, folder, kills, freezes):
    logs = os.environ.get("CHAOS_LOGS", folder)
    cluster = nodes.Cluster(python, logs)
    try:
        cluster.start()
        return work(program, cluster, folder, int(kills), int(freezes))
    finally:
        cluster.remove()


def work(program, cluster, folder, kills, freezes):
    people = [(name, role, clock(CLOCKS.get(name))) for name, role in MEMBERS]
    desks = members.found(program, folder, cluster.url(), cluster.authority, cluster.hosts, people, 8)
    chaos = Long(cluster, desks)
    for desk in desks:
        desk.pause = (0.5, 2.5)
        desk.start()
    begun = time.monotonic()
    time.sleep(QUIET)
    quiet = (begun, time.monotonic())
    desks[-1].syncing.clear()
    if not os.path.exists(nodes.FAKETIME):
        chaos.faults.leave_out("wrong clocks", "faketime is missing")
    try:
        chaos.all(kills, freezes)
    except RuntimeError as error:
        chaos.stopped = str(error)
    begun = time.monotonic()
    desks[-1].syncing.set()
    chaos.note("a desk comes back from being offline", begun)
    return chaos.told(chaos.end(folder), quiet)


def clock(shift):
    """The environment of a program that lives at another time, by `shift` such as "+2h"."""
    if not shift or not os.path.exists(nodes.FAKETIME):
        return {}
    return {"LD_PRELOAD": nodes.FAKETIME, "FAKETIME": shift, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


class Long(Chaos):
    def __init__(self, cluster, desks):
        super().__init__(desks, cluster.rows)
        self.cluster = cluster

    def all(self, kills, freezes):
        """Everything in turn; the backup is taken when 60 % of it is done."""
        turns = [(self.kill, n) for n in range(kills)] + [(self.freeze, n) for n in range(freezes)]
        turns += [(self.partition, n) for n in range(6)] + [(self.clients, n) for n in range(3)]
        turns += [(self.clock, n) for n in range(2)] + [(self.full_disk, 0)]
        self.random.shuffle(turns)
        for n, (turn, which) in enumerate(turns):
            if n == len(turns) * 6 // 10:
                self.cluster.take_backup()
            before = len(self.faults.all)
            turn(which)
            if len(self.faults.all) > before:
                self.heal(n, len(turns))
        self.restore()

    def heal(self, n, of):
        """The next fault comes when all nodes are there, as in a house whose machines are looked after."""
        whole = self.cluster.whole(240)
        done = self.faults.all[-1]
        print(
            f"{time.strftime('%H:%M:%S')} {n + 1}/{of} {done['kind']}: gap {done['gap'] or 0:.1f} s, "
            f"all {done['back'] or 0:.1f} s; load {os.getloadavg()[0]:.0f}" + ("" if whole else "; NOT all nodes came back in 240 s"),
            flush=True,
        )

    def chosen(self, n):
        """The primary two times out of three."""
        return ("replica", self.cluster.replica()) if n % 3 == 2 else ("primary", self.cluster.primary(120))

    def kill(self, n):
        """PostgreSQL alone, and the whole machine, in turn."""
        which, node = self.chosen(n)
        begun = time.monotonic()
        if n % 2:
            signal_all(node.postgres(), signal.SIGKILL)
            self.note(f"PostgreSQL killed, {which}", begun)
            return
        node.kill()
        # Some come back before the others noticed, most after the service is back.
        if n % 8 == 4:
            time.sleep(self.random.uniform(1, 10))
            node.start()
        self.note(f"machine killed, {which}", begun)
        node.start()

    def freeze(self, n):
        """Shorter than the lease of the primary, and longer: then another one has taken over when it wakes."""
        which, node = self.chosen(n)
        seconds = self.random.uniform(1, 8) if n % 2 else self.random.uniform(35, 50)
        begun = time.monotonic()
        pids = node.freeze()
        time.sleep(seconds)
        signal_all(reversed(pids), signal.SIGCONT)
        self.note(f"machine frozen, {which}, {'1 to 8' if n % 2 else '35 to 50'} s", begun)

    def partition(self, n):
        if not nodes.ROOT:
            if not n:
                self.faults.leave_out("partitions", "they need network namespaces, so the rights of root")
            return
        which, node = self.chosen(n // 2)
        sides, what = ("i", "the other machines") if n % 2 else ("io", "all")
        begun = time.monotonic()
        node.cut(sides, True)
        try:
            self.note(f"{which} cut off from {what}", begun)
            time.sleep(self.random.uniform(0, 10))
        finally:
            node.cut(sides, False)

    def clients(self, _):
        self.clients_killed(10)

    def clock(self, n):
        """The primary starts again and lives at another time than the others."""
        if not os.path.exists(nodes.FAKETIME):
            return
        shift = ("+2h", "-3d")[n]
        node = self.cluster.primary(120)
        wrong = f"primary killed, starts with its clock {shift}"
        for kind, environment in ((wrong, clock(shift)), ("and again with the right one", {})):
            begun = time.monotonic()
            node.kill()
            node.start(environment)
            self.note(kind, begun)
            self.cluster.whole(120)
            time.sleep(10)

    def full_disk(self, _):
        if not nodes.ROOT:
            self.faults.leave_out("full disk", "a small disk needs the rights of root")
            return
        node = self.cluster.primary(120)
        begun, path = time.monotonic(), os.path.join(node.disk, "full")
        fill(path)
        time.sleep(20)
        fill(path)
        time.sleep(5)
        os.remove(path)
        self.note("primary's disk full for 25 s", begun)

    def restore(self):
        begun = time.monotonic()
        self.cluster.restore_backup()
        self.recover()
        self.recovered()
        self.note("all data lost, backup of 60 % restored", begun)
        self.heal(0, 1)


def fill(path):
    try:
        with open(path, "ab", buffering=0) as file:
            while True:
                file.write(bytes(65536))
    except OSError:
        pass
