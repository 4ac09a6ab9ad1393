"""What the linter says of a stack: through the library, as `reconciler validate` does."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from reconciler import Problem, Session, Settings
from reconciler.model.problem import Where
from tools.foresight.inputs import SECRETS
from tools.foresight.mutator import Mutant
from tools.foresight.stack import Spot, Stack

PROJECT = {
    "apiVersion": "reconciler/v1",
    "kind": "Project",
    "metadata": {"name": "foresight"},
    "spec": {
        "secrets": {name: {"env": name.upper()} for name in SECRETS},
        "environments": {"test": {"service": {"endpoint": "http://127.0.0.1:9"}}},
    },
}
ENVIRON = {name.upper(): secret for name, secret in SECRETS.items()}
MANIFEST = "stack.yaml"


class Said(NamedTuple):
    """One problem: `place` is None where it is not in the manifest."""

    code: str
    severity: str
    message: str
    place: Spot | None
    others: tuple[Spot, ...] = ()

    @property
    def places(self) -> list[Spot]:
        """Every place that it names: its own, and the other ends of what does not fit together."""
        return [*([self.place] if self.place is not None else []), *self.others]


def said(stack: Stack, folder: Path) -> Counter[Said]:
    """Every problem of a stack, in a project of its own in a folder."""
    (folder / "manifests").mkdir(exist_ok=True)
    (folder / "reconciler.yaml").write_text(json.dumps(PROJECT))
    text = "\n---\n".join(json.dumps(document, ensure_ascii=False) for document in stack)
    (folder / "manifests" / MANIFEST).write_text(text)
    problems = Session(Settings(folder, environ=ENVIRON)).manifests.problems
    return Counter(map(_said, problems))


def _said(problem: Problem) -> Said:
    place = _spot(problem.where) if problem.where is not None else None
    others = (_spot(note.where) for note in problem.notes)
    severity = problem.severity.value
    return Said(problem.code, severity, problem.message, place, tuple(filter(None, others)))


def _spot(where: Where) -> Spot | None:
    if where.file.name != MANIFEST:
        return None
    path = where.path[1:] if where.path[:1] == ("spec",) else ()
    return Spot(where.document, path)


def in_document(problem: Said, mutant: Mutant) -> bool:
    """Whether a problem is in a document of the mistake."""
    documents = {spot.document for spot in (mutant.spot, *mutant.ends)}
    return any(place.document in documents for place in problem.places)


def in_place(problem: Said, mutant: Mutant) -> bool:
    """Whether it is where the mistake is, or at another end of what is broken."""
    spots = (mutant.spot, *mutant.ends)
    return any(_at(place, spot) for place in problem.places for spot in spots)


def _at(place: Spot, spot: Spot) -> bool:
    """At it or below it; or, as that is a line or a few, at an element of a list around it."""
    below = place.path[: len(spot.path)] == spot.path
    in_element = len(spot.path) > 1 and isinstance(spot.path[-2], int)
    beside = in_element and place.parent == spot.parent
    return place.document == spot.document and (below or beside or place == spot.parent)
