"""The URL grammar: `/indexes('n')/search.stats` and `/indexes/n/stats` are the same thing."""

from __future__ import annotations

import re
from dataclasses import dataclass

# FACTS a: both forms are accepted.
ODATA = re.compile(r"/(?P<collection>\w+)\('(?P<name>.*?)'\)(?:/(?P<rest>.*))?")
SLASHES = re.compile(r"/(?P<collection>\w+)(?:/(?P<name>[^/]+)(?:/(?P<rest>.*))?)?")


@dataclass(frozen=True)
class Address:
    """`action` is what comes after the name, without the `search.` of the OData form."""

    path: str
    collection: str = ""
    name: str = ""
    action: str = ""

    @classmethod
    def of(cls, path: str) -> Address:
        trimmed = path.rstrip("/")
        match = ODATA.fullmatch(trimmed) or SLASHES.fullmatch(trimmed)
        if match is None:
            return cls(path)
        name = (match["name"] or "").replace("''", "'")
        action = (match["rest"] or "").removeprefix("search.")
        return cls(path, match["collection"].lower(), name, action)
