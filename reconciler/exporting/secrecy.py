"""Which values of a body are secrets, and what they are called in a manifest: `${secret.NAME}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from reconciler.exporting.credentials import (
    is_connection,
    is_mask,
    looks_like_credential,
    names_credential,
    spans,
)
from reconciler.model import pointer
from reconciler.model.pointer import Path
from reconciler.model.resource_id import ResourceId
from reconciler.schema.body import Property


class SecretName(NamedTuple):
    """A secret's place in a manifest: the name that stands there instead of it."""

    name: str


class Composed(NamedTuple):
    """A text in which secrets stand beside what everybody may read."""

    parts: tuple[str | SecretName, ...]


class Origin(NamedTuple):
    """Where a named secret comes from, and where it stands.

    `env` is an environment variable; None is what the service has.
    """

    env: str | None
    id: ResourceId
    path: Path

    @property
    def place(self) -> str:
        """`Skillset/docs /skills/web/httpHeaders/x-functions-key`."""
        return f"{self.id} {pointer.render(self.path)}"


class SecretPlace(NamedTuple):
    """Where a value stands in an object: its path, and the parts of a name for it."""

    path: Path = ()
    words: tuple[str, ...] = ()

    def at(self, *path: str) -> SecretPlace:
        """A property or element beneath; no part of a name yet."""
        return SecretPlace((*self.path, *path), self.words)

    def called(self, word: str) -> SecretPlace:
        """The same place, with one more part of its name."""
        return SecretPlace(self.path, (*self.words, word))


class SecretNames:
    """The secrets found so far: each has a name of its own and an origin.

    Args:
        taken: names that the project has already.
        from_environment: a secret that is here in clear will come from an environment variable;
            otherwise the service keeps what it has.
    """

    def __init__(self, taken: frozenset[str] = frozenset(), *, from_environment: bool) -> None:
        self._taken = set(taken)
        self._from_environment = from_environment
        self._origins: dict[str, Origin] = {}
        self._values: list[str] = []

    @property
    def origins(self) -> Mapping[str, Origin]:
        return self._origins

    @property
    def seen(self) -> tuple[str, ...]:
        """What was seen in clear, and must be shown nowhere."""
        return tuple(self._values)

    def written(
        self, address: ResourceId, known: Property | None, value: Any, spot: SecretPlace
    ) -> Any:
        """What is written of a leaf: itself, or what stands in place of the secrets in it.

        Args:
            known: its property; None for an entry of a map without marks.
        """
        mark = known.secret if known is not None else None
        if value is None or value == "":
            kept = mark is not None and known is not None and (mark.unchanged or known.required)
            return self._add(address, spot, None) if kept else value
        if not isinstance(value, str):
            return value
        if is_mask(value) or (mark is not None and value == "<unchanged>"):
            return self._add(address, spot, None)
        if mark is not None:
            harmless = mark.harmless is not None and mark.harmless(value)
            return value if harmless else self._add(address, spot, value)
        if is_connection(value):
            return self._add(address, spot, value)
        return self._composed(address, value, spot)

    def entry(self, address: ResourceId, key: str, value: Any, spot: SecretPlace) -> Any:
        """What is written of an entry of a map, such as a header: its name and form tell."""
        secret = isinstance(value, str) and value and not is_mask(value)
        if secret and (names_credential(key) or looks_like_credential(value)):
            return self._add(address, spot, value)
        return self.written(address, None, value, spot) if value else value

    def _composed(self, address: ResourceId, text: str, spot: SecretPlace) -> Any:
        parts: list[str | SecretName] = []
        end = 0
        for span in spans(text):
            hidden = text[span.start : span.end]
            named = self._add(address, spot.called(span.name), None if is_mask(hidden) else hidden)
            parts += [text[end : span.start], named]
            end = span.end
        return Composed((*parts, text[end:])) if parts else text

    def _add(self, address: ResourceId, spot: SecretPlace, value: str | None) -> SecretName:
        """A name for the secret at some place of an object; without a value, it is hidden there."""
        wanted = "-".join(filter(None, map(_slug, (address.name, *spot.words))))
        name, number = wanted, 1
        while name in self._taken:
            number += 1
            name = f"{wanted}-{number}"
        self._taken.add(name)
        if value is not None:
            self._values.append(value)
        comes = value is not None and self._from_environment
        self._origins[name] = Origin(_variable(name) if comes else None, address, spot.path)
        return SecretName(name)


def _slug(text: str) -> str:
    """`connectionString` as `connection-string`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", text)
    return re.sub(r"[^A-Za-z0-9]+", "-", words).strip("-").lower()


def _variable(name: str) -> str:
    variable = name.upper().replace("-", "_")
    return f"_{variable}" if variable[:1].isdigit() else variable
