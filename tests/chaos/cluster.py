"""Three PostgreSQL servers under Patroni with etcd. As root each is in a network namespace of its own, reached by the desks
in one network and by the other servers in another, and its data is on a small disk of its own."""

import glob
import json
import os
import secrets
import shutil
import signal
import subprocess
import time
import urllib.request

from server import as_owner, family, postgres_of, programs, signal_all

ROOT = os.getuid() == 0
DISK_MEGABYTES = 500
# For how many seconds all nodes are in their places before the next fault. Patroni looks every 5 s.
STEADY = 6
FAKETIME = "/usr/lib/{}-linux-gnu/faketime/libfaketimeMT.so.1".format(os.uname().machine)


def quiet(*command, check=True):
    return subprocess.run(command, check=check, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode


def remove_clocks():
    """Removes from memory what libfaketime leaves there for each process that was killed."""
    for path in glob.glob("/dev/shm/faketime_shm_*"):
        pid = path.rpartition("_")[2]
        if not os.path.exists(f"/proc/{pid}"):
            quiet("rm", "-f", path, f"/dev/shm/sem.faketime_sem_{pid}", check=False)


class Node:
    """One machine: etcd, Patroni, and the PostgreSQL that Patroni starts."""

    def __init__(self, cluster, n):
        self.cluster, self.n, self.name = cluster, n, f"n{n}"
        self.space = f"tmchaos{n}" if ROOT else None
        # As the desks reach it, and as the other nodes do.
        self.outer, self.inner = (f"10.203.17.{n}", f"10.203.18.{n}") if ROOT else ("127.0.0.1", "127.0.0.1")
        shift = 0 if ROOT else 10 * n
        self.port, self.rest, self.client, self.peer = (p + shift for p in (25432, 28008, 22379, 22380))
        self.home = os.path.join(cluster.home, self.name)
        self.disk = os.path.join(self.home, "disk")
        self.data = os.path.join(self.disk, "pg")
        self.started = {}

    # Networks and disks.

    def prepare(self):
        subprocess.run(as_owner("mkdir", "-p", self.disk), check=True)
        if not ROOT:
            return
        quiet("mount", "-t", "tmpfs", "-o", f"size={DISK_MEGABYTES}m,mode=700", "tmpfs", self.disk)
        quiet("chown", "postgres:", self.disk)
        quiet("ip", "netns", "add", self.space)
        quiet("ip", "-n", self.space, "link", "set", "lo", "up")
        for side, address in (("o", self.outer), ("i", self.inner)):
            port, inside = f"tmc{side}{self.n}", f"eth{side}"
            quiet("ip", "link", "add", port, "type", "veth", "peer", "name", inside, "netns", self.space)
            quiet("ip", "link", "set", port, "master", f"tmchaos{side}", "up")
            quiet("ip", "-n", self.space, "addr", "add", f"{address}/24", "dev", inside)
            quiet("ip", "-n", self.space, "link", "set", inside, "up")

    def cut(self, sides, down):
        """Cuts the node off from the other nodes ("i"), from the desks ("o"), or both, or ends that."""
        for side in sides:
            quiet("ip", "link", "set", f"tmc{side}{self.n}", "down" if down else "up")

    def remove(self):
        self.kill()
        if self.cluster.bridged:
            for side in "oi":
                quiet("ip", "link", "del", f"tmc{side}{self.n}", check=False)
            quiet("ip", "netns", "del", self.space, check=False)
            quiet("umount", "-l", self.disk, check=False)

    # Processes.

    def launch(self, what, command):
        inside = ["ip", "netns", "exec", self.space] if ROOT else []
        log = open(os.path.join(self.cluster.logs, f"{self.name}-{what}.log"), "ab")
        command = inside + as_owner(*command)
        self.started[what] = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)

    def start(self, environment=None):
        """Starts what does not run; Patroni and PostgreSQL with `environment`, a wrong clock for instance."""
        if not self.runs("etcd"):
            self.launch("etcd", self.etcd())
        if not self.runs("patroni"):
            more = [f"{key}={value}" for key, value in (environment or {}).items()]
            self.launch("patroni", ["env", *more, self.cluster.patroni, self.config()])

    def runs(self, what):
        return what in self.started and self.started[what].poll() is None

    def etcd(self):
        ours, theirs = f"http://{self.inner}:{self.client}", f"http://{self.inner}:{self.peer}"
        every = ",".join(f"{n.name}=http://{n.inner}:{n.peer}" for n in self.cluster.nodes)
        return [
            "etcd", "--name", self.name, "--data-dir", os.path.join(self.home, "etcd"),
            "--listen-client-urls", ours, "--advertise-client-urls", ours,
            "--listen-peer-urls", theirs, "--initial-advertise-peer-urls", theirs,
            "--initial-cluster", every, "--initial-cluster-state", "new",
            "--heartbeat-interval", "300", "--election-timeout", "3000", "--logger", "zap",
        ]  # fmt: skip

    def config(self):
        """Patroni's settings. JSON is YAML as well."""
        path = os.path.join(self.home, "patroni.yml")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(self.settings(), file, indent=1)
        if ROOT:
            shutil.chown(path, "postgres", "postgres")
        os.chmod(path, 0o600)
        return path

    def settings(self):
        password = self.cluster.password
        login = {who: {"username": name, "password": password} for who, name in
                 (("superuser", "postgres"), ("replication", "replicator"), ("rewind", "rewind"))}  # fmt: skip
        return {
            "scope": "tickmark", "name": self.name,
            "restapi": {"listen": f"{'0.0.0.0' if ROOT else self.inner}:{self.rest}",
                        "connect_address": f"{self.inner}:{self.rest}"},
            "etcd3": {"hosts": [f"{n.inner}:{n.client}" for n in self.cluster.nodes]},
            "bootstrap": {"dcs": self.rules(), "initdb": [{"encoding": "UTF8"}, {"locale": "C"}]},
            "postgresql": {
                "listen": f"{'*' if ROOT else self.inner}:{self.port}", "connect_address": f"{self.inner}:{self.port}",
                "data_dir": self.data, "bin_dir": programs(), "pgpass": os.path.join(self.home, "pgpass"),
                "authentication": login, "use_unix_socket": True,
                "parameters": {"unix_socket_directories": self.home},
                "pg_hba": ["local all all scram-sha-256", "hostssl replication all all scram-sha-256",
                           "hostssl all all all scram-sha-256"],
                "basebackup": [{"checkpoint": "fast"}],
                "remove_data_directory_on_rewind_failure": True,
                "remove_data_directory_on_diverged_timelines": True,
            },
            "watchdog": {"mode": "off"},
        }  # fmt: skip

    def rules(self):
        """What holds for all nodes: a commit waits for a second node, always."""
        keys = self.cluster.keys
        return {
            "ttl": 30, "loop_wait": 5, "retry_timeout": 10, "maximum_lag_on_failover": 1048576,
            "synchronous_mode": True, "synchronous_mode_strict": True,
            "postgresql": {"use_pg_rewind": True, "use_slots": True, "parameters": {
                "ssl": "on", "ssl_cert_file": f"{keys}/server.crt", "ssl_key_file": f"{keys}/server.key",
                "password_encryption": "scram-sha-256", "max_connections": 100, "wal_log_hints": "on",
                # A server that steps down waits so long for a follower that is cut off.
                "wal_sender_timeout": "10s", "wal_receiver_timeout": "10s",
                "min_wal_size": "32MB", "max_wal_size": "96MB", "wal_keep_size": "32MB", "max_slot_wal_keep_size": "160MB",
                "shared_buffers": "32MB", "log_line_prefix": "%m %u ",
                # In the data folder: what a killed server leaves in memory stays there.
                "dynamic_shared_memory_type": "mmap",
            }},
        }  # fmt: skip

    def pids(self):
        return [pid for process in self.started.values() if process.poll() is None for pid in family(process.pid)]

    def postgres(self):
        """The processes of PostgreSQL alone."""
        return postgres_of(self.data)

    def kill(self):
        """The whole machine is gone at once."""
        signal_all(self.pids() + self.postgres(), signal.SIGKILL)
        for process in self.started.values():
            process.wait()

    def freeze(self):
        pids = self.pids() + self.postgres()
        signal_all(pids, signal.SIGSTOP)
        return pids

    def role(self):
        """`primary`, `sync` (commits wait for it), `replica`, or nothing if it does not answer."""
        try:
            with urllib.request.urlopen(f"http://{self.outer}:{self.rest}/patroni", timeout=2) as answer:
                told = json.load(answer)
        except (OSError, ValueError):
            return None
        if told.get("state") not in ("running", "streaming"):
            return None
        return "sync" if told.get("sync_standby") else {"master": "primary"}.get(told.get("role"), told.get("role"))


