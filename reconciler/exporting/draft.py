"""A manifest that is about to be written: spec, api-version, what it refers to, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reconciler.exporting.secrecy import SecretName, carries_credential, may_hold_secret
from reconciler.exporting.spec import SpecWriter
from reconciler.graph import references
from reconciler.kinds import Kind, kind
from reconciler.kinds.body import Shape
from reconciler.kinds.validation import Finding, judge
from reconciler.kinds.walk import elements, walk
from reconciler.manifest.documents import GROUP
from reconciler.manifest.write import Comment
from reconciler.model import pointer
from reconciler.model.address import Address
from reconciler.model.json import Json, JsonObject
from reconciler.model.versions import NEWEST_PREVIEW, is_preview, knows, latest


@dataclass(frozen=True)
class Draft:
    """One manifest.

    `api_version` is None for the project's own; `wrong` says why it is not valid; `exposed` that a
    secret may stand in it where none can be named.
    """

    address: Address
    api_version: str | None
    spec: dict[Any, Any]
    refers_to: frozenset[Address]
    wrong: tuple[str, ...]
    exposed: bool

    @property
    def secrets(self) -> set[str]:
        """The names of the secrets in it."""
        return set(_secrets(self.spec))

    def manifest(self, environment: str | None = None) -> Json:
        """The document, for `manifest.write`.

        Args:
            environment: the only one that it is for.
        """
        metadata: JsonObject = {"name": self.address.name}
        if environment is not None:
            metadata["environments"] = [environment]
        return {
            "apiVersion": f"{GROUP}/{self.api_version}" if self.api_version else GROUP,
            "kind": self.address.kind,
            "metadata": metadata,
            "spec": _as_written(self.spec),
        }


def draft(
    address: Address, body: JsonObject, writer: SpecWriter, default_version: str, unknown: bool
) -> Draft:
    """The manifest of a body.

    Args:
        unknown: properties that the schema does not know are fine.
    """
    of = kind(address.kind)
    spec = writer.spec(of, address, body)
    plain = {"name": address.name, **_plain(spec)}
    version = _needed(of, plain, default_version)
    return Draft(
        address=address,
        api_version=None if version == default_version else version,
        spec=spec,
        refers_to=frozenset(reference.to for reference in references(of.name, plain)),
        wrong=tuple(map(_said, judge(of, plain, version, allow_unknown=unknown))),
        exposed=_exposed(of.shape, plain),
    )


def _secrets(value: Any) -> Iterator[str]:
    if isinstance(value, SecretName):
        yield value.name
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _secrets(inner)


def _as_written(value: Any) -> Any:
    """Values as a manifest has them: what looks like an expression and is none is escaped."""
    if isinstance(value, dict):
        return {key: _as_written(inner) for key, inner in value.items()}
    if isinstance(value, SecretName):
        return f"${{secret.{value.name}}}"
    if isinstance(value, list):
        return [_as_written(inner) for inner in value]
    return value.replace("${", "$${") if isinstance(value, str) else value


def _plain(value: Any) -> Any:
    """A spec as JSON: any string for each secret, no comments."""
    if isinstance(value, SecretName):
        return "secret"
    if isinstance(value, dict):
        return {k: _plain(inner) for k, inner in value.items() if not isinstance(k, Comment)}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def _needed(of: Kind, body: JsonObject, version: str) -> str:
    """The api-version that knows everything in a body: the given one, if it does."""
    needs = {of.since, *_since(of.shape, body)}
    stable = sorted(found for since in needs if not is_preview(found := latest(since)))
    fitting = (v for v in (version, *stable) if all(knows(v, since) for since in needs))
    return next(fitting, NEWEST_PREVIEW)


def _since(shape: Shape, body: JsonObject) -> Iterator[str]:
    for spot in walk(shape, body):
        if spot.property.since is not None and spot.value is not None:
            yield spot.property.since.version
        values = spot.property.values_since
        for value in spot.value if isinstance(spot.value, list) else [spot.value]:
            if values is not None and isinstance(value, str) and value in values.versions:
                yield values.versions[value]
        one_of = spot.property.one_of
        if one_of is None:
            continue
        for _, _, element in elements(spot.property, spot.value):
            tag = element.get(one_of.tag) if isinstance(element, dict) else None
            if isinstance(tag, str) and tag in one_of.since:
                yield one_of.since[tag]


def _said(finding: Finding) -> str:
    fix = f" ({finding.fix})" if finding.fix else ""
    return f"{pointer.render(finding.position)}: {finding.message}{fix}"


def _exposed(shape: Shape, body: JsonObject) -> bool:
    """Whether a secret may stand in what no mark is about."""
    described = {id(body)}
    for spot in walk(shape, body):
        described.add(id(spot.holder))
        described.add(0 if spot.property.holds_objects else id(spot.value))

    def look(value: Any, name: str) -> bool:
        if isinstance(value, dict):
            if id(value) not in described:
                return may_hold_secret(value, name)
            return any(look(inner, key) for key, inner in value.items())
        if isinstance(value, list):
            return any(look(inner, name) for inner in value)
        return isinstance(value, str) and carries_credential(value)

    return look(body, "")
