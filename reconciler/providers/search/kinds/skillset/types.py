"""The types of the enriched document's nodes: what a skill reads and writes.

What nobody can know offline (a column, a custom skill's answer) is `ANY`, and fits everywhere.
https://learn.microsoft.com/azure/search/cognitive-search-concept-annotations-syntax
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Anything:
    """Not known: any name may be beneath, and any type may be wanted."""

    def __str__(self) -> str:
        return "any"


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value; `longest`: a text has at most so many characters (UTF-16 units)."""

    name: str
    longest: int | None = None

    def __str__(self) -> str:
        return self.name if self.longest is None else f"{self.name} (up to {self.longest:,})"


@dataclass(frozen=True, slots=True)
class Vector:
    """Numbers that are one value; None: how many is not known."""

    dimensions: int | None = None

    def __str__(self) -> str:
        return "vector" if self.dimensions is None else f"vector({self.dimensions})"


@dataclass(frozen=True, slots=True)
class List:
    """Many of one type, in an order."""

    of: Type

    def __str__(self) -> str:
        return f"list({self.of})"


@dataclass(frozen=True, slots=True)
class Object:
    """Named members. `open`: there may be more than those that are known."""

    members: Mapping[str, Type] = field(default_factory=dict)
    name: str = "object"
    open: bool = False

    def __str__(self) -> str:
        return self.name


Type: TypeAlias = Anything | Scalar | Vector | List | Object

ANY = Anything()
STRING = Scalar("string")
INTEGER = Scalar("integer")
NUMBER = Scalar("number")
BOOLEAN = Scalar("boolean")
DATE = Scalar("date")
NULL = Scalar("null")
VALUE = Scalar("single value")
"""Any scalar, where one is wanted."""
COLUMN = Scalar("text")
"""A text that may say a number or a date, as columns of CSV do; a `string` says neither."""
STRINGS = List(STRING)

_FILE = {"$type": STRING, "data": STRING, "url": STRING, "sasToken": STRING}
FILE = Object(_FILE, "file")
IMAGE = Object(
    {
        **_FILE,
        "width": INTEGER,
        "height": INTEGER,
        "originalWidth": INTEGER,
        "originalHeight": INTEGER,
        "rotationFromOriginal": INTEGER,
        "contentOffset": INTEGER,
        "pageNumber": INTEGER,
        "boundingPolygon": STRING,
        "imagePath": STRING,
    },
    "image",
)
"""An element of `normalized_images`; it is a file, too (SKILLS 2.3).

https://learn.microsoft.com/azure/search/cognitive-search-concept-image-scenarios
"""


def text(longest: object) -> Scalar:
    """A text of at most so many characters; any other value than a number says nothing."""
    known = isinstance(longest, int) and not isinstance(longest, bool)
    return Scalar("string", longest) if known else STRING  # type: ignore[arg-type]


def record(**members: Type) -> Object:
    """An object with these members and no others."""
    return Object(members)


def fits(value: Type, wanted: Type) -> bool:
    """Whether a value may be given where a type is wanted; in doubt it may.

    Scalars, lists and objects are told from each other, and numbers from texts. Whether dates are
    made into texts nobody says.
    """
    if isinstance(value, Anything) or isinstance(wanted, Anything) or value == NULL:
        return True
    if isinstance(wanted, Vector):
        return isinstance(value, Vector) or (isinstance(value, List) and fits(value.of, NUMBER))
    if isinstance(wanted, List):
        if isinstance(value, Vector):
            return fits(NUMBER, wanted.of)
        return isinstance(value, List) and fits(value.of, wanted.of)
    if isinstance(wanted, Object):
        return isinstance(value, Object) and all(
            value.open or name in value.members for name in _needed(wanted)
        )
    return isinstance(value, Scalar) and _same(value.name, wanted)


def _same(name: str, wanted: Scalar) -> bool:
    if wanted == VALUE:
        return True
    numbers = ("integer", "number", "boolean")
    return name not in numbers if wanted.name == "string" else name != "string"


def _needed(wanted: Object) -> tuple[str, ...]:
    """The members by which a file is told from another object."""
    return ("$type",) if wanted.name in ("file", "image") else ()
