"""Members of a shared desk, who work by the command line and exchange what they record in loops."""

import json
import os
import random
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections import Counter

# Places from here on are this desk's own: the hub has not accepted the action yet.
NOT_ACCEPTED = 1 << 62
# What the choices of a run follow from. Its moments differ each time.
SEED = os.environ.get("CHAOS_SEED") or str(random.randrange(10**6))
# Seconds after which a command of the program is given up.
LONGEST = 120


class Desk:
    """One member on one device: two threads, one records, the other runs `sync` in a loop."""

    def __init__(self, program, folder, name, role, environment=None):
        self.program, self.name, self.role = program, name, role
        self.file = os.path.join(folder, f"{name}.desk")
        self.invite = os.path.join(folder, f"{name}.invite")
        self.text = os.path.join(folder, f"{name}.md")
        # What the program finds in its environment besides what is there, a wrong clock for instance.
        self.environment = {**os.environ, **(environment or {})}
        self.random = random.Random(f"{SEED} {name}")
        self.lock = threading.Lock()
        self.working, self.syncing = threading.Event(), threading.Event()
        self.ending, self.threads = False, []
        self.next_seq = self.top_place = 0
        # Seconds between two deeds.
        self.pause = (0.2, 1.0)
        # Actions by their id, with the time when they were first in the file, and first known to be on the hub.
        self.saved, self.accepted = {}, {}
        # Questions whose save was acknowledged, by their words.
        self.asked = set()
        # (begun, seconds, those of them not spent in the queue for a processor, kind) of each acknowledged save.
        self.saves = []
        # (begun, ended, sent) of each round of which the hub took something.
        self.rounds = []
        self.last_whole = 0.0
        self.failures, self.states = Counter(), Counter()
        # Of how many rounds out of 100 the process is killed, and when.
        self.kill_share, self.kills = 0, []
        self.usual_round = 0.15

    def command(self, *args):
        return [self.program, "--desk", self.file, "--json", *map(str, args)]

    def run(self, *args):
        """The JSON that a command prints, and whether it succeeded."""
        try:
            done = subprocess.run(
                self.command(*args), capture_output=True, text=True, timeout=LONGEST, env=self.environment
            )
        except subprocess.TimeoutExpired:
            return None, False, f"{args[0]} takes longer than {LONGEST} s"
        return read_json(done.stdout), done.returncode == 0, done.stderr.strip()

    def must(self, *args):
        """The JSON that a command prints. It must succeed."""
        value, fine, said = self.run(*args)
        if not fine:
            raise RuntimeError(f"{self.name}: {' '.join(map(str, args))}: {said}")
        return value

    # What is in the file.

    def note_actions(self):
        """Takes down which actions are in the file, and which of them the hub accepted."""
        now = time.monotonic()
        with self.lock:
            try:
                db = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=5)
                try:
                    new = db.execute("SELECT seq, hex(id) FROM action WHERE seq >= ?", (self.next_seq,)).fetchall()
                    (top,) = db.execute("SELECT max(place) FROM action WHERE place < ?", (NOT_ACCEPTED,)).fetchone()
                    # Where the hub went back, places are given again.
                    after = self.top_place if (top or 0) >= self.top_place else 0
                    asked = "SELECT hex(id) FROM action WHERE place > ? AND place < ?"
                    there = db.execute(asked, (after, NOT_ACCEPTED)).fetchall()
                finally:
                    db.close()
            except sqlite3.Error as error:
                self.failures[f"reading the file: {error}"] += 1
                return
            for seq, action in new:
                self.saved.setdefault(action, now)
                self.next_seq = max(self.next_seq, seq + 1)
            self.top_place = top or 0
            for (action,) in there:
                self.accepted.setdefault(action, now)

    def action_ids(self):
        db = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)
        try:
            return [action for (action,) in db.execute("SELECT hex(id) FROM action")]
        finally:
            db.close()

    # The loops.

    def start(self):
        self.threads = [threading.Thread(target=work, daemon=True) for work in (self.record, self.exchange)]
        self.working.set()
        self.syncing.set()
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.ending = True
        for event in (self.working, self.syncing):
            event.set()
        for thread in self.threads:
            thread.join(LONGEST)

    def record(self):
        while not self.ending:
            self.working.wait()
            try:
                self.deed()
            except (RuntimeError, KeyError, IndexError, TypeError) as error:
                self.failures[f"deed: {error}"[:200]] += 1
            time.sleep(self.random.uniform(*self.pause))

    def exchange(self):
        while not self.ending:
            self.syncing.wait()
            self.sync()
            time.sleep(self.random.uniform(0.2, 0.6))

    def sync(self):
        """One round. Returns what it printed, or nothing if it was killed."""
        begun = time.monotonic()
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        process = subprocess.Popen(self.command("sync"), env=self.environment, **pipes)
        if self.random.uniform(0, 100) < self.kill_share:
            time.sleep(self.random.uniform(0, 1.2 * self.usual_round))
            if process.poll() is None:
                process.kill()
                self.kills.append(time.monotonic())
        try:
            out, said = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()
            out, said = process.communicate()
            self.failures[f"sync takes longer than {LONGEST} s"] += 1
        ended = time.monotonic()
        answer = read_json(out)
        self.note_actions()
        if answer is None:
            if process.returncode >= 0:
                self.failures[f"sync: {said.strip()}"[:200]] += 1
            return None
        self.note_round(begun, ended, answer)
        return answer

    def note_round(self, begun, ended, answer):
        self.states[answer["state"]] += 1
        if answer["why"] is None:
            self.usual_round = 0.9 * self.usual_round + 0.1 * (ended - begun)
            if answer["sent"]:
                self.rounds.append((begun, ended, answer["sent"]))
            # While a hub is refilled, new work waits until that ends.
            if not (answer["sent"] or answer["received"]):
                self.last_whole = begun

    def taken_since(self, moment):
        """When the first round that began after `moment` and brought the hub something ended."""
        return next((ended for begun, ended, _ in self.rounds if begun >= moment), None)

    # What is recorded.

    def save(self, kind, *args):
        """A save that counts: its time is measured and its actions must never be lost."""
        begun, queued = time.monotonic(), in_queue("thread-self")
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            process = subprocess.Popen(self.command(*args), stdout=out, stderr=err, env=self.environment)
            os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
            took = time.monotonic() - begun
            queued = in_queue("thread-self") - queued + in_queue(process.pid)
            fine = process.wait() == 0
            out.seek(0)
            err.seek(0)
            value, said = read_json(out.read()), err.read().strip()
        if fine:
            self.saves.append((begun, took, max(0.0, took - queued), kind))
            self.note_actions()
        else:
            self.failures[f"{kind}: {said}"[:200]] += 1
        return value if fine else None

    def deed(self):
        articles = self.must("articles")
        if not articles:
            return
        article = self.random.choice(articles)["article"]
        shown = self.must("article", article)
        kinds = {"mark": 5, "verdict": 6, "revise": 5, "ask": 3, "evidence": 2, "undo": 1, "redo": 1}
        if self.role == "reporter":
            del kinds["verdict"]
        kind = self.random.choices(list(kinds), list(kinds.values()))[0]
        getattr(self, kind)(article, shown)

    def mark(self, article, shown):
        marked = {c["quote"] for c in shown["claims"]}
        free = [w for w in figures(shown["text"]) if w not in marked]
        if free:
            self.save("mark", "claim", "mark", article, "--quote", self.random.choice(free))

    def verdict(self, article, shown):
        claims = [c for c in shown["claims"] if not c["retracted"] and c["spans"]]
        if claims:
            rating = self.random.choice(["true", "false", "mostly-true", "unproven"])
            claim = self.random.choice(claims)["claim"]
            self.save("verdict", "verdict", claim, rating, "--rationale", self.words())

    def revise(self, article, shown):
        there = figures(shown["text"])
        if not there:
            return
        changed = shown["text"].replace(self.random.choice(there), f"{self.random.randrange(100000, 999999)} steps", 1)
        with open(self.text, "w", encoding="utf-8") as file:
            file.write(changed)
        base = [] if shown["revision"] is None else ["--base", shown["revision"]]
        self.save("revise", "revise", article, self.text, *base)

    def ask(self, article, shown):
        words = self.words()
        if self.save("ask", "query", "ask", article, words):
            self.asked.add(words)

    def evidence(self, article, shown):
        source = self.save("source", "source", "add", "--title", self.words(), "--kind", "report")
        claims = [c for c in shown["claims"] if not c["retracted"]]
        if source and claims:
            claim = self.random.choice(claims)["claim"]
            self.save("evidence", "evidence", "add", claim, source["source"], "--stance", "supports")

    def undo(self, article, shown):
        self.save("undo", "undo")

    def redo(self, article, shown):
        self.save("redo", "redo")

    def words(self):
        return f"{self.name} {self.random.getrandbits(64):016x}"


