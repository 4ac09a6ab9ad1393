"""The whole of the manifests: documents of one environment, resolved, judged, as Resources."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from reconciler.manifest.broken import Broken
from reconciler.manifest.cache import ParseCache
from reconciler.manifest.contracts import Contracts
from reconciler.manifest.documents import Document, read_file
from reconciler.manifest.expression_errors import ExpressionError
from reconciler.manifest.expressions import Scope, SecretSource
from reconciler.manifest.files import manifest_files
from reconciler.manifest.misplaced import misplaced
from reconciler.manifest.placement import Placements
from reconciler.manifest.project import Project
from reconciler.manifest.tokens import references
from reconciler.model import pointer
from reconciler.model.json import Json, JsonObject, map_leaves, without
from reconciler.model.problem import Problem, ProblemsError, Where, suggestion
from reconciler.model.resource import Resource
from reconciler.model.resource_id import ResourceId
from reconciler.model.sensitive import KEEP, Sensitive
from reconciler.model.unknown import Unknown
from reconciler.providers import CATALOGUE, LOCAL_KINDS, Kind, kind, provider_of
from reconciler.schema.normalize import secret_values, without_nulls
from reconciler.schema.paths import properties_on, replaced, value_at
from reconciler.schema.validation import Finding, judge


class Loaded(NamedTuple):
    """Every resource of the environment, also of documents with problems; and the problems.

    `own` are the documents that are never sent; `files` those that expressions and contracts name.
    `doubtful` are what files with errors may declare; `unresolved` the places of expressions with
    errors.
    """

    resources: list[Resource]
    own: list[Resource]
    problems: list[Problem]
    files: frozenset[FilePath]
    doubtful: frozenset[ResourceId]
    unresolved: frozenset[Where]

    def spared(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Problems without those that only repeat that an expression cannot be evaluated."""
        return (problem for problem in problems if not _beneath(problem.where, self.unresolved))


def load_resources(project: Project, environ: Mapping[str, str], secrets: SecretSource) -> Loaded:
    """Read the project's manifests; nothing is raised for what is wrong in them."""
    problems: list[Problem] = []
    cache = ParseCache(project.state / "cache")
    broken = Broken()
    documents = list(_documents(project, cache, problems, broken))
    resolver = _Resolver(project, environ, secrets, documents, problems, cache, broken)
    loaded = resolver.resources()
    cache.flush()
    resources = [resource for resource in loaded if resource.id.kind in CATALOGUE]
    own = [resource for resource in loaded if resource.id.kind in LOCAL_KINDS]
    return Loaded(
        resources,
        own,
        problems,
        files=frozenset(resolver.scope.files_used | resolver.contracts.files),
        doubtful=frozenset(_doubtful(broken, loaded)),
        unresolved=frozenset(resolver.scope.unresolved),
    )


def _doubtful(broken: Broken, loaded: list[Resource]) -> set[ResourceId]:
    needed = {address for resource in loaded for address in resource.depends_on}
    named = broken.addresses(resource.body for resource in loaded)
    return {*named, *(address for address in needed if broken.may_declare(address.name))}


def _documents(
    project: Project, cache: ParseCache, problems: list[Problem], broken: Broken
) -> Iterator[Document]:
    try:
        for path in manifest_files(project.manifests, project.where.file):
            for document in read_file(path, project.api_version, cache, problems, broken):
                nowhere = list(_nowhere(document, project.environments))
                problems.extend(nowhere)
                if nowhere:
                    broken.document({"metadata": {"name": document.id.name}})
                if document.environments is None or project.environment in document.environments:
                    yield document
    except ProblemsError as error:
        problems.extend(error.problems)
        broken.unread()


def _nowhere(document: Document, known: tuple[str, ...]) -> Iterator[Problem]:
    """Environments that the project does not have: the document would be in none of them."""
    for position, name in enumerate(document.environments or ()):
        if name not in known:
            where = document.where.at("metadata", "environments", position)
            fix = suggestion(name, known, "there are: " + ", ".join(known))
            yield Problem("unknown-environment", f"no environment `{name}`", where, fix)


