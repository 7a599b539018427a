"""The short form: one server. It takes less than three minutes and needs no rights."""

import time

import desks as members
from faults import Chaos
from proxy import Line
from server import Server

QUIET = 10
MEMBERS = [("Ada", "chief"), ("Ben", "checker"), ("Cid", "checker"), ("Dee", "reporter")]


def run(program, server_folder, folder):
    server = Server(server_folder)
    line = Line(("127.0.0.1", server.port))
    desks = members.found(program, folder, server.url, server.authority, f"127.0.0.1:{line.port}", MEMBERS, 6)
    chaos = Short(server, line, desks)
    for desk in desks:
        desk.start()
    begun = time.monotonic()
    time.sleep(QUIET)
    quiet = (begun, time.monotonic())
    chaos.all()
    return chaos.told(chaos.end(folder), quiet)


class Short(Chaos):
    def __init__(self, server, line, desks):
        super().__init__(desks, server.rows)
        self.server, self.line = server, line

    def all(self):
        self.server_killed(3)
        self.server_frozen(1)
        self.server.take_copy()
        self.clients_killed(8)
        self.lines_cut(8)
        self.set_back("set back to an older copy", 0)
        self.server_killed(1)
        self.silent(1)
        self.server.take_copy()
        self.server_frozen(1)
        self.clients_killed(5)
        # The chief notices it late: desks that see it send their own part meanwhile.
        self.set_back("set back, told 4 s later", 4)
        self.lines_cut(5)
        self.server_killed(1)

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

    def set_back(self, kind, later):
        begun = time.monotonic()
        self.server.set_back()
        time.sleep(later)
        self.recover()
        # Until that is done new work waits, and a desk may have nothing else to send.
        self.recovered()
        self.note(kind, begun)