class Cluster:
    """The three nodes, in a folder that the user postgres can enter."""

    def __init__(self, python, logs):
        make = as_owner("mktemp", "-d", "/var/tmp/tickmark-chaos.XXXXXX")
        self.home = subprocess.run(make, check=True, capture_output=True, text=True).stdout.strip()
        self.patroni = os.path.join(self.home, "patroni")
        self.logs, self.keys, self.password = logs, os.path.join(self.home, "keys"), secrets.token_hex(16)
        self.backup = os.path.join(self.home, "backup")
        self.nodes, self.bridged = [Node(self, n) for n in (1, 2, 3)], False
        shutil.copytree(python, self.patroni + ".env", symlinks=True)
        self.entry()

    def entry(self):
        """Starts Patroni from a copy of its packages, which the user postgres can read."""
        packages = next(
            os.path.join(folder, "site-packages")
            for folder, folders, _ in os.walk(self.patroni + ".env") if "site-packages" in folders
        )  # fmt: skip
        with open(self.patroni, "w", encoding="utf-8") as file:
            file.write(f"#!/bin/sh\nPYTHONPATH='{packages}' exec python3 -m patroni \"$@\"\n")
        os.chmod(self.patroni, 0o755)

    def start(self):
        self.certificate()
        if ROOT:
            if os.path.exists("/sys/class/net/tmchaoso"):
                raise SystemExit("Another run works with tmchaoso. If it was broken off: ip link del tmchaoso; ip link del tmchaosi")
            self.bridged = True
            for side in "oi":
                quiet("ip", "link", "add", f"tmchaos{side}", "type", "bridge")
                quiet("ip", "link", "set", f"tmchaos{side}", "up")
            quiet("ip", "addr", "add", "10.203.17.254/24", "dev", "tmchaoso")
        for node in self.nodes:
            node.prepare()
        for node in self.nodes:
            node.start()
        self.whole(180)

    def remove(self):
        for node in self.nodes:
            node.remove()
        for side in "oi" if self.bridged else "":
            quiet("ip", "link", "del", f"tmchaos{side}", check=False)
        quiet("rm", "-rf", self.home, check=False)
        remove_clocks()

    def certificate(self):
        """An authority, and one certificate for all nodes. It is valid for clocks that are wrong by weeks."""
        os.makedirs(self.keys)
        names = ",".join(["DNS:localhost", "IP:127.0.0.1", *(f"IP:{a}" for n in self.nodes for a in (n.outer, n.inner))])
        path = os.path.join(self.keys, "openssl.cnf")
        with open(path, "w", encoding="utf-8") as file:
            file.write("[req]\ndistinguished_name=name\n[name]\n[ca]\nbasicConstraints=critical,CA:true\n")
            file.write(f"[server]\nbasicConstraints=critical,CA:false\nsubjectAltName={names}\n")
        earlier = ["faketime", "-f", "-60d"] if shutil.which("faketime") else []
        key = [*"-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 300".split(), "-config", path]
        ca = ["-extensions", "ca", "-subj", "/CN=Tickmark chaos", "-keyout", "ca.key", "-out", "ca.crt"]
        server = ["-extensions", "server", "-subj", "/CN=localhost", "-CA", "ca.crt", "-CAkey", "ca.key"]
        for more in (ca, [*server, "-keyout", "server.key", "-out", "server.crt"]):
            command = [*earlier, "openssl", "req", "-x509", *key, *more]
            subprocess.run(command, check=True, cwd=self.keys, stderr=subprocess.DEVNULL)
        os.chmod(os.path.join(self.keys, "server.key"), 0o600)
        if ROOT:
            quiet("chown", "-R", "postgres:", self.keys)

    @property
    def authority(self):
        return os.path.join(self.keys, "ca.crt")

    @property
    def hosts(self):
        return ",".join(f"{n.outer}:{n.port}" for n in self.nodes)

    def url(self):
        node = self.primary(60)
        query = f"sslmode=verify-full&sslrootcert={self.authority}"
        return f"postgres://postgres:{self.password}@{node.outer}:{node.port}/postgres?{query}"

    def primary(self, seconds):
        """The node that takes writes. Waits for it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = [node for node in self.nodes if node.role() == "primary"]
            if found:
                return found[0]
            time.sleep(0.5)
        raise RuntimeError(f"no node has taken writes for {seconds} s; the logs are in {self.logs}")

    def replica(self):
        """The node that commits wait for, if there is one, else another one that follows."""
        roles = {node: node.role() for node in self.nodes}
        followers = [node for node in self.nodes if roles[node] != "primary"]
        return next((node for node in followers if roles[node] == "sync"), followers[0])

    def whole(self, seconds):
        """Waits until one node takes writes and both others follow it, one of them in step. Returns whether they do.

        They must do so for longer than Patroni's turn. After PostgreSQL was restarted, nobody is in step for some seconds, and
        Patroni lets no other node take over then: it could not know which one has everything."""
        end = time.monotonic() + seconds
        since = time.monotonic()
        while time.monotonic() < end:
            if sorted(str(node.role()) for node in self.nodes) != ["primary", "replica", "sync"]:
                since = time.monotonic()
            elif time.monotonic() - since > STEADY:
                return True
            time.sleep(0.5)
        return False

    def rows(self, sql):
        psql = os.path.join(programs(), "psql")
        done = subprocess.run([psql, self.url(), "-XAtq", "-c", sql], check=True, capture_output=True, text=True)
        return [line.split("|") for line in done.stdout.splitlines()]

    def take_backup(self):
        quiet("rm", "-rf", self.backup)
        command = [os.path.join(programs(), "pg_basebackup"), "-D", self.backup, "-d", self.url(), "-c", "fast", "-X", "stream"]
        subprocess.run(as_owner(*command), check=True, stderr=subprocess.DEVNULL)

    def restore_backup(self):
        """All data is lost. The backup goes to the first node, Patroni begins anew with it, and the others copy it."""
        for node in self.nodes:
            signal_all(family(node.started.pop("patroni").pid) + node.postgres(), signal.SIGKILL)
        time.sleep(1)
        first = self.nodes[0]
        inside = ["ip", "netns", "exec", first.space] if ROOT else []
        endpoint = f"http://{first.inner}:{first.client}"
        forget = ["env", "ETCDCTL_API=3", "etcdctl", "--endpoints", endpoint, "del", "--prefix", "/service/tickmark"]
        subprocess.run(inside + forget, check=True, stdout=subprocess.DEVNULL)
        for node in self.nodes:
            subprocess.run(as_owner("rm", "-rf", node.data), check=True)
        subprocess.run(as_owner("cp", "-a", self.backup, first.data), check=True)
        first.start()
        self.primary(120)
        for node in self.nodes[1:]:
            node.start()