class _Resolver:
    """Documents to resources: expressions, secrets, judgement."""

    def __init__(
        self,
        project: Project,
        environ: Mapping[str, str],
        secrets: SecretSource,
        documents: list[Document],
        problems: list[Problem],
        cache: ParseCache,
        broken: Broken,
    ) -> None:
        self._project = project
        self._documents = documents
        self._problems = problems
        self._cache = cache
        self._broken = broken
        self._by_address = {document.id: document for document in documents}
        self.scope = Scope(project.root, project.variables, environ, secrets, self._lookup)
        self.contracts = Contracts(project.root)
        self._placements = Placements(project, self._by_address, self.scope)

    def resources(self) -> list[Resource]:
        return [self._resource(document) for document in self._documents]

    def _lookup(self, address: ResourceId, path: str) -> Json:
        """The desired value of another document at a pointer; without one, its name."""
        document = self._by_address.get(address)
        if document is None:
            fix = "declare it, or correct the expression"
            text = f"{address} is not declared"
            said_elsewhere = self._broken.may_declare(address.name)
            raise ExpressionError("unknown-reference", "" if said_elsewhere else text, fix)
        if path in ("", "/name"):
            return address.name
        declared = kind(address.kind)
        if path == "/id" and declared.locate is not None and not declared.identity:
            return self._placements.name(document, document.spec)
        value = value_at(declared.shape, document.spec, pointer.parse(path))
        if value is None and _is_output(declared, document.spec, pointer.parse(path)):
            name = self._placements.name(document, document.spec)
            return Unknown(address, name, document.api_version, pointer.parse(path))
        if value is None:
            raise ExpressionError("unknown-reference", f"{address} declares nothing at {path}")
        return value

    def _resource(self, document: Document) -> Resource:
        declared = kind(document.id.kind)
        spec, where = _pasted(document, self._problems), document.where.at("spec")
        before, unresolved = self.scope.secrets_used, len(self.scope.unresolved)
        body = self.scope.resolve(spec, where, self._problems)
        everywhere = self.scope.secrets_used > before
        said = self._placements.settings
        body |= {n: said[n] for n in declared.inherits if body.get(n) is None and said.get(n)}
        problems = [*misplaced(declared, body, where, everywhere), *self._nowhere(document)]
        marked, written = secret_values(declared.shape, body), secret_values(declared.shape, spec)
        wrapped = {path: _wrapped(value, written.get(path)) for path, value in marked.items()}
        body = replaced(declared.shape, body, wrapped)
        self._problems += problems or self._judged(declared, document, body)
        body = without_nulls(declared.shape, body)
        failed = len(self.scope.unresolved) > unresolved
        used = sorted(references(spec) - {document.id}) if not failed else ()
        needed = [a for a in used if a in self._by_address and a.kind in CATALOGUE]
        return Resource(
            id=document.id,
            name_on_service=self._named(document, body),
            api_version=document.api_version,
            body=body,
            where=document.where,
            lifecycle=document.lifecycle,
            depends_on=(*document.depends_on, *needed),
            lint=document.lint,
            contracts=self.contracts.of(
                document.contracts, document.where.at("metadata", "contracts"), self._problems
            ),
            secrets={
                path: value
                for path, value in secret_values(
                    declared.shape, body, everywhere=everywhere
                ).items()
                if isinstance(value, Sensitive)
            },
        )

    def _nowhere(self, document: Document) -> Iterator[Problem]:
        """A resource of Azure in an environment that does not say where."""
        if kind(document.id.kind).locate is not None and self._project.azure is None:
            text = f"the environment {self._project.environment} says no subscription"
            fix = "write azure: {subscription: …, resourceGroup: …, location: …} beside its service"
            yield Problem("no-subscription", text, document.where.at("kind"), fix)

    def _named(self, document: Document, body: JsonObject) -> str:
        """What the service calls an object; what cannot be told is a problem, and its own name."""
        try:
            return self._placements.name(document, body)
        except ExpressionError as error:
            where = document.where.at("metadata")
            self._problems.append(Problem(error.code, error.message, where, error.fix))
            return document.id.name

    def _judged(self, declared: Kind, document: Document, body: JsonObject) -> list[Problem]:
        """What is wrong with a body; the same one is judged once and remembered."""
        plain = {"name": document.id.name, **map_leaves(body, _placeholder)}
        version, allow_unknown = document.api_version, self._project.allow_unknown
        judged = [declared.name, version, allow_unknown, plain]
        key = self._cache.key(json.dumps(judged, separators=(",", ":")).encode())
        if self._cache.is_valid(key):
            return []
        found = judge(declared, plain, version, allow_unknown=allow_unknown)
        if not found:
            self._cache.remember_valid(key)
        problems = (_problem(finding, document) for finding in found)
        return [p for p in problems if not _beneath(p.where, self.scope.unresolved)]


def _is_output(declared: Kind, spec: JsonObject, path: pointer.Path) -> bool:
    """Whether what stands at a path is said by the service once the object is there."""
    passed = properties_on(declared.shape, spec, path)
    last = passed[-1] if passed else None
    return last is not None and last.depth == len(path) - 1 and last.known.output is not None


def _pasted(document: Document, problems: list[Problem]) -> JsonObject:
    """A body without what a GET adds: `@odata.context`, etags, and its own name."""

    def added(key: str, _: Json) -> bool:
        return key.startswith("@odata.") and key != "@odata.type"

    body: JsonObject = without(document.spec, added)
    if "name" in body:
        name = body.pop("name")
        if name != document.id.name:
            where = document.where.at("spec", "name", of_key=True)
            text = "the name in spec is not the one in metadata"
            problems.append(Problem("wrong-value", text, where, "delete it: metadata.name counts"))
    return body


def _wrapped(value: Any, written: Any) -> Any:
    """What stands at a `Secret` mark, as `Sensitive`; null and `<unchanged>` mean: keep.

    Args:
        written: what the manifest says there, expressions as they are.
    """
    if value is None or (isinstance(value, str) and value == KEEP):
        return Sensitive(None, keep=True)
    return Sensitive(value, in_clear=value == written) if isinstance(value, str) else value


def _placeholder(leaf: Any) -> Any:
    """Any string for a secret, and for what is not known yet, to be judged."""
    return "secret" if isinstance(leaf, (Sensitive, Unknown)) else leaf


def _beneath(where: Where | None, places: Collection[Where]) -> bool:
    """Whether a place is one of some places, or lies beneath one."""
    if where is None or not places:
        return False
    around = (where.path[:length] for length in range(len(where.path) + 1))
    return any(Where(where.file, where.document, path) in places for path in around)


def _problem(finding: Finding, document: Document) -> Problem:
    inside = ("metadata", "name") if finding.position == ("name",) else ("spec", *finding.position)
    place, fix = document.where.at(*inside, of_key=finding.of_key), finding.fix
    if finding.since:
        version = provider_of(document.id.kind).api_version(finding.since)
        fix = f"set the document's apiVersion to {version}, or a later one"
    return Problem(finding.code, finding.message, place, fix, finding.severity, finding.on_write)
