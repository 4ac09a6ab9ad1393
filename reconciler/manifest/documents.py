"""Manifest files to documents: reading, the envelope, the environment's choice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reconciler.manifest import yaml
from reconciler.manifest.broken import Broken
from reconciler.manifest.cache import ParseCache
from reconciler.manifest.contracts import contract_name
from reconciler.manifest.reading import decode, read_bytes
from reconciler.manifest.tokens import only_expressions
from reconciler.model import pointer
from reconciler.model.json import Json, JsonObject, parse
from reconciler.model.problem import Problem, ProblemsError, Where
from reconciler.model.resource import Lifecycle
from reconciler.model.resource_id import ResourceId
from reconciler.model.versions import is_version
from reconciler.providers import CATALOGUE, LOCAL_KINDS, PROVIDERS, SEARCH, kind, provider_of
from reconciler.schema.validation import near_miss
from reconciler.schema.walk import walk


@dataclass(frozen=True, slots=True)
class Document:
    """One object as a file declares it, its expressions not yet evaluated."""

    id: ResourceId
    name_on_service: str
    parent: ResourceId | None
    resource_group: str | None
    api_version: str
    environments: tuple[str, ...] | None
    lifecycle: Lifecycle
    depends_on: tuple[ResourceId, ...]
    spec: JsonObject
    where: Where
    lint: Mapping[str, str]
    contracts: Mapping[str, str]


def read_file(
    path: Path, default_version: str, cache: ParseCache, problems: list[Problem], broken: Broken
) -> list[Document]:
    """The documents of one file; what is wrong is added to the problems, and to what is broken."""
    data: bytes | None = None
    try:
        data = read_bytes(path)
        key = cache.key(data)
        cached = cache.get(key, parse)
        values = yaml.parse(path, decode(path, data)) if cached is None else cached
    except ProblemsError as error:
        problems.extend(error.problems)
        broken.unread() if data is None else broken.file(data)
        return []
    if not values:
        broken.unread()
        text, fix = "the file holds no document", "write one, or delete the file"
        problems.append(Problem("empty-file", text, Where(path), fix))
        return []
    if cached is not None:
        return [_document(value, Where(path, n), default_version) for n, value in enumerate(values)]
    documents, good = [], True
    for number, value in enumerate(values):
        where = Where(path, number)
        wrong = list(_wrong(value, where))
        problems += wrong
        if wrong:
            broken.document(value)
        else:
            documents.append(_document(value, where, default_version))
        good = good and not wrong
    if good and not any(_has_secret(document) for document in documents):
        cache.put(key, values)
    return documents


def _wrong(value: Json, where: Where) -> Iterator[Problem]:
    """Every problem of a document's envelope."""
    from reconciler.manifest.schema import Envelope, OwnEnvelope, problems_of

    if not isinstance(value, dict):
        text = "a document must be a mapping with apiVersion, kind, metadata and spec"
        yield Problem("wrong-type", text, where)
        return
    ours = isinstance(value.get("kind"), str) and value["kind"] in LOCAL_KINDS
    envelope = OwnEnvelope if ours else Envelope
    problems = list(problems_of(envelope, value, where))
    yield from problems or _more(value, where)


def _document(value: Json, where: Where, default_version: str) -> Document:
    """A document that was judged."""
    metadata = value["metadata"]
    lifecycle = metadata.get("lifecycle") or {}
    environments = metadata.get("environments")
    version = value["apiVersion"].partition("/")[2]
    parent = ResourceId.parse(metadata["parent"]) if metadata.get("parent") else None
    return Document(
        id=ResourceId(value["kind"], metadata["name"], parent.name if parent is not None else ""),
        name_on_service=metadata.get("nameOnService") or metadata["name"],
        parent=parent,
        resource_group=metadata.get("resourceGroup"),
        api_version=version or _default_version(value["kind"], default_version),
        environments=None if environments is None else tuple(environments),
        lifecycle=Lifecycle(
            protect=lifecycle.get("protect", False),
            adopt=lifecycle.get("adopt", False),
            on_remove=lifecycle.get("onRemove", "delete"),
            on_rebuild=lifecycle.get("onRebuild", "block"),
            reprocess=lifecycle.get("reprocess", "auto"),
            ignore=tuple(pointer.parse(text) for text in lifecycle.get("ignore", ())),
        ),
        depends_on=tuple(ResourceId.parse(text) for text in metadata.get("dependsOn", ())),
        spec=value["spec"],
        where=where,
        lint=metadata.get("lint") or {},
        contracts=metadata.get("contracts") or {},
    )


