"""The short form: one server. It takes less than three minutes and needs no rights."""

import random
import time

import check
import desks as members
import report
from proxy import Line
from server import Server

QUIET = 12
MEMBERS = [("Ada", "chief"), ("Ben", "checker"), ("Cid", "checker"), ("Dee", "reporter")]
# After so many seconds a hub that takes nothing is a fault by itself.
PATIENCE = 45


def run(program, server_folder, folder):
    server = Server(server_folder)
    line = Line(("127.0.0.1", server.port))
    desks = members.found(program, folder, server.url, server.authority, f"127.0.0.1:{line.port}", MEMBERS, 6)
    chaos = Chaos(server, line, desks)
    for desk in desks:
        desk.start()
    begun = time.monotonic()
    time.sleep(QUIET)
    quiet = (begun, time.monotonic())
    chaos.all()
    for desk in desks:
        desk.stop()
    verdict = chaos.end(folder)
    report.table(chaos.faults, verdict)
    report.saves(desks, quiet)
    report.told(desks)
    return report.outcome(verdict)


class Chaos:
    def __init__(self, server, line, desks):
        self.server, self.line, self.desks = server, line, desks
        self.faults, self.random = report.Faults(), random.Random(4)
        self.recovering = False

    def all(self):
        self.server_killed(4)
        self.server_frozen(3)
        self.server.take_copy()
        self.clients_killed(10)
        self.lines_cut(10)
        self.set_back("set back to an older copy", 0)
        self.server_killed(2)
        self.recovered()
        self.silent(3)
        self.server.take_copy()
        self.server_frozen(2)
        self.clients_killed(5)
        # The chief notices it late: desks that see it send their own part meanwhile.
        self.set_back("set back, told 4 s later", 4)
        self.lines_cut(5)
        self.server_killed(2)

    def note(self, kind, begun):
        """Waits until the hub takes something of every desk again."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            taken = [desk.taken_since(begun) for desk in self.desks]
            if all(taken):
                self.faults.add(kind, begun, min(taken) - begun, max(taken) - begun)
                return
            time.sleep(0.05)
        some = [t for t in taken if t]
        self.faults.add(kind, begun, min(some) - begun if some else PATIENCE, PATIENCE)

    def server_killed(self, times):
        for _ in range(times):
            begun = time.monotonic()
            self.server.kill()
            time.sleep(self.random.uniform(0.2, 1))
            self.server.start()
            self.note("server killed and started", begun)
            time.sleep(self.random.uniform(0.3, 1.5))

    def server_frozen(self, times):
        for _ in range(times):
            begun = time.monotonic()
            self.server.freeze(self.random.uniform(1, 8))
            self.note("server frozen for 1 to 8 s", begun)
            time.sleep(self.random.uniform(0.3, 1))

    def silent(self, times):
        for _ in range(times):
            begun = time.monotonic()
            self.line.silent.set()
            time.sleep(self.random.uniform(1, 7))
            self.line.silent.clear()
            self.note("line silent for 1 to 7 s", begun)

    def lines_cut(self, seconds):
        before = len(self.line.cuts)
        self.line.cut_share = 50
        time.sleep(seconds)
        self.line.cut_share = 0
        time.sleep(1)
        self.each("connection cut in the middle", self.line.cuts[before:])

    def clients_killed(self, seconds):
        before = {desk.name: len(desk.kills) for desk in self.desks}
        for desk in self.desks:
            desk.kill_share = 40
        time.sleep(seconds)
        for desk in self.desks:
            desk.kill_share = 0
        time.sleep(1)
        for desk in self.desks:
            self.each("sync killed on a desk", desk.kills[before[desk.name] :], [desk])

    def each(self, kind, moments, desks=None):
        for begun in moments:
            taken = [t for t in (desk.taken_since(begun) for desk in desks or self.desks) if t]
            self.faults.add(kind, begun, min(taken) - begun if taken else None)

    def set_back(self, kind, later):
        begun = time.monotonic()
        self.server.set_back()
        time.sleep(later)
        self.recover()
        self.note(kind, begun)

    def recover(self, *done):
        chief = self.desks[0]
        for _ in range(20):
            _, fine, said = chief.run("hub", "recover", *done)
            if fine:
                self.recovering = not done
                return
            time.sleep(0.5)
        raise RuntimeError(f"hub recover {' '.join(done)}: {said}")

    def recovered(self):
        """As the administrator does: once every desk exchanged all it has, the recovery is done."""
        begun, end = time.monotonic(), time.monotonic() + PATIENCE
        while time.monotonic() < end and not all(desk.last_whole > begun for desk in self.desks):
            time.sleep(0.1)
        self.recover("--done")

    def end(self, folder):
        first = check.settle(self.desks)
        if self.recovering:
            self.recover("--done")
        second = check.settle(self.desks)
        verdict = check.check(self.desks, self.server.rows, folder)
        verdict.rounds = f"{first} and {second}"
        if not (first and second):
            verdict.faults.append("the desks do not become quiet")
        return verdict
