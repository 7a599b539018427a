"""A PostgreSQL server of its own on this machine, as scripts/hub.sh starts it, and what can happen to it."""

import glob
import os
import re
import shutil
import signal
import subprocess
import time


def programs():
    """The folder of the newest PostgreSQL's programs."""
    folders = glob.glob("/usr/lib/postgresql/*/bin")
    if not folders:
        return os.path.dirname(shutil.which("initdb") or "initdb")
    return max(folders, key=lambda f: float(f.split("/")[-2]))


def as_owner(*command):
    """PostgreSQL does not run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.getuid() == 0 else list(command)


def family(pid):
    """A process and all that it started, and they in turn."""
    parents = {}
    for path in glob.glob("/proc/[0-9]*/stat"):
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                head, _, tail = file.read().rpartition(")")
        except OSError:
            continue
        parents.setdefault(int(tail.split()[1]), []).append(int(head.split(" ", 1)[0]))
    found, after = [pid], 0
    while after < len(found):
        found += parents.get(found[after], [])
        after += 1
    return found


def postgres_of(data):
    """The processes of the server whose data folder is `data`. What it left when it was killed may name another's process."""
    try:
        with open(os.path.join(data, "postmaster.pid"), encoding="utf-8") as file:
            pid = int(file.readline())
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            ours = os.fsencode(data) in file.read().split(b"\0")
    except (OSError, ValueError):
        return []
    return family(pid) if ours else []


def signal_all(pids, number):
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass


class Server:
    """The server whose folder is `folder`."""

    def __init__(self, folder):
        self.url = open(os.path.join(folder, "url"), encoding="utf-8").read().strip()
        self.authority = os.path.join(folder, "ca.crt")
        self.home = open(os.path.join(folder, "where"), encoding="utf-8").read().strip()
        self.data = os.path.join(self.home, "pg")
        self.copy = os.path.join(self.home, "copy")
        self.port = int(re.search(r"@[^:]+:(\d+)/", self.url).group(1))

    def control(self, *args, check=True):
        command = as_owner(os.path.join(programs(), "pg_ctl"), "-D", self.data, *args)
        return subprocess.run(command, check=check, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode

    def start(self):
        """Until the old processes are gone, the new server does not start."""
        for _ in range(30):
            log = os.path.join(self.data, "server.log")
            if self.control("-l", log, "-o", f"-p {self.port}", "-w", "-t", "60", "start", check=False) == 0:
                return
            time.sleep(0.3)
        raise RuntimeError(f"PostgreSQL does not start again; see {self.data}/server.log")

    def stop(self):
        self.control("-m", "fast", "-w", "stop")

    def kill(self):
        """All of its processes end at once, wherever they are."""
        signal_all(postgres_of(self.data), signal.SIGKILL)

    def freeze(self, seconds):
        pids = postgres_of(self.data)
        signal_all(pids, signal.SIGSTOP)
        try:
            time.sleep(seconds)
        finally:
            signal_all(reversed(pids), signal.SIGCONT)

    def take_copy(self):
        """Copies the data folder. The server stops for it."""
        self.stop()
        subprocess.run(as_owner("rm", "-rf", self.copy), check=True)
        subprocess.run(as_owner("cp", "-a", self.data, self.copy), check=True)
        self.start()

    def set_back(self):
        """Puts the copy in the place of the data."""
        self.stop()
        subprocess.run(as_owner("rm", "-rf", self.data), check=True)
        subprocess.run(as_owner("cp", "-a", self.copy, self.data), check=True)
        self.start()

    def rows(self, sql):
        """What a query of the administrator gives, by lines and columns."""
        psql = os.path.join(programs(), "psql")
        done = subprocess.run([psql, self.url, "-XAtq", "-c", sql], check=True, capture_output=True, text=True)
        return [line.split("|") for line in done.stdout.splitlines()]
