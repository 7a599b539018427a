"""Has roc-validator, the stock validator of RO-Crates, judge the crates in the folders that are named.

The validator asks the network for the context that a crate names. A judge must give the same answer without one, so
that single document comes from the package `rocrate`, which ships it; anything else that it asks for is refused.
Ends with 0 where every crate passes what the specification requires and recommends, but for what a desk cannot know:
the organisation an author belongs to, and the address of one that is known by name alone. Else it ends with 1.
"""

import json
import shutil
import sys
import tempfile
from importlib import resources
from pathlib import Path

from rocrate_validator import services
from rocrate_validator.models import Severity
from rocrate_validator.utils.http import HttpRequester

UNKNOWABLE = {"ro-crate-1.1_30.2", "ro-crate-1.1_30.3", "ro-crate-1.1_31.2"}
CONTEXT = "https://w3id.org/ro/crate/1.1/context"


class Answer:
    status_code = 200
    headers = {"Content-Type": "application/ld+json"}
    text = resources.files("rocrate").joinpath("data/ro-crate.jsonld").read_text(encoding="utf-8")

    def json(self):
        return json.loads(self.text)


def get(_, url, *args, **more):
    if url == CONTEXT:
        return Answer()
    raise OSError(f"the judge asks no network, and {url} is not at hand")


HttpRequester().__class__.get = get


def judged(folder):
    # The validator stumbles over blanks in the path, which are no fault of the crate's.
    with tempfile.TemporaryDirectory() as place:
        return passes(folder, shutil.copytree(folder, Path(place) / "crate"))


def passes(name, folder):
    settings = services.ValidationSettings(
        rocrate_uri=str(folder),
        profile_identifier="ro-crate-1.1",
        requirement_severity=Severity.RECOMMENDED,
        skip_availability_check=True,
    )
    issues = [i for i in services.validate(settings).get_issues() if i.check.identifier not in UNKNOWABLE]
    for issue in issues:
        print(f"{name}: {issue.severity.name} {issue.check.identifier}: {issue.message}", file=sys.stderr)
    return not issues


sys.exit(0 if all([judged(folder) for folder in sys.argv[1:]]) else 1)