def in_queue(process):
    """For how many seconds a process was ready and waited for a processor. A busy machine makes it late, not the program."""
    try:
        with open(f"/proc/{process}/schedstat", encoding="ascii") as file:
            return int(file.read().split()[1]) / 1e9
    except (OSError, IndexError):
        return 0.0


def read_json(text):
    try:
        return json.loads(text)
    except ValueError:
        return None


def figures(text):
    """The figures of an article: words that occur in it once, as `article` below writes them."""
    words = text.replace(".", " ").split()
    return [f"{before} steps" for before, word in zip(words, words[1:]) if word == "steps" and before.isdigit()]


def article(number, sentences=24):
    """The text of an article in which no two sentences are equal."""
    says = [f"Tower {n} of town {number} has {100000 + 1000 * number + n} steps." for n in range(sentences)]
    paragraphs = [" ".join(says[n : n + 6]) for n in range(0, sentences, 6)]
    return f"# The towers of town {number}\n\n" + "\n\n".join(paragraphs) + "\n"


def found(program, folder, url, authority, hosts, members, articles):
    """A shared desk with its members: (name, role, environment). The first is its chief."""
    desks = [Desk(program, folder, *member) for member in members]
    chief = desks[0]
    init = ["hub", "init", "--url", url, "--name", "The desk", "--chief", chief.name, "--at", hosts]
    subprocess.run([program, *init, "--ca", authority, "--to", chief.invite], check=True, stdout=subprocess.DEVNULL)
    chief.must("hub", "join", chief.invite)
    for number in range(articles):
        with open(chief.text, "w", encoding="utf-8") as file:
            file.write(article(number))
        chief.must("import", chief.text)
    chief.must("sync")
    for desk in desks[1:]:
        chief.must("hub", "invite", desk.name, "--role", desk.role, "--to", desk.invite)
        desk.must("hub", "join", desk.invite)
    for desk in desks:
        desk.note_actions()
    return desks
