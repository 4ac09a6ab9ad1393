"""Mistakes of people who write pipelines: paths, names, types, lengths, switches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import strategies as st

from tools.foresight.mutator import REMOVED
from tools.foresight.stack import Spot, Stack, removed, replaced, spots, value
from tools.foresight.words import other_case, typo

Edit = tuple[Spot, Any]
"""A place, and what is to stand there; REMOVED: nothing."""

PATHS = (
    ("Skillset", "skills/*/context"),
    ("Skillset", "skills/*/inputs/*/source"),
    ("Skillset", "indexProjections/selectors/*/sourceContext"),
    ("Skillset", "indexProjections/selectors/*/mappings/*/source"),
    ("Indexer", "outputFieldMappings/*/sourceFieldName"),
)
PARTS = (
    ("Skillset", "skills/*"),
    ("Skillset", "skills/*/context"),
    ("Skillset", "skills/*/outputs/*/targetName"),
    ("Skillset", "skills/*/inputs/*"),
    ("Skillset", "indexProjections/selectors/*/mappings/*"),
    ("Indexer", "outputFieldMappings/*"),
    ("Indexer", "skillsetName"),
    ("Index", "fields/*"),
)
NAMES = (("Skillset", "skills/*/outputs/*/targetName"),)
LENGTHS = (("Index", "fields/*/dimensions"), ("Skillset", "skills/*/dimensions"))
TYPES = ("Edm.String", "Collection(Edm.String)", "Edm.Int32", "Edm.Double", "Collection(Edm.Int32)")
SWITCHES: dict[str, tuple[Any, ...]] = {
    "dataToExtract": ("storageMetadata", "allMetadata"),
    "parsingMode": ("text", "markdown"),
    "allowSkillsetToReadFileData": (False, True),
    "imageAction": ("generateNormalizedImages",),
}
"""Other parsing modes depend on what is in the files."""


def _places(stack: Stack, patterns: tuple[tuple[str, str], ...]) -> list[Spot]:
    return [spot for kind, pattern in patterns for spot in spots(stack, kind, pattern)]


def _paths(stack: Stack) -> Iterator[Edit]:
    """A star too many or too few, a typo, another case; or the path of something else."""
    places = _places(stack, PATHS)
    every = {str(value(stack, spot)) for spot in places}
    for spot in places:
        old = str(value(stack, spot))
        above, _, last = old.rpartition("/")
        new = {f"{old}/*", old.removesuffix("/*"), old.replace("*", "0", 1), above}
        new |= {f"{above}/{other_case(last)}", f"{above}/{typo(last)}", old.removeprefix("/")}
        yield from ((spot, path) for path in sorted((new | every) - {old, ""}))


def _names(stack: Stack) -> Iterator[Edit]:
    """The name of another output, or of what the source yields."""
    places = _places(stack, NAMES)
    names = {str(value(stack, spot)) for spot in places} | {"content"}
    for spot in places:
        yield from ((spot, name) for name in sorted(names - {value(stack, spot)}))


def _types(stack: Stack) -> Iterator[Edit]:
    for spot in spots(stack, "Index", "fields/*"):
        field = value(stack, spot)
        if not field.get("key") and "dimensions" not in field:
            yield from ((spot.at("type"), type_) for type_ in TYPES if type_ != field["type"])


def _lengths(stack: Stack) -> Iterator[Edit]:
    for spot in _places(stack, LENGTHS):
        yield from ((spot, length) for length in (64, 1024) if length != value(stack, spot))


def _parts(stack: Stack) -> Iterator[Edit]:
    """Something is left out."""
    return ((spot, REMOVED) for spot in _places(stack, PARTS))


def _switches(stack: Stack) -> Iterator[Edit]:
    """Whether files are given to skills though only metadata is extracted, nobody says."""
    for spot in spots(stack, "Indexer", "parameters/configuration"):
        for name, values in SWITCHES.items():
            if name != "dataToExtract" or not value(stack, spot):
                yield from ((spot.at(name), new) for new in values)


MISTAKES: tuple[Callable[[Stack], Iterator[Edit]], ...] = (
    _paths,
    _paths,
    _names,
    _types,
    _lengths,
    _parts,
    _switches,
)


@st.composite
def mistaken(draw: st.DrawFn, stack: Stack) -> Stack:
    """A stack with one edit; some of them are no mistake."""
    edits = [found for make in MISTAKES if (found := list(make(stack)))]
    spot, new = draw(st.sampled_from(draw(st.sampled_from(edits))))
    return removed(stack, spot) if new is REMOVED else replaced(stack, spot, new)
