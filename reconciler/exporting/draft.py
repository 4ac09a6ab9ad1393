"""A manifest that is about to be written: spec, api-version, what it refers to, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from reconciler.exporting.credentials import carries_credential, may_hold_credential
from reconciler.exporting.secrecy import Composed, SecretName
from reconciler.exporting.spec import SpecWriter
from reconciler.exporting.versions import Versions, beyond
from reconciler.manifest.write import Comment
from reconciler.model import pointer
from reconciler.model.json import Json, JsonObject, leaves, map_leaves, without
from reconciler.model.problem import Severity
from reconciler.model.resource import Live
from reconciler.model.resource_id import ResourceId
from reconciler.providers import kind, provider_of
from reconciler.references import references
from reconciler.schema.body import Shape
from reconciler.schema.validation import Finding, judge
from reconciler.schema.walk import walk


@dataclass(frozen=True)
class Draft:
    """One manifest.

    `api_version` is None for the project's own, which does not know what stands at `beyond`;
    `wrong` says why it is not valid, `doubts` what is to be said of it though it is; `left` where
    something stands that could not be written; `exposed` that a secret may stand in it where none
    can be named. `lint` are the rules that are silenced for it, each with the reason.
    """

    id: ResourceId
    api_version: str | None
    beyond: tuple[str, ...]
    spec: dict[Any, Any]
    refers_to: frozenset[ResourceId]
    wrong: tuple[str, ...]
    doubts: tuple[str, ...]
    left: tuple[str, ...]
    exposed: bool
    lint: Mapping[str, str] = field(default_factory=dict)

    @property
    def secrets(self) -> set[str]:
        """The names of the secrets in it."""
        return set(_secrets(self.spec))

    @property
    def body(self) -> JsonObject:
        """The spec as plain JSON; a secret is any string."""
        body: JsonObject = _plain(self.spec, "secret")
        return body

    def manifest(self, environment: str | None = None) -> Json:
        """The document, for `manifest.write`.

        Args:
            environment: the only one that it is for.
        """
        metadata: JsonObject = {"name": self.id.name}
        if environment is not None:
            metadata["environments"] = [environment]
        if self.lint:
            metadata["lint"] = dict(self.lint)
        return {
            "apiVersion": provider_of(self.id.kind).api_version(self.api_version or ""),
            "kind": self.id.kind,
            "metadata": metadata,
            "spec": map_leaves(self.spec, _as_written),
        }


def draft(live: Live, writer: SpecWriter, versions: Versions, *, allow_unknown: bool) -> Draft:
    """The manifest of an object.

    Args:
        versions: the api-versions to choose from.
        allow_unknown: the project lets properties pass that the schema does not know.
    """
    address, of = live.id, kind(live.id.kind)
    spec, left = writer.spec(of, address, live.body)
    plain = {"name": address.name, **_plain(spec, "secret")}
    version = versions.best(live, plain)
    found = judge(of, plain, version, allow_unknown=allow_unknown)
    return Draft(
        id=address,
        api_version=None if version == versions.default else version,
        beyond=tuple(map(pointer.render, beyond(of, plain, versions.default))),
        spec=spec,
        refers_to=frozenset(reference.to for reference in references(of.name, plain)),
        wrong=tuple(_said(one) for one in found if _refused(one)),
        doubts=tuple(_said(one) for one in found if not _refused(one)),
        left=tuple(dict.fromkeys(map(pointer.render, left))),
        exposed=_exposed(of.shape, {"name": address.name, **_plain(spec, "")}),
    )


def _secrets(value: Any) -> Iterator[str]:
    for _, leaf in leaves(value):
        parts = leaf.parts if isinstance(leaf, Composed) else (leaf,)
        yield from (part.name for part in parts if isinstance(part, SecretName))


def _as_written(leaf: Any) -> Any:
    """A value as a manifest has it: what looks like an expression and is none is escaped."""
    match leaf:
        case SecretName(name):
            return f"${{secret.{name}}}"
        case Composed(parts):
            return "".join(map(_as_written, parts))
        case str():
            return leaf.replace("${", "$${")
    return leaf


def _plain(value: Any, secret: str) -> Any:
    """A spec as JSON: a string for each secret, no comments."""

    def plain(leaf: Any) -> Any:
        match leaf:
            case SecretName():
                return secret
            case Composed(parts):
                return "".join(map(plain, parts))
        return leaf

    return map_leaves(without(value, lambda key, _: isinstance(key, Comment)), plain)


def _refused(finding: Finding) -> bool:
    """Whether it stops the work, at the latest when the object is written."""
    return finding.on_write or finding.severity is Severity.ERROR


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
                return may_hold_credential(value, name)
            return any(look(inner, key) for key, inner in value.items())
        if isinstance(value, list):
            return any(look(inner, name) for inner in value)
        return isinstance(value, str) and carries_credential(value)

    return look(body, "")
