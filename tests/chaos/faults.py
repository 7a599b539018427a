"""Faults on any hub: what happens to desks, how the gap is measured, recovery and the end of a run."""

import random
import time

import check
import report
from desks import SEED

# After so many seconds a hub that takes nothing is a fault by itself.
PATIENCE = 120


class Chaos:
    """A hub, its desks and what happened to them. `rows` answers an administrator's query."""

    def __init__(self, desks, rows):
        self.desks, self.rows = desks, rows
        self.faults, self.random = report.Faults(), random.Random(SEED)
        self.recovering = False
        # What stopped the run before its end.
        self.stopped = None

    def online(self):
        return [desk for desk in self.desks if desk.syncing.is_set()]

    def note(self, kind, begun):
        """Waits until the hub takes something of every desk again."""
        end = time.monotonic() + PATIENCE
        while True:
            taken = [t for t in (desk.taken_since(begun) for desk in self.online()) if t]
            if len(taken) == len(self.online()):
                self.faults.add(kind, begun, min(taken) - begun, max(taken) - begun)
                return
            if time.monotonic() > end:
                self.faults.add(kind, begun, min(taken) - begun if taken else PATIENCE, PATIENCE)
                return
            time.sleep(0.05)

    def each(self, kind, moments, desks=None):
        """Faults that many connections or processes had, each with its own gap."""
        for begun in moments:
            taken = [t for t in (desk.taken_since(begun) for desk in desks or self.online()) if t]
            self.faults.add(kind, begun, min(taken) - begun if taken else None)

    def clients_killed(self, seconds):
        before = {desk.name: len(desk.kills) for desk in self.desks}
        for desk in self.desks:
            desk.kill_share = 60
        time.sleep(seconds)
        for desk in self.desks:
            desk.kill_share = 0
        time.sleep(1)
        for desk in self.desks:
            self.each("sync killed on a desk", desk.kills[before[desk.name] :], [desk])

    def recover(self, *done):
        chief, end = self.desks[0], time.monotonic() + PATIENCE
        while True:
            _, fine, said = chief.run("hub", "recover", *done)
            if fine:
                self.recovering = not done
                return
            if time.monotonic() > end:
                raise RuntimeError(f"hub recover {' '.join(done)}: {said}")
            time.sleep(0.5)

    def recovered(self):
        """As the chief does: once every desk exchanged all it has, the recovery is done."""
        begun, end = time.monotonic(), time.monotonic() + PATIENCE
        while time.monotonic() < end and not all(desk.last_whole > begun for desk in self.desks):
            time.sleep(0.1)
        self.recover("--done")

    def end(self, folder):
        """Stops the work, syncs until nothing moves, and checks all."""
        for desk in self.desks:
            desk.stop()
        first = check.settle(self.desks, self.recovering)
        if self.recovering:
            self.recover("--done")
        second = check.settle(self.desks)
        verdict = check.check(self.desks, self.rows, folder)
        if self.stopped:
            verdict.faults.append(f"the run stopped early: {self.stopped}")
        verdict.rounds = f"{first} and {second}"
        if not (first and second):
            verdict.faults.append("the desks do not become quiet")
        return verdict

    def told(self, verdict, quiet):
        """Prints the tables, and returns whether all is well."""
        print(f"CHAOS_SEED={SEED}")
        report.table(self.faults, verdict)
        report.saves(self.desks, quiet, self.faults)
        report.told(self.desks)
        return report.outcome(verdict)
