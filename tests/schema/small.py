"""A small body with a property for every mark, so that tables need not know a real kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from reconciler.schema.body import Body, shape_of
from reconciler.schema.kind import Kind
from reconciler.schema.marks import (
    Canonical,
    ClearedBy,
    Deprecated,
    KeyedBy,
    OneOf,
    RefTo,
    Secret,
    ServerChooses,
    ServerDefault,
    ServerOwned,
    Since,
    Unordered,
    Until,
    ValuesSince,
)


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _hue(siblings: Mapping[str, Any]) -> str | None:
    return "red" if siblings.get("size") else None


def _small(siblings: Mapping[str, Any]) -> bool:
    return siblings.get("size") == 1


class Part(Body):
    """An element that has a name, and parts of its own."""

    name: str
    size: Annotated[int | None, ServerDefault(1)] = None
    reader: Annotated[str | None, RefTo("Index")] = None
    password: Annotated[str | None, Secret()] = None
    parts: Annotated[list[Part] | None, KeyedBy("name")] = None


class Leaf(Body):
    """An object without anything that leads on."""

    text: str | None = None


class Disc(Body):
    """A member of the family that is told by `kind`."""

    kind: Literal["disc"]
    radius: Annotated[int | None, ServerDefault(5)] = None
    reader: Annotated[str | None, RefTo("Index")] = None


class Square(Body):
    """Another one, with a property that the first has not."""

    kind: Literal["square"]
    side: int


class Cube(Body):
    """A younger one."""

    kind: Literal["cube"]
    side: int


FORMS = OneOf(
    tag="kind",
    variants={one.lower(): f"{__name__}:{one}" for one in ("Disc", "Square", "Cube")},
    since={"cube": "2025-09-01-preview"},
    until={"disc": ("2026-01-01", "square")},
)


class Thing(Body):
    """The whole."""

    name: str
    note: str | None = None
    size: int | None = None
    share: float | None = None
    hue: Annotated[str | None, ServerDefault(_hue)] = None
    depth: Annotated[int | None, ServerDefault(3)] = None
    batch: Annotated[int | None, ServerChooses()] = None
    pace: Annotated[int | None, ServerChooses(_small)] = None
    made: Annotated[str | None, ServerOwned()] = None
    former: Annotated[str | None, Deprecated("it does nothing")] = None
    late: Annotated[str | None, Since("2026-01-01")] = None
    early: Annotated[str | None, Until("2026-01-01", "late")] = None
    mode: Annotated[str | None, ValuesSince({"fast": "2026-01-01"})] = None
    modes: Annotated[list[str] | None, ValuesSince({"fast": "2026-01-01"})] = None
    password: Annotated[str | None, Secret()] = None
    headers: Annotated[dict[str, str] | None, Secret()] = None
    tags: Annotated[list[str] | None, Unordered()] = None
    words: list[str] | None = None
    span: Annotated[str | None, Canonical(_lower)] = None
    identity: Annotated[Leaf | None, ClearedBy({"text": "none"})] = None
    reader: Annotated[str | None, RefTo("Index")] = None
    leaf: Leaf | None = None
    part: Part | None = None
    parts: Annotated[list[Part] | None, KeyedBy("name")] = None
    steps: Annotated[list[Leaf] | None, KeyedBy("text", numbered=True)] = None
    rows: list[Part] | None = None
    form: Annotated[dict[str, Any] | None, FORMS] = None
    forms: list[Annotated[dict[str, Any], FORMS]] | None = None
    bag: dict[str, Any] | None = None


SHAPE = shape_of(Thing)
THING = Kind(name="Thing", body=Thing, since="2024-01-01")
