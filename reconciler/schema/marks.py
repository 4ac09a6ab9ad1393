"""Marks: facts about one property, beside it in `Annotated[...]`; the engine acts on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from reconciler.model.effect import Effect
from reconciler.model.json import JsonObject
from reconciler.model.pointer import Path


class RefTo(NamedTuple):
    """The value names an object of that kind on the same service.

    `holds`: what is named cannot be deleted meanwhile; the service refuses to.
    """

    kind: str
    holds: bool = False


class ServerDefault(NamedTuple):
    """What the service fills in when the property is absent or null.

    `value` is JSON, or a function of the siblings (the JSON object that holds the property, as
    written) that returns JSON, or None for "no default here".
    """

    value: Any | Callable[[Mapping[str, Any]], Any]


class ServerChooses(NamedTuple):
    """When the manifest leaves it out, any value that the service picks is fine.

    `when` limits that to some siblings (the JSON object that holds the property). `carried` False:
    what it picked names something of this one service, and is not for another.
    """

    when: Callable[[Mapping[str, Any]], bool] | None = None
    carried: bool = True


class ServerOwned(NamedTuple):
    """Read-only: never compared and never sent."""


class ServerOutput(NamedTuple):
    """What the service says of an object once it is there, for other objects to use.

    `changed_by`: an edit at or beneath one of these top-level properties may change it; until then
    it is what is live.
    """

    changed_by: tuple[str, ...] = ()


class Secret(NamedTuple):
    """Write-only. `unchanged` is what the service takes for "keep what is stored", if anything.

    `harmless` tells values that carry no secret (a managed-identity connection string): they are
    compared and shown like secrets, but may be kept in a cache of parsed manifests. `needed`: what
    is created must bring it along, though an update may leave it out.
    """

    unchanged: str | None = None
    harmless: Callable[[str], bool] | None = None
    needed: bool = False


class ClearedBy(NamedTuple):
    """On PUT, null or absent means "keep what is there"; this value clears it."""

    value: JsonObject


class EditContext(NamedTuple):
    """What a rule of effects may look at.

    `path` is where the edit is; `old` and `new` are its values; `before` and `after` are the
    whole bodies in normal form (keyed lists are maps).
    """

    path: Path
    old: Any
    new: Any
    before: JsonObject
    after: JsonObject


class Changes(NamedTuple):
    """The effect of an edit here or beneath (a mark deeper down wins). Without it: in place.

    `note` says what happens, where the effect's own words would not be true.
    """

    effect: Effect | Callable[[EditContext], Effect]
    note: str = ""


class KeyedBy(NamedTuple):
    """The list's elements go by the property `name`; their order means nothing.

    `numbered`: an element without it is called `#1`, `#2`, … by its position, as the service does.
    `removable` False: an element that we never declared is kept when the body is written, and one
    that we owned cannot be removed in place.
    """

    name: str
    numbered: bool = False
    removable: bool = True


class Unordered(NamedTuple):
    """A list of scalars whose order means nothing."""


class Since(NamedTuple):
    """The first api-version that knows the property; `…-preview` means previews only.

    What was previewed before it became stable names both: `2021-04-30-preview|2026-04-01`.
    """

    version: str


class Until(NamedTuple):
    """The last api-version that knows the property, and what took its place, if anything."""

    version: str
    instead: str = ""


class Deprecated(NamedTuple):
    """Still taken, and without effect: accepted with a warning that says why, never compared."""

    why: str


@dataclass(frozen=True, slots=True, eq=False)
class ValuesSince:
    """Values that only some api-versions know, of a property that all of them know."""

    versions: Mapping[str, str]


class Canonical(NamedTuple):
    """Two spellings of one value: the function returns the one spelling that is compared."""

    spell: Callable[[Any], Any]


@dataclass(frozen=True, slots=True, eq=False)
class OneOf:
    """A JSON object whose model depends on the property `tag`.

    `variants` maps each tag's value to `module:Class`, loaded when first used; `since` names the
    first api-version of those that are younger than the rest, `until` the last one of those that
    were withdrawn, and what to use instead.
    """

    tag: str
    variants: Mapping[str, str]
    since: Mapping[str, str] = field(default_factory=dict)
    until: Mapping[str, tuple[str, str]] = field(default_factory=dict)
