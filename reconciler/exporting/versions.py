"""Which api-version a manifest is written for: the first one that has everything of an object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from reconciler.model.json import JsonObject
from reconciler.model.pointer import Path
from reconciler.model.resource import Live
from reconciler.model.resource_id import ResourceId
from reconciler.model.versions import is_preview, knows
from reconciler.providers import Kind, kind
from reconciler.schema.body import Property
from reconciler.schema.marks import OneOf
from reconciler.schema.normalize import normal_form
from reconciler.schema.walk import elements, walk

Shown = Mapping[tuple[str, str], Mapping[ResourceId, Live] | None]
"""Objects by kind and api-version."""


class Versions:
    """The api-versions that objects may be written for.

    Args:
        default: the project's own.
        shown: what was read beside the newest version: the objects of a kind in another one, None
            where the service does not answer in it.
    """

    def __init__(self, default: str, shown: Shown | None = None) -> None:
        self.default = default
        self._shown = shown or {}
        self.unseen: set[tuple[str, str]] = set()

    def best(self, live: Live, plain: JsonObject) -> str:
        """The first version that knows, and shows, everything in an object.

        What was chosen without having been read is among `unseen`.

        Args:
            live: the object as the newest version shows it.
            plain: as it is written.
        """
        of = kind(live.id.kind)
        for version in candidates(of, plain, self.default, live.api_version):
            if version == live.api_version:
                break
            call = (of.name, version)
            if call not in self._shown:
                self.unseen.add(call)
                return version
            listed = self._shown[call]
            if listed is not None and _same(of, plain, live.body, listed.get(live.id)):
                return version
        return live.api_version


def _same(of: Kind, plain: JsonObject, body: JsonObject, other: Live | None) -> bool:
    """Whether an object that was read in another version is shown as it was read."""
    if other is None:
        return False
    return normal_form(of.shape, other.body, plain) == normal_form(of.shape, body, plain)


def candidates(of: Kind, body: JsonObject, default: str, newest: str) -> list[str]:
    """The api-versions that know everything in a body, the best one first.

    Args:
        body: without what has its default.
        default: the project's own version; it is the best, where it is one.
        newest: the version that the body was read in; it is the last one.
    """
    spans = list(_spans(of, body))
    lacking = [span for span in spans if not span.covers(default)]
    others = {v for span in lacking for v in (*span.since.split("|"), span.until)} - {"", _EVER}
    oldest = sorted(others, key=lambda version: (is_preview(version), version))
    fitting = [v for v in (default, *oldest) if all(span.covers(v) for span in spans)]
    return list(dict.fromkeys([*fitting, newest]))


def beyond(of: Kind, body: JsonObject, version: str) -> list[Path]:
    """What an api-version does not know of a body; the empty path is the kind itself."""
    return list(dict.fromkeys(s.path for s in _spans(of, body) if not s.covers(version)))


class _Span(NamedTuple):
    """The api-versions that know something of a body: since one, until another (or for ever)."""

    path: Path
    since: str
    until: str = ""

    def covers(self, version: str) -> bool:
        return knows(version, self.since) and version[:10] <= (self.until or version)[:10]


_EVER = "0000-00-00"


def _spans(of: Kind, body: JsonObject) -> Iterator[_Span]:
    """Of the kind, and of every property, value and type that not every version knows.

    What was withdrawn as a whole (a skill) is written for no version: the service refuses it.
    """
    yield _Span((), of.since)
    for spot in walk(of.shape, body):
        known, one_of = spot.property, spot.property.one_of
        if spot.value is None:
            continue
        if known.since is not None or known.until is not None:
            since = known.since.version if known.since is not None else _EVER
            yield _Span(spot.path, since, known.until.version if known.until is not None else "")
        if known.values_since is not None:
            listed = spot.value if isinstance(spot.value, list) else [spot.value]
            versions = known.values_since.versions
            texts = (value for value in listed if isinstance(value, str))
            yield from (_Span(spot.path, versions[v]) for v in texts if v in versions)
        if one_of is not None:
            for key, tag in _tags(known, one_of, spot.value):
                if tag in one_of.since:
                    path = spot.path if key is None else (*spot.path, key)
                    yield _Span(path, one_of.since[tag])


def _tags(known: Property, one_of: OneOf, value: Any) -> Iterator[tuple[str | None, str]]:
    """The keys of the objects at a property, and what they say that they are."""
    for key, _, element in elements(known, value):
        tag = element.get(one_of.tag) if isinstance(element, dict) else None
        if isinstance(tag, str):
            yield key, tag
