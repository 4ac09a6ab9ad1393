"""Index projections: the child documents of an enriched parent (SKILLS 3.5)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

from reconciler.emulator.skills import Tree, value_of

Body = dict[str, Any]

NOT_IN_KEYS = re.compile(r"[^A-Za-z0-9_=-]")


def children(tree: Tree, selector: Mapping[str, Any], parent: str, key: str) -> list[Body]:
    """One document for every node of the selector's context; `key` is the child index's key field.

    The key is `<12 hex digits>_<parent>_<path>_<n>`; the digits are new whenever the parent is
    indexed, so all keys of its children change (SKILLS P98). Nulls are left out.
    """
    stamp = uuid.uuid4().hex[:12]
    made = []
    for place, _ in tree.values(selector["sourceContext"]):
        document = {
            key: f"{stamp}_{parent}_{_spoken(place)}",
            selector["parentKeyFieldName"]: parent,
        }
        for mapping in selector["mappings"]:
            value = value_of(tree, mapping, place)
            if value is not None:
                document[mapping["name"]] = value
        made.append(document)
    return made


def _spoken(place: str) -> str:
    """`/document/md/0/pages/2` as a part of a key: `md_0_pages_2`."""
    return NOT_IN_KEYS.sub("-", "_".join(place.strip("/").split("/")[1:]))
