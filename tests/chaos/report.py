"""The table of what happened, and whether the bar was met."""

import statistics

# Milliseconds from which a save is late, and how many of the late ones are shown.
LATE, SHOWN = 50, 40


class Faults:
    """Each fault with its moment and the time until the hub took something again."""

    def __init__(self):
        self.all, self.left_out = [], []

    def add(self, kind, begun, gap=None, back=None):
        """`gap`: seconds until the hub took something of any desk; `back`: of every desk."""
        self.all.append({"kind": kind, "begun": begun, "gap": gap, "back": back})

    def leave_out(self, kind, why):
        self.left_out.append((kind, why))


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def table(faults, verdict):
    """One row a kind of fault. The gap lasts until the hub took something of any desk again, "all" until it took something of
    each. What is lost counts for the first fault after it was acknowledged; which fault doubled something is not known."""
    lost_by = {}
    for moment in verdict.lost.values():
        later = [f for f in faults.all if f["begun"] >= moment] or faults.all[-1:]
        kind = min(later, key=lambda f: f["begun"])["kind"] if later else "none"
        lost_by[kind] = lost_by.get(kind, 0) + 1
    row = "| {:<44} | {:>5} | {:>9} | {:>9} | {:>9} | {:>4} | {:>7} |".format
    print(row("fault", "count", "gap p50 s", "gap max s", "all max s", "lost", "doubled"))
    print(row("-" * 44, "-" * 5, "-" * 9, "-" * 9, "-" * 9, "-" * 4, "-" * 7))
    for kind in dict.fromkeys(f["kind"] for f in faults.all):
        rows = [f for f in faults.all if f["kind"] == kind]
        gaps = [f["gap"] for f in rows if f["gap"] is not None]
        backs = [f["back"] for f in rows if f["back"] is not None]
        middle = f"{statistics.median(gaps):.2f}" if gaps else "-"
        longest, all_back = (f"{max(v):.2f}" if v else "-" for v in (gaps, backs))
        print(row(kind, len(rows), middle, longest, all_back, lost_by.get(kind, 0), ""))
    print(row("all of them", len(faults.all), "", "", "", len(verdict.lost), verdict.doubled))
    for kind, why in faults.left_out:
        print(row(kind, 0, "-", "-", "-", "-", "-") + f" left out: {why}")


def saves(desks, quiet, faults):
    """How long saves took, and how much later than the usual one of their kind in the quiet time: as it was, and without
    the time that they were ready and waited for a processor. Then the latest of them, with the fault that began last."""
    begun, ended = quiet
    every = [(*save, desk.name) for desk in desks for save in desk.saves]
    parts = (("quiet", [s for s in every if begun <= s[0] <= ended]), ("during faults", [s for s in every if s[0] > ended]))
    print()
    for column, what in ((1, "saves, on the clock"), (2, "saves, without the queue for a processor")):
        usual = {kind: statistics.median(s[column] for s in parts[0][1] if s[3] == kind) for kind in {s[3] for s in parts[0][1]}}
        for name, some in parts:
            took = [1000 * s[column] for s in some]
            late = [1000 * (s[column] - usual[s[3]]) for s in some if s[3] in usual]
            print(f"{what}, {name}: {spread(took)} ms; late {spread(late)} ms, over {LATE} ms: {sum(ms > LATE for ms in late)}")
    # By the last column: what the program itself is late.
    late = [(1000 * (s[column] - usual[s[3]]), s) for s in every if s[3] in usual]
    for ms, save in sorted((one for one in late if one[0] > LATE), reverse=True)[:SHOWN]:
        print(f"    {ms:.0f} ms: {save[3]} of {save[4]}{last_fault(faults, save[0])}")


def last_fault(faults, moment):
    """How long before a moment which fault began."""
    before = [f for f in faults.all if f["begun"] <= moment]
    if not before:
        return ""
    last = max(before, key=lambda f: f["begun"])
    return f", {moment - last['begun']:.0f} s after: {last['kind']}"


def spread(values):
    p50, p99 = percentile(values, 0.5), percentile(values, 0.99)
    return f"{len(values)}, p50 {p50:.0f} p99 {p99:.0f} max {max(values, default=0):.0f}"


def outcome(verdict):
    """Prints the rest, and returns whether all is well."""
    print(
        f"\n{verdict.actions} actions were saved, {verdict.accepted} of them seen as accepted by the hub: "
        f"{len(verdict.lost)} accepted lost, {len(verdict.lost_saves)} saves lost, {verdict.doubled} doubled; "
        f"live {'equal' if len(verdict.live) == 1 else 'NOT EQUAL'}; quiet after {verdict.rounds} rounds"
    )
    for fault in verdict.faults:
        print(f"FAULT: {fault}")
    fine = not (verdict.faults or verdict.lost or verdict.lost_saves or verdict.doubled)
    print("all is well" if fine else "FAILED")
    return fine


def told(desks):
    """What commands refused or failed with, most frequent first: so that a run in which nobody did anything is noticed."""
    for desk in desks:
        done = ", ".join(f"{n} {state}" for state, n in desk.states.most_common())
        print(f"{desk.name} ({desk.role}): {len(desk.saves)} saves; rounds: {done}; killed {len(desk.kills)}")
        for said, times in desk.failures.most_common(8):
            print(f"    {times} x {said}")
