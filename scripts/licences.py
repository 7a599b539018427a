"""Compares the licence of every crate and of every package of the page with the list in deny.toml.

`cargo deny` checks this and more for Rust, if it is installed. This script reads the licences in cargo's metadata and in the
page's lock file as SPDX expressions. It names each package whose licence is not allowed, and exits with 1 if there is one.
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
    """Whether licences of the list alone satisfy the expression."""
    if isinstance(expression, spdx.OR):
        return any(holds(part, allowed) for part in expression.args)
    if isinstance(expression, spdx.AND):
        return all(holds(part, allowed) for part in expression.args)
    return expression.render() in allowed


def refused(name, licence, allowed):
    """Why the package is not allowed, or nothing."""
    if not licence:
        return f"{name} tells no licence"
    # Some packages still write "MIT/Apache-2.0", which meant OR in old SPDX.
    expression = spdx.parse(licence.replace("/", " OR "))
    return None if holds(expression, allowed) else f"{name}: {licence}"


def crates():
    told = subprocess.run(
        ["cargo", "metadata", "--locked", "--format-version", "1", "--all-features"],
        cwd=root, check=True, capture_output=True, text=True,
    )
    packages = json.loads(told.stdout)["packages"]
    # Our own packages have no source. Most of the others come from cargo's own registry.
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
    """The licence in the package's own LICENSE file, if its first line names it."""
    file = root / "ui" / path / "LICENSE"
    first = file.read_text().split("\n", 1)[0] if file.exists() else ""
    return {"MIT License": "MIT"}.get(first.strip())


def whole(path, packages):
    """The licence of the package whose build for one system this is, such as `sdk` for `sdk-linux-x64`."""
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


# Licences of the page's tools, which are not shipped.
PAGE_TOO = ["BlueOak-1.0.0", "CC-BY-4.0", "CC0-1.0", "OFL-1.1", "Python-2.0", "MIT-0"]

if __name__ == "__main__":
    sys.exit(main())
