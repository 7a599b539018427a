"""Has extruct, the stock reader of structured data in web pages, read the ClaimReviews out of a page of the bundle in the folder.

Each has to be what schema.org's vocabulary has: types and properties that exist, properties on types that have them; and so
has everything in the exported files of ClaimReview that are named beside the bag. The vocabulary is the one the package
`rocrate` ships. Usage: pages.py BAG PAGE [FILE...]; ends with 1 where something is amiss.
"""

import json
import sys
from importlib import resources
from pathlib import Path

import extruct

SCHEMA = json.loads(resources.files("rocrate").joinpath("data/schema.jsonld").read_text(encoding="utf-8"))
TERMS = {t["@id"].removeprefix("schema:"): t for t in SCHEMA["@graph"] if t["@id"].startswith("schema:")}


def listed(value):
    return value if isinstance(value, list) else [value]


def ids(term, key):
    return {one["@id"].removeprefix("schema:") for one in listed(term.get(key, []))}


def ancestry(kind):
    return {kind}.union(*(ancestry(one) for one in ids(TERMS[kind], "rdfs:subClassOf") if one in TERMS))


def faults(entity, where):
    kind = entity.get("@type")
    if kind not in TERMS:
        return [f"{where}: schema.org has no type {kind}"]
    found = []
    for name, value in entity.items():
        if name.startswith("@"):
            continue
        if name not in TERMS or not ids(TERMS[name], "schema:domainIncludes") & ancestry(kind):
            found.append(f"{where}: schema.org's {kind} has no {name}")
        for one in listed(value):
            if isinstance(one, dict):
                found += faults(one, f"{where}.{name}")
    return found


bag = Path(sys.argv[1])
page = Path(sys.argv[2]).read_text(encoding="utf-8")
claims = json.loads((bag / "data" / "claims.json").read_text(encoding="utf-8"))["claims"]
read = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
reviews = [one for document in read for one in document.get("@graph", [document])]
held = [claim for claim in claims if claim["standing"] == "checked"]
wrong = [fault for n, review in enumerate(reviews) for fault in faults(review, f"review {n + 1}")]
if [r["reviewRating"]["alternateName"] for r in reviews] != [c["verdict"]["label"] for c in held] or not reviews:
    wrong.append("the reviews in the page are not the verdicts that hold")
if any(r["@type"] != "ClaimReview" for r in reviews):
    wrong.append("something in the page is no ClaimReview")
for file in sys.argv[3:]:
    document = json.loads(Path(file).read_text(encoding="utf-8"))
    for n, entity in enumerate(document.get("@graph", [document])):
        wrong += faults(entity, f"{file}: {n + 1}")
print(*wrong, sep="\n", file=sys.stderr)
sys.exit(1 if wrong else 0)
