"""Manifest files to documents: reading, the envelope, the environment's choice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from reconciler.kinds import CATALOGUE, kind
from reconciler.kinds.versions import is_version
from reconciler.kinds.walk import walk
from reconciler.manifest import yaml
from reconciler.manifest.cache import ParseCache
from reconciler.manifest.shape import findings
from reconciler.model import pointer
from reconciler.model.address import Address
from reconciler.model.json import Json, JsonObject
from reconciler.model.problem import Problem, ProblemsError, Where
from reconciler.model.resource import Lifecycle

GROUP = "azure-ai-search"
SUFFIXES = (".yaml", ".yml", ".json")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


class _Lifecycle(_Strict):
    protect: bool = False
    adopt: bool = False
    onRemove: Literal["delete", "forget"] = "delete"  # noqa: N815
    onRebuild: Literal["block"] = "block"  # noqa: N815
    reprocess: Literal["auto", "never"] = "auto"
    ignore: list[str] = Field(default_factory=list)


class _Metadata(_Strict):
    name: str
    environments: list[str] | None = None
    lifecycle: _Lifecycle = _Lifecycle()
    dependsOn: list[str] = Field(default_factory=list)  # noqa: N815


class _Envelope(_Strict):
    apiVersion: str  # noqa: N815
    kind: str
    metadata: _Metadata
    spec: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """One object as a file declares it, its expressions not yet evaluated."""

    address: Address
    api_version: str
    environments: tuple[str, ...] | None
    lifecycle: Lifecycle
    depends_on: tuple[Address, ...]
    spec: JsonObject
    where: Where


def manifest_files(roots: tuple[Path, ...], project_file: Path) -> Iterator[Path]:
    """Every manifest beneath the given files and folders, in the order of their names.

    Hidden files and folders are passed over, and so is the project file.

    Raises:
        ProblemsError: one of the roots does not exist.
    """
    for root in roots:
        if not root.exists():
            text = f"{root.name} does not exist"
            fix = "create it, or change spec.manifests"
            raise ProblemsError.of("no-manifests", text, fix, Where(project_file))
        if root.is_file():
            yield root
            continue
        for path in sorted(root.rglob("*")):
            hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
            if path.suffix in SUFFIXES and not hidden and path.is_file() and path != project_file:
                yield path


def read_file(
    path: Path, default_version: str, cache: ParseCache, problems: list[Problem]
) -> list[Document]:
    """The documents of one file; what is wrong is added to the problems."""
    try:
        data = yaml.read_bytes(path)
        key = cache.key(data)
        cached = cache.get(key)
        values = yaml.parse(path, yaml.decode(path, data)) if cached is None else cached
    except ProblemsError as error:
        problems.extend(error.problems)
        return []
    if not values:
        text, fix = "the file holds no document", "write one, or delete the file"
        problems.append(Problem("empty-file", text, Where(path), fix))
        return []
    found = [_document(value, Where(path, n), default_version) for n, value in enumerate(values)]
    documents = [entry for entry in found if isinstance(entry, Document)]
    problems.extend(problem for entry in found if isinstance(entry, list) for problem in entry)
    whole = len(documents) == len(values)
    if cached is None and whole and not any(_has_secret(document) for document in documents):
        cache.put(key, values)
    return documents


def _document(value: Json, where: Where, default_version: str) -> Document | list[Problem]:
    if not isinstance(value, dict):
        text = "a document must be a mapping with apiVersion, kind, metadata and spec"
        return [Problem("wrong-type", text, where)]
    try:
        envelope = _Envelope.model_validate(value)
    except ValidationError as error:
        return list(findings(error, _Envelope, where))
    version, problems = _version(envelope, default_version, where), list(_more(envelope, where))
    if problems:
        return problems
    metadata, lifecycle = envelope.metadata, envelope.metadata.lifecycle
    return Document(
        address=Address(envelope.kind, metadata.name),
        api_version=version,
        environments=None if metadata.environments is None else tuple(metadata.environments),
        lifecycle=Lifecycle(
            protect=lifecycle.protect,
            adopt=lifecycle.adopt,
            on_remove=lifecycle.onRemove,
            on_rebuild=lifecycle.onRebuild,
            reprocess=lifecycle.reprocess,
            ignore=tuple(pointer.parse(text) for text in lifecycle.ignore),
        ),
        depends_on=tuple(Address.parse(text) for text in metadata.dependsOn),
        spec=envelope.spec,
        where=where,
    )


def _version(envelope: _Envelope, default: str, where: Where) -> str:
    _, _, version = envelope.apiVersion.partition("/")
    return version or default


def _more(envelope: _Envelope, where: Where) -> Iterator[Problem]:
    """What the types of the envelope do not say."""
    group, slash, version = envelope.apiVersion.partition("/")
    if group != GROUP or (slash and not is_version(version)):
        fix = f"write {GROUP}, or {GROUP}/2026-08-01-preview for this object alone"
        place = where.at("apiVersion")
        yield Problem("unknown-api-version", f"apiVersion must be {GROUP}", place, fix)
    if envelope.kind not in CATALOGUE:
        near = get_close_matches(envelope.kind, CATALOGUE, 1, 0.5)
        fix = f"did you mean `{near[0]}`?" if near else "one of " + ", ".join(CATALOGUE)
        yield Problem("unknown-kind", f"unknown kind `{envelope.kind}`", where.at("kind"), fix)
    if "/" in envelope.metadata.name or not envelope.metadata.name:
        place = where.at("metadata", "name")
        yield Problem("wrong-value", "a name must not be empty or hold a slash", place)
    yield from _addresses(envelope, where)


def _addresses(envelope: _Envelope, where: Where) -> Iterator[Problem]:
    for position, text in enumerate(envelope.metadata.dependsOn):
        try:
            Address.parse(text)
        except ValueError as error:
            yield Problem("wrong-value", str(error), where.at("metadata", "dependsOn", position))
    for position, text in enumerate(envelope.metadata.lifecycle.ignore):
        try:
            pointer.parse(text)
        except ValueError as error:
            place = where.at("metadata", "lifecycle", "ignore", position)
            yield Problem("wrong-value", str(error), place)


def _has_secret(document: Document) -> bool:
    """Whether a secret is written out in a document, which is then not cached."""
    for spot in walk(kind(document.address.kind).shape, document.spec):
        secret = spot.property.secret
        if secret is None:
            continue
        values = spot.value.values() if isinstance(spot.value, dict) else [spot.value]
        for value in values:
            fine = not isinstance(value, str) or "${" in value
            if not fine and not (secret.harmless is not None and secret.harmless(value)):
                return True
    return False