def _default_version(name: str, search: str) -> str:
    """The api-version of a document that names none; `search`: that of the project."""
    provider = provider_of(name)
    if provider is SEARCH or not provider.is_sent:
        return search
    return kind(name).default_version or provider.default_version


def _more(value: JsonObject, where: Where) -> Iterator[Problem]:
    """What the types of the envelope do not say."""
    yield from _wrong_version(value, where.at("apiVersion"))
    if value["kind"] not in CATALOGUE and value["kind"] not in LOCAL_KINDS:
        fix = near_miss(value["kind"], CATALOGUE | LOCAL_KINDS)
        yield Problem("unknown-kind", f"unknown kind `{value['kind']}`", where.at("kind"), fix)
    metadata, place = value["metadata"], where.at("metadata")
    if "/" in metadata["name"] or not metadata["name"]:
        text = "a name must not be empty or hold a slash"
        yield Problem("wrong-value", text, place.at("name"))
    if value["kind"] in CATALOGUE:
        yield from _misplaced(value["kind"], metadata, place)
    for position, text in enumerate(metadata.get("dependsOn", ())):
        yield from _unparsed(ResourceId.parse, text, place.at("dependsOn", position))
    for position, text in enumerate((metadata.get("lifecycle") or {}).get("ignore", ())):
        yield from _unparsed(pointer.parse, text, place.at("lifecycle", "ignore", position))
    for part, text in (metadata.get("contracts") or {}).items():
        yield from _unparsed(contract_name, text, place.at("contracts", part))
    for rule, reason in (metadata.get("lint") or {}).items():
        if not reason.strip():
            text = f"`{rule}` is silenced without a reason"
            yield Problem("wrong-value", text, place.at("lint", rule), "write why")


def _wrong_version(value: JsonObject, where: Where) -> Iterator[Problem]:
    known = value["kind"] in CATALOGUE or value["kind"] in LOCAL_KINDS
    provider = provider_of(value["kind"]) if known else SEARCH
    if not provider.is_sent:
        if value["apiVersion"] != provider.group:
            text = f"apiVersion of {value['kind']} must be {provider.group}"
            yield Problem("unknown-api-version", text, where, f"write {provider.group}")
        return
    if not known and value["apiVersion"] in PROVIDERS:
        return  # the kind is what is wrong
    group, slash, version = value["apiVersion"].partition("/")
    if group != provider.group or (slash and not is_version(version)):
        text = f"apiVersion must be {provider.group}"
        fix = f"write {provider.group}, or {provider.example} for this object alone"
        yield Problem("unknown-api-version", text, where, fix)


def _misplaced(name: str, metadata: JsonObject, where: Where) -> Iterator[Problem]:
    """What says where an object lies, and does not fit its kind."""
    declared, parent = kind(name), metadata.get("parent")
    if declared.parent and (parent or "").partition("/")[0] != declared.parent:
        text = f"{name} lies in a {declared.parent}"
        fix = f"name it: metadata.parent: {declared.parent}/NAME"
        yield Problem("wrong-parent", text, where, fix)
    elif parent and not declared.parent:
        yield Problem("wrong-parent", f"{name} lies in nothing", where.at("parent"), "delete it")
    if metadata.get("contracts") and not declared.contracts:
        text = f"{name} has no parts that call a described API"
        yield Problem("wrong-value", text, where.at("contracts", of_key=True), "delete it")
    if declared.locate is None:
        for key in ("nameOnService", "resourceGroup"):
            if metadata.get(key) is not None:
                text = f"`{key}` is for resources of Azure"
                yield Problem("wrong-value", text, where.at(key, of_key=True), "delete it")


def _unparsed(parse: Callable[[str], object], text: str, where: Where) -> Iterator[Problem]:
    try:
        parse(text)
    except ValueError as error:
        yield Problem("wrong-value", str(error), where)


def _has_secret(document: Document) -> bool:
    """Whether a secret is written out in a document, which is then not cached."""
    for spot in walk(kind(document.id.kind).shape, document.spec):
        secret = spot.property.secret
        if secret is None:
            continue
        values = spot.value.values() if isinstance(spot.value, dict) else [spot.value]
        for value in values:
            fine = not isinstance(value, str) or only_expressions(value)
            if not fine and not (secret.harmless is not None and secret.harmless(value)):
                return True
    return False
