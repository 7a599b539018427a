"""Holds the licence of every package that is built in, or that the page is built of, against the list in deny.toml.

`cargo deny` does the same for Rust and more, where it is installed. Here the licences that cargo and the page's lock file
tell are read as SPDX expressions. Names each package whose licence is not allowed, and ends with 1 where there is one.
"""

import json
import pathlib
import subprocess
import sys
import tomllib

from license_expression import get_spdx_licensing

root = pathlib.Path(__file__).resolve().parent.parent
spdx = get_spdx_licensing()


def holds(expression, allowed):
    """Whether the expression can be met with licences of the list alone."""
    if isinstance(expression, spdx.OR):
        return any(holds(part, allowed) for part in expression.args)
    if isinstance(expression, spdx.AND):
        return all(holds(part, allowed) for part in expression.args)
    return expression.render() in allowed


def refused(name, licence, allowed):
    """Why the package cannot be built in, or nothing."""
    if not licence:
        return f"{name} tells no licence"
    # Some packages still write "MIT/Apache-2.0", which SPDX once took for a choice.
    expression = spdx.parse(licence.replace("/", " OR "))
    return None if holds(expression, allowed) else f"{name}: {licence}"


def crates():
    told = subprocess.run(
        ["cargo", "metadata", "--locked", "--format-version", "1", "--all-features"],
        cwd=root, check=True, capture_output=True, text=True,
    )
    packages = json.loads(told.stdout)["packages"]
    # Our own have no source. Cargo's own registry is where most of the others come from.
    sources = [package["source"] for package in packages if package["source"]]
    usual = max(set(sources), key=sources.count)
    for package in packages:
        if package["source"] not in (None, usual):
            yield f"{package['name']} comes from {package['source']}", None
        yield f"{package['name']} {package['version']}", package["license"]


def page():
    packages = json.loads((root / "ui/package-lock.json").read_text())["packages"]
    for path, package in packages.items():
        if path:
            licence = package.get("license") or written(path) or whole(path, packages)
            yield f"{path.removeprefix('node_modules/')} {package.get('version')}", licence


def written(path):
    """The licence that stands in the package's own file, where its first line says which it is."""
    file = root / "ui" / path / "LICENSE"
    first = file.read_text().split("\n", 1)[0] if file.exists() else ""
    return {"MIT License": "MIT"}.get(first.strip())


def whole(path, packages):
    """The licence of the package that this is compiled from for one system, as `sdk-linux-x64` is from `sdk`."""
    parts = path.split("-")
    names = ("-".join(parts[:n]) for n in range(len(parts) - 1, 0, -1))
    return next((packages[name].get("license") for name in names if name in packages), None)


def main():
    deny = tomllib.loads((root / "deny.toml").read_text())
    lists = {crates: deny["licenses"]["allow"], page: deny["licenses"]["allow"] + PAGE_TOO}
    all_refused = [
        why for packages, allowed in lists.items() for name, licence in packages() if (why := refused(name, licence, allowed))
    ]
    print("\n".join(all_refused) or "every licence is one that may be built in")
    return 1 if all_refused else 0


# What the page's tools are under and nothing that is shipped is.
PAGE_TOO = ["BlueOak-1.0.0", "CC-BY-4.0", "CC0-1.0", "OFL-1.1", "Python-2.0", "MIT-0"]

if __name__ == "__main__":
    sys.exit(main())
