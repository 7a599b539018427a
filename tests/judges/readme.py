"""Holds the README against the program: every command in its console blocks is run, in order, in a folder with the tour's
two files, and has to print what the README says it prints.

What differs from run to run counts as the same: ids, keys and dates; `…` in a JSON value stands for whatever is there.
Usage: readme.py README.md FOLDER, with `tickmark` on the PATH; ends with 1 where they differ.
"""

import os
import re
import subprocess
import sys

MASKS = [
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "ID"),
    (r"\b[0-9A-F]{16}\b", "KEY"),
    (r"\bRW[\w+/]{54}=*", "KEY"),
    (r"\b\d{1,2} [A-Z][a-z]+ 20\d\d:", "DAY:"),
]


def told(block):
    """The commands of a block, each with the lines it is said to print."""
    current = None
    for line in block.replace("\\\n", " ").splitlines():
        if line.startswith("$ "):
            if current:
                yield current
            current = (line[2:], [])
        elif current:
            current[1].append(line)
    if current:
        yield current


def masked(text):
    for pattern, word in MASKS:
        text = re.sub(pattern, word, text)
    return text.strip()


def same(said, printed):
    parts = [re.escape(part) for part in masked(said).split("},…]")]
    return re.fullmatch(r"\}.*\]".join(parts), masked(printed), re.S) is not None


readme, folder = sys.argv[1:]
env = dict(os.environ)
wrong = ran = 0
for block in re.findall(r"```console\n(.*?)```", open(readme, encoding="utf-8").read(), re.S):
    for command, lines in told(block):
        exported = re.fullmatch(r"export (\w+)=(\S+)", command)
        if exported:
            env[exported[1]] = exported[2]
            continue
        done = subprocess.run(command, shell=True, cwd=folder, env=env, capture_output=True, text=True)
        ran += 1
        if not same("\n".join(lines), done.stdout + done.stderr):
            wrong += 1
            print(f"$ {command}\n--- README says\n{chr(10).join(lines)}\n--- it prints\n{done.stdout}{done.stderr}", file=sys.stderr)
print(f"{ran} commands of the README, {wrong} of which print something else")
sys.exit(1 if wrong or not ran else 0)
