"""Have qpdf and poppler, which know nothing of us, judge a PDF that we wrote.

  pdf.py QPDF|POPPLER file.pdf text.md

`qpdf` checks the file. `poppler` reads its words: those of the text must all be there, whole and in order. Words of scripts
without blanks are compared by character. Lines that are read from the right are compared by their letters, since poppler
gives them as they are drawn. Ends with 0 where all is as it should be, else it says what is not, and ends with 1.
"""

import collections
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

TOKEN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]|[^\W\u3040-\u30ff\u4e00-\u9fff]+")
MARKS = re.compile(r"^#+ |^- |^> ?|[*_`]", re.M)


def from_the_right(text):
    return any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)


def letters(text):
    return collections.Counter(c for c in unicodedata.normalize("NFKD", text) if from_the_right(c))


def qpdf(file):
    done = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True)
    return [] if done.returncode == 0 else [done.stdout + done.stderr]


def poppler(file, text):
    shown = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, text=True, check=True).stdout
    faults, found = [], iter(TOKEN.findall(shown))
    lines = [line for line in text.splitlines() if not from_the_right(line)]
    for word in TOKEN.findall("\n".join(lines)):
        # A claim's number may come between two words, never into one.
        if not any(other == word for other in found):
            faults.append(f"the word {word!r} is not where it should be")
            break
    lost = letters(text) - letters(shown)
    return faults + [f"the letter {c!r} is missing {n} times" for c, n in lost.items()]


def main():
    judge, file, text = sys.argv[1], sys.argv[2], Path(sys.argv[3]).read_text(encoding="utf8")
    faults = qpdf(file) if judge == "qpdf" else poppler(file, MARKS.sub("", text))
    print("\n".join(faults))
    sys.exit(1 if faults else 0)


main()
