"""Paths of the enrichment tree: `/document/pages/*/text`, SKILLS 3.1."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache


class Mark(Enum):
    """What stands in a path for elements of an array."""

    EACH = "*"
    WHOLE = "#"


Token = str | Mark
Path = tuple[Token, ...]

ROOT: Path = ("document",)
QUOTED = re.compile(r"~2(.*?)~2")


@lru_cache(maxsize=4096)
def parse(text: str) -> Path:
    """The tokens of a path. A name that is an index stays a string: the node decides."""
    return tuple(_token(part) for part in text.strip().strip("/").split("/"))


def _token(part: str) -> Token:
    if part in ("*", "#"):
        return Mark(part)
    return QUOTED.sub(r"\1", part).replace("~1", "/").replace("~0", "~")


def show(path: Sequence[Token]) -> str:
    """The text of a path; `parse` gives the same tokens back."""
    return "".join(f"/{_shown(token)}" for token in path)


def _shown(token: Token) -> str:
    if isinstance(token, Mark):
        return token.value
    escaped = token.replace("~", "~0").replace("/", "~1")
    return f"~2{escaped}~2" if escaped in ("*", "#") else escaped


def aligned(path: Path, place: Path) -> Path:
    """A path seen from one place: stars in a prefix it shares get that place's indexes.

    SKILLS 3.1: context `countries/*`, input `countries/*/states/*` are that country's states.
    """
    result = list(path)
    for position, (token, here) in enumerate(zip(path, place, strict=False)):
        if token is Mark.EACH and isinstance(here, str):
            result[position] = here
        elif token != here:
            break
    return tuple(result)


def within(path: Path, above: Path) -> bool:
    """Whether a path equals or extends another; a star and an index are the same level."""
    if len(path) < len(above):
        return False
    return all(_alike(token, other) for token, other in zip(path, above, strict=False))


def _alike(token: Token, other: Token) -> bool:
    if token == other:
        return True
    return any(
        isinstance(one, Mark) and (isinstance(two, Mark) or two.isdecimal())
        for one, two in ((token, other), (other, token))
    )
