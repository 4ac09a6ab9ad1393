"""Which manifest stands in which file: one a file, or a pipeline's together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Literal

from reconciler.exporting.draft import Draft
from reconciler.graph import Graph
from reconciler.model.resource_id import ResourceId
from reconciler.providers import kind

_RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9¹²³]", re.IGNORECASE)
"""What Windows takes for a device, whatever follows the first dot.

https://learn.microsoft.com/windows/win32/fileio/naming-a-file
"""

Layout = Literal["object", "pipeline"]


def in_files(drafts: Iterable[Draft], layout: Layout) -> dict[PurePosixPath, list[Draft]]:
    """The files beneath the folder of manifests, in order, and what stands in each."""
    listed = list(drafts)
    homes = _pipelines(listed) if layout == "pipeline" else {}
    files: dict[PurePosixPath, list[Draft]] = {}
    names: dict[tuple[str, str], PurePosixPath] = {}
    taken: set[str] = set()
    for made in listed:
        home = homes.get(made.id)
        folder = "" if home is not None else kind(made.id.kind).type_on_service
        key = (folder, (home or made.id).name)
        if key not in names:
            names[key] = _free(folder, key[1], taken)
        files.setdefault(names[key], []).append(made)
    return dict(sorted(files.items()))


def _free(folder: str, name: str, taken: set[str]) -> PurePosixPath:
    """A file's path: two names may differ only in what file names do not tell apart."""
    stem = re.sub(r"[^\w.-]", "-", name).rstrip(".")
    if stem.startswith(".") or not stem or _RESERVED.fullmatch(stem.partition(".")[0]):
        stem = f"_{stem}"
    path, number = PurePosixPath(folder, f"{stem}.yaml"), 1
    while str(path).casefold() in taken:
        number += 1
        path = PurePosixPath(folder, f"{stem}-{number}.yaml")
    taken.add(str(path).casefold())
    return path


def _pipelines(drafts: list[Draft]) -> Mapping[ResourceId, ResourceId]:
    """The pipeline of each object that belongs to exactly one.

    A pipeline is an indexer, what it needs, and what refers to nothing but parts of pipelines.
    """
    needs = {made.id: made.refers_to for made in drafts}
    graph = Graph({address: used & needs.keys() for address, used in needs.items()})
    members: dict[ResourceId, set[ResourceId]] = {address: set() for address in needs}
    for address in needs:
        if kind(address.kind).heads_pipeline:
            for member in graph.closure([address]):
                members[member].add(address)
    for address in graph.order():
        if not members[address]:
            used = needs[address] & members.keys()
            members[address] = set().union(*(members[other] for other in used))
    return {address: next(iter(of)) for address, of in members.items() if len(of) == 1}
