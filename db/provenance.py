"""What decided the content of a database, for its table `build`: no time, no machine, no path.

In: the groups of files of a build and its settings. Out: keys and values. `rules_digest` is the setting that
tells of every change in the rules, and whether two machines have the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from db.inputs import Group


def provenance(groups: Sequence[Group], settings: Mapping[str, str]) -> dict[str, str]:
    """The rows of `build`: the settings, and how many inputs there are with the digest of their list."""
    inputs = sorted((item.name, entry.sha256) for entry in groups for item in entry.inputs)
    listed = "\n".join(f"{sha256}  {name}" for name, sha256 in inputs)
    return dict(settings) | {
        "inputs": str(len(inputs)),
        "inputs_digest": hashlib.sha256(listed.encode()).hexdigest(),
    }


@cache
def rules_digest() -> str:
    """SHA-256 over the source of the rules and the lookups, as they are installed."""
    digest = hashlib.sha256()
    for place in ("ingest/.", "ingest/readers", "db/.", "seeds/.", "seeds/lookups"):
        package, folder = place.split("/")
        for entry in sorted((files(package) / folder).iterdir(), key=lambda entry: entry.name):
            if entry.name.endswith((".py", ".csv", ".toml")):
                digest.update(f"{package}/{folder}/{entry.name}\n".encode() + entry.read_bytes())
    return digest.hexdigest()
