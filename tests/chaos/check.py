"""What must be true after all faults: nothing lost, nothing doubled, all desks the same."""

import hashlib
import os
import time


def settle(desks, refilling=False, most=40):
    """Syncs all desks in turn until nothing moves; while a hub is refilled, new work waits. Returns how many rounds that took, or nothing if it does not end."""
    for done in range(1, most + 1):
        answers = [desk.sync() for desk in desks]
        moves = lambda a: a["sent"] or a["received"] or (a["waiting"] and not refilling)
        still = [a for a in answers if a and a["why"] is None and not moves(a)]
        if len(still) == len(desks) and len({a["cursor"] for a in still}) == 1:
            return done
        time.sleep(0.2)
    return None


class Verdict:
    """The result of the check, and what it was not content with."""

    def __init__(self):
        self.lost, self.lost_saves, self.doubled = {}, {}, 0
        self.actions, self.accepted, self.live = 0, 0, set()
        self.faults, self.rounds = [], None


def check(desks, hub_rows, folder):
    """Compares all desks with what was acknowledged, with the hub and with each other."""
    verdict = Verdict()
    there = {desk.name: desk.action_ids() for desk in desks}
    saved = earliest(desk.saved for desk in desks)
    accepted = earliest(desk.accepted for desk in desks)
    verdict.actions, verdict.accepted = len(saved), len(accepted)
    for name, ids in there.items():
        verdict.doubled += len(ids) - len(set(ids))
        missing = saved.keys() - set(ids)
        verdict.lost.update({a: accepted[a] for a in missing if a in accepted})
        verdict.lost_saves.update({a: saved[a] for a in missing if a not in accepted})
        if missing:
            verdict.faults.append(f"{name} lacks {len(missing)} actions, such as {sorted(missing)[0].lower()}")
    check_hub(verdict, hub_rows, saved)
    check_questions(verdict, desks)
    for desk in desks:
        check_desk(verdict, desk)
    if len(verdict.live) != 1:
        verdict.faults.append(f"the live digests differ: {', '.join(sorted(verdict.live))}")
    check_equal(verdict, desks, folder)
    return verdict


def earliest(maps):
    first = {}
    for one in maps:
        for key, moment in one.items():
            first[key] = min(moment, first.get(key, moment))
    return first


def check_hub(verdict, rows, saved):
    sql = "select upper(replace(id::text, '-', '')), seq from hub.entry order by seq"
    entries = rows(sql)
    ids, numbers = [e[0] for e in entries], [int(e[1]) for e in entries]
    verdict.doubled += len(ids) - len(set(ids))
    if numbers != list(range(1, len(numbers) + 1)):
        verdict.faults.append("the numbers of the hub's entries have gaps")
    missing = saved.keys() - set(ids)
    if missing:
        verdict.faults.append(f"the hub lacks {len(missing)} actions, such as {sorted(missing)[0].lower()}")
    verdict.lost.update({a: saved[a] for a in missing if a not in verdict.lost})


def check_questions(verdict, desks):
    """Each question that was asked is there once, by its words: this finds a deed that was recorded twice under two ids."""
    asked = set().union(*(desk.asked for desk in desks))
    for desk in desks:
        texts = [q["text"] for q in desk.must("query", "list")]
        own = [t for t in texts if t in asked]
        verdict.doubled += len(own) - len(set(own))


def check_desk(verdict, desk):
    found, fine, said = desk.run("hub", "check")
    if not fine or not found:
        verdict.faults.append(f"{desk.name}: hub check: {said or found}")
    verdict.live.add(found["live"] if found else "none")
    found, fine, said = desk.run("check")
    if not fine:
        verdict.faults.append(f"{desk.name}: check: {said or found}")
    status, fine, said = desk.run("hub", "status")
    for key in ("refused", "skipped", "waiting"):
        if status and status[key]:
            verdict.faults.append(f"{desk.name}: {key}: {str(status[key])[:600]}")


def check_equal(verdict, desks, folder):
    """The unsigned bundle of each article is the same on all desks, byte by byte, and so are all numbers."""
    for article in desks[0].must("articles"):
        digests = {}
        for desk in desks:
            to = os.path.join(folder, f"{desk.name}.zip")
            desk.must("export", article["article"], "--unsigned", "--force", "--to", to)
            with open(to, "rb") as file:
                digests[desk.name] = hashlib.sha256(file.read()).hexdigest()[:12]
        if len(set(digests.values())) != 1:
            verdict.faults.append(f"the bundles of article {article['number']} differ: {digests}")
    for kind in ("claim", "source", "query"):
        numbers = [sorted((e[kind], e["number"]) for e in desk.must(kind, "list")) for desk in desks]
        if any(n != numbers[0] for n in numbers):
            verdict.faults.append(f"a {kind} has other numbers on other desks")
