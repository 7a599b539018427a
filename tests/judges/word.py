"""Have LibreOffice and pandoc, which know nothing of us, judge a Word file that we wrote.

  word.py OFFICE|PANDOC file.docx old.md new.md

The texts are those before and after the tracked changes. `office` opens the file in LibreOffice, saves it again and compares:
the words with changes accepted and rejected, the comments with authors, times and done, the changes, the hidden bookmarks
and the document's own property. `pandoc` reads the words both ways, and the words of every comment. Ends with 0 where all
is as it was, else it says what is not, and ends with 1.
"""

import collections
import json
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


def letters(text):
    return re.sub(r"\W+", "", text)


def part(file, name):
    with zipfile.ZipFile(file) as z:
        return ET.fromstring(z.read(name)) if name in z.namelist() else ET.Element("none")


def words(element, names=("t", "delText")):
    return "".join(t.text or "" for name in element.iter() if (t := name).tag in [W + n for n in names])


def view(body, without):
    """The letters with all changes accepted (`del` left out) or rejected (`ins` left out)."""
    if body.tag in [W + n for n in without]:
        return ""
    own = (body.text or "") if body.tag in (W + "t", W + "delText") else ""
    return own + "".join(view(child, without) for child in body)


def seen(file):
    """What must be the same after another program saved the file."""
    body, comments = part(file, "word/document.xml"), part(file, "word/comments.xml")
    done = {e.get(W15 + "paraId"): e.get(W15 + "done") for e in part(file, "word/commentsExtended.xml")}
    told = collections.Counter()
    for c in comments.iter(W + "comment"):
        last = c.findall(W + "p")[-1].get(W14 + "paraId")
        told[(c.get(W + "author"), c.get(W + "date"), letters(words(c)), done.get(last, "0"))] += 1
    changes = {n: collections.Counter() for n in ("ins", "del")}
    for name, found in changes.items():
        for change in body.iter(W + name):
            found[(change.get(W + "author"), change.get(W + "date"))] += len(letters(words(change)))
    marks = {b.get(W + "name") for b in body.iter(W + "bookmarkStart")}
    own = {p.get("name"): "".join(p.itertext()) for p in part(file, "docProps/custom.xml")}
    return {
        "comments": told,
        "changes": {n: +c for n, c in changes.items()},
        "bookmarks": {m for m in marks if m.startswith("_tm_")},
        "property": own.get("Tickmark"),
        "accepted": letters(view(body, ("del",))),
        "rejected": letters(view(body, ("ins",))),
    }


def plain(text):
    """The letters of one of our texts without the marks at the start of lines."""
    text = re.sub(r"(?m)^(#{1,6}|-|\d{1,3}\.|>) ", "", text)
    return letters(text)


def office(file, old, new):
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{place}/profile", "--convert-to",
             "docx:MS Word 2007 XML", "--outdir", f"{place}/again", str(file)],
            capture_output=True, timeout=300, check=False,
        )
        again = Path(place) / "again" / file.name
        if not again.exists():
            return ["LibreOffice does not open the file"]
        before, after = seen(file), seen(again)
    wrong = [f"{k}: {before[k]} became {after[k]}" for k in before if before[k] != after[k]]
    if not before["property"] or not before["bookmarks"] or not before["comments"] or not any(before["changes"].values()):
        wrong.append("the file has nothing to compare")
    if after["accepted"] != new:
        wrong.append("LibreOffice has other words with all changes accepted")
    if after["rejected"] != old:
        wrong.append("LibreOffice has other words with all changes rejected")
    return wrong


def strings(node, out):
    """The words of pandoc's tree, without those of comments."""
    if isinstance(node, list):
        for n in node:
            strings(n, out)
    elif isinstance(node, dict):
        if node.get("t") == "Str":
            out.append(node["c"])
        elif node.get("t") == "Quoted":
            strings(node["c"][1], out)
        elif not (node.get("t") == "Span" and "comment-start" in node["c"][0][1]):
            strings(node.get("c"), out)


def read(file, how):
    made = subprocess.run(
        ["pandoc", "-f", "docx", "-t", "json", f"--track-changes={how}", str(file)], capture_output=True, check=False
    )
    return json.loads(made.stdout) if made.returncode == 0 else None


def pandoc(file, old, new):
    wrong = []
    for how, text in (("accept", new), ("reject", old)):
        tree = read(file, how)
        if tree is None:
            return ["pandoc does not read the file"]
        out = []
        # The title of a document is not among the blocks.
        strings(tree["meta"].get("title", {}).get("c", []), out)
        strings(tree["blocks"], out)
        if letters("".join(out)) != text:
            wrong.append(f"pandoc has other words where it is to {how} all changes")
    told = json.dumps(read(file, "all"))
    ids = {c.get(W + "id") for c in part(file, "word/comments.xml").iter(W + "comment")}
    if told.count('"comment-start"') < len(ids) or not ids:
        wrong.append(f"pandoc finds {told.count(chr(34) + 'comment-start' + chr(34))} of {len(ids)} comments")
    for kind in ("insertion", "deletion"):
        if f'"{kind}"' not in told:
            wrong.append(f"pandoc finds no {kind}")
    return wrong


judge, file, old, new = sys.argv[1:5]
texts = [plain(Path(p).read_text(encoding="utf-8")) for p in (old, new)]
found = {"office": office, "pandoc": pandoc}[judge](Path(file), *texts)
print(*found, sep="\n", file=sys.stderr)
sys.exit(1 if found else 0)
