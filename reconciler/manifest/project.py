"""The project file: environments, variables, secrets, consents."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from reconciler.manifest import yaml
from reconciler.manifest.cache import ParseCache
from reconciler.manifest.reading import decode, read_bytes
from reconciler.manifest.tokens import only_expressions
from reconciler.model.consent import WHOLE
from reconciler.model.duration import seconds
from reconciler.model.json import Json, JsonObject
from reconciler.model.problem import ProblemsError, Where, suggestion
from reconciler.model.resource_id import ResourceId
from reconciler.providers.search import endpoint
from reconciler.providers.search.versions import DEFAULT_VERSION

FILE_NAME = "reconciler.yaml"
STATE = ".reconciler"


class Timeouts(NamedTuple):
    """Limits of time in seconds: of one call, and of all that a command asks; None: the usual."""

    call: float | None = None
    command: float | None = None


class SearchEndpoint(NamedTuple):
    """The search service. Without `api_key` or `token` (expressions): Microsoft Entra ID.

    `propagation`: the seconds that an update takes to reach every replica, where a kind says that
    it does; None is what the kind says.
    """

    endpoint: str
    api_key: str | None
    scope: str
    authority: str | None
    propagation: float | None
    timeouts: Timeouts = Timeouts()
    token: str | None = None

    def __repr__(self) -> str:
        """Without the api key, which may be written out."""
        return f"SearchEndpoint({self.endpoint})"


class AzureScope(NamedTuple):
    """Where the resources of an environment are, and where Azure's hosts answer instead."""

    subscription: str
    resource_group: str = ""
    location: str = ""
    hosts: Mapping[str, str] = {}
    token: str | None = None

    def __repr__(self) -> str:
        """Without the token, which may be written out."""
        return f"AzureScope({self.subscription})"

    @property
    def settings(self) -> dict[str, str]:
        """What kinds may ask for."""
        return {"subscription": self.subscription, "location": self.location}


class SecretOrigin(NamedTuple):
    """Where a secret comes from: an environment variable, a file, or what the service holds."""

    env: str | None
    file: str | None
    keep: bool


class Consent(NamedTuple):
    """A reviewed permission: the guard lets `action` happen to `address`; and its place."""

    address: str
    action: str
    where: Where

    def __str__(self) -> str:
        """As the guard knows it: `Index/docs:delete`, or `mass-change`, `empty`."""
        return self.action if self.action in WHOLE else f"{self.address}:{self.action}"


class Project(NamedTuple):
    """A project in one environment.

    `lint` has what becomes of lint rules: off, advice, warning or error; `baseline` is the file
    with what is known of them.
    `root` is the folder of the project file, against which every path in it is resolved.
    """

    name: str
    root: Path
    environment: str
    service: SearchEndpoint
    api_version: str
    manifests: tuple[Path, ...]
    variables: Mapping[str, Json]
    secrets: Mapping[str, SecretOrigin]
    consents: tuple[Consent, ...]
    external: frozenset[ResourceId]
    allow_unknown: bool
    where: Where
    environments: tuple[str, ...]
    lint: Mapping[str, str]
    baseline: Path | None = None
    azure: AzureScope | None = None

    @property
    def state(self) -> Path:
        """The folder of the ledger, the journal and the cache."""
        return self.root / STATE


def load_project(path: Path, environment: str | None, variables: Mapping[str, str]) -> Project:
    """Read a project file, or the `reconciler.yaml` of a folder.

    Args:
        environment: the environment's name; None where the project has only one.
        variables: overrides from the command line, as text.

    Raises:
        ProblemsError: anything wrong in it, each problem with its place.
    """
    file = _located(path)
    root, where = file.parent, Where(file)
    value = _read(file, root / STATE, where)
    spec = value["spec"]
    chosen = _environment(list(spec["environments"]), environment, where)
    here = spec["environments"][chosen]
    secrets = {**spec.get("secrets", {}), **here.get("secrets", {})}
    return Project(
        name=value["metadata"]["name"],
        root=root,
        environment=chosen,
        service=_service(here["service"]),
        api_version=spec.get("apiVersion") or DEFAULT_VERSION,
        manifests=tuple(root / entry for entry in spec.get("manifests") or ["manifests/"]),
        variables=_overridden(
            {**spec.get("variables", {}), **here.get("variables", {})}, variables
        ),
        secrets={
            name: SecretOrigin(s.get("env"), s.get("file"), s.get("keep", False))
            for name, s in secrets.items()
        },
        consents=(
            *_consents(spec, where.at("spec")),
            *_consents(here, where.at("spec", "environments", chosen)),
        ),
        external=frozenset(ResourceId.parse(text) for text in spec.get("external", ())),
        allow_unknown=spec.get("allowUnknownProperties", False),
        where=where,
        environments=tuple(spec["environments"]),
        lint=spec.get("lint", {}),
        baseline=root / spec["baseline"] if spec.get("baseline") else None,
        azure=_azure(here.get("azure")),
    )


def environments(path: Path) -> list[str]:
    """The environments of a project.

    Raises:
        ProblemsError: anything wrong in its file.
    """
    file = _located(path)
    value = _read(file, file.parent / STATE, Where(file))
    return list(value["spec"]["environments"])


def _located(path: Path) -> Path:
    file = (path / FILE_NAME if path.is_dir() else path).absolute()
    if not file.exists():
        fix = "run `reconciler init`, or name the project with --project"
        raise ProblemsError.of("no-project", f"there is no {file.name} in {file.parent}", fix)
    return file


def _service(spec: JsonObject) -> SearchEndpoint:
    credential = spec.get("credential") or {}
    return SearchEndpoint(
        endpoint=spec["endpoint"].rstrip("/"),
        api_key=credential.get("apiKey"),
        token=credential.get("token"),
        scope=spec.get("scope") or endpoint.SCOPE,
        authority=spec.get("authority"),
        propagation=spec.get("propagation"),
        timeouts=Timeouts(
            **{name: seconds(text or "") for name, text in (spec.get("timeouts") or {}).items()}
        ),
    )


def _consents(spec: JsonObject, where: Where) -> Iterator[Consent]:
    """The consents of the project, or of an environment, whose place is given."""
    for position, consent in enumerate(spec.get("consents", ())):
        place = where.at("consents", position)
        yield Consent(consent.get("address", ""), consent.get("action", "delete"), place)


def _azure(spec: JsonObject | None) -> AzureScope | None:
    if spec is None:
        return None
    group, location = spec.get("resourceGroup") or "", spec.get("location") or ""
    hosts, token = spec.get("hosts") or {}, spec.get("token")
    return AzureScope(spec["subscription"], group, location, hosts, token)


def _read(file: Path, state: Path, where: Where) -> Any:
    """The project file's one document, judged (now, or when it was put into the cache)."""
    data = read_bytes(file)
    cache = ParseCache(state / "cache")
    key = cache.key(data, "project")
    cached = cache.get(key)
    if cached is not None:
        return cached[0]
    from reconciler.manifest.project_rules import judged
    from reconciler.manifest.schema import ProjectFile, problems_of

    documents = yaml.parse(file, decode(file, data))
    if len(documents) != 1:
        text = f"a project file holds one document; this one has {len(documents)}"
        raise ProblemsError.of("wrong-document-count", text, where=where)
    problems = list(problems_of(ProjectFile, documents[0], where))
    problems = problems or list(judged(documents[0]["spec"], where))
    if problems:
        raise ProblemsError(problems)
    environments = documents[0]["spec"]["environments"].values()
    services = [_service(environment["service"]) for environment in environments]
    secrets = [secret for service in services for secret in (service.api_key, service.token)]
    secrets += [(environment.get("azure") or {}).get("token") for environment in environments]
    if all(secret is None or only_expressions(secret) for secret in secrets):
        cache.put(key, documents)
    return documents[0]


def _environment(names: list[str], wanted: str | None, where: Where) -> str:
    if wanted is None and len(names) == 1:
        return names[0]
    if wanted is None:
        text = "the project has several environments: " + ", ".join(names)
        raise ProblemsError.of("which-environment", text, "choose one with --environment")
    if wanted not in names:
        fix = suggestion(wanted, names, "there are: " + ", ".join(names))
        place = where.at("spec", "environments")
        raise ProblemsError.of("unknown-environment", f"no environment `{wanted}`", fix, place)
    return wanted


def _overridden(declared: dict[str, Json], overrides: Mapping[str, str]) -> dict[str, Json]:
    """Variables with those of the command line, each read as the type of what it overrides."""
    values = dict(declared)
    for name, text in overrides.items():
        if name not in declared:
            fix = suggestion(name, declared, "declare it under spec.variables")
            raise ProblemsError.of("unknown-variable", f"--var {name}: no such variable", fix)
        values[name] = text if isinstance(declared[name], str) else _typed(name, text)
    return values


def _typed(name: str, text: str) -> Json:
    try:
        return json.loads(text)
    except ValueError:
        message = f"--var {name}: the value is not JSON, and the declared one is no string"
        fix = "write a number, true, false or JSON"
        raise ProblemsError.of("wrong-type", message, fix) from None
