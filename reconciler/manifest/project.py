"""The project file: environments, variables, secrets, consents."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from reconciler.kinds.versions import is_version
from reconciler.manifest import yaml
from reconciler.manifest.shape import findings
from reconciler.model.address import Address
from reconciler.model.json import Json
from reconciler.model.problem import Problem, ProblemsError, Where

FILE_NAME = "reconciler.yaml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


class SecretSpec(_Strict):
    """Where a secret comes from: an environment variable, a file, or what the service holds."""

    env: str | None = None
    file: str | None = None
    keep: bool = False


class CredentialSpec(_Strict):
    """An api key; without it, Microsoft Entra ID."""

    apiKey: str | None = None  # noqa: N815


class ServiceSpec(_Strict):
    """The search service. `scope` and `authority` differ in sovereign clouds."""

    endpoint: str
    credential: CredentialSpec = CredentialSpec()
    scope: str = "https://search.azure.com/.default"
    authority: str | None = None


class ConsentSpec(_Strict):
    """A reviewed permission: the guard lets `action` happen to `address`."""

    address: str
    action: Literal["delete", "replace", "rebuild", "adopt", "mass-change", "empty"] = "delete"


class EnvironmentSpec(_Strict):
    service: ServiceSpec
    variables: dict[str, Any] = Field(default_factory=dict)
    secrets: dict[str, SecretSpec] = Field(default_factory=dict)
    consents: list[ConsentSpec] = Field(default_factory=list)


class ProjectSpec(_Strict):
    apiVersion: str = "2026-04-01"  # noqa: N815
    manifests: list[str] = Field(default_factory=lambda: ["manifests/"])
    variables: dict[str, Any] = Field(default_factory=dict)
    secrets: dict[str, SecretSpec] = Field(default_factory=dict)
    environments: dict[str, EnvironmentSpec] = Field(min_length=1)
    consents: list[ConsentSpec] = Field(default_factory=list)
    external: list[str] = Field(default_factory=list)
    allowUnknownProperties: bool = False  # noqa: N815


class _Metadata(_Strict):
    name: str = Field(min_length=1)


class ProjectFile(_Strict):
    apiVersion: Literal["reconciler/v1"]  # noqa: N815
    kind: Literal["Project"]
    metadata: _Metadata
    spec: ProjectSpec


@dataclass(frozen=True)
class Project:
    """A project in one environment.

    `root` is the folder of the project file, against which every path in it is resolved.
    """

    name: str
    root: Path
    environment: str
    service: ServiceSpec
    api_version: str
    manifests: tuple[Path, ...]
    variables: Mapping[str, Json]
    secrets: Mapping[str, SecretSpec]
    consents: tuple[ConsentSpec, ...]
    external: frozenset[Address]
    allow_unknown: bool
    where: Where

    @property
    def state(self) -> Path:
        """The folder of the ledger, the journal and the cache."""
        return self.root / ".reconciler"


def load_project(path: Path, environment: str | None, variables: Mapping[str, str]) -> Project:
    """Read a project file, or the `reconciler.yaml` of a folder.

    Args:
        environment: the environment's name; None where the project has only one.
        variables: overrides from the command line, as text.

    Raises:
        ProblemsError: anything wrong in it, each problem with its place.
    """
    file = path / FILE_NAME if path.is_dir() else path
    if not file.exists():
        fix = "run `reconciler init`, or name the project with --project"
        raise ProblemsError.of("no-project", f"there is no {file.name} in {file.parent}", fix)
    spec, name, where = _read(file)
    chosen = _environment(spec, environment, where)
    here = spec.environments[chosen]
    return Project(
        name=name,
        root=file.parent.absolute(),
        environment=chosen,
        service=here.service,
        api_version=spec.apiVersion,
        manifests=tuple(file.parent.absolute() / entry for entry in spec.manifests),
        variables=_overridden({**spec.variables, **here.variables}, variables),
        secrets={**spec.secrets, **here.secrets},
        consents=(*spec.consents, *here.consents),
        external=frozenset(Address.parse(text) for text in spec.external),
        allow_unknown=spec.allowUnknownProperties,
        where=where,
    )


def _read(file: Path) -> tuple[ProjectSpec, str, Where]:
    documents = yaml.parse(file, yaml.read_text(file))
    where = Where(file)
    if len(documents) != 1:
        text = f"a project file holds one document; this one has {len(documents)}"
        raise ProblemsError.of("wrong-document-count", text, where=where)
    try:
        parsed = ProjectFile.model_validate(documents[0])
    except ValidationError as error:
        raise ProblemsError(findings(error, ProjectFile, where)) from None
    problems = list(_more(parsed.spec, where))
    if problems:
        raise ProblemsError(problems)
    return parsed.spec, parsed.metadata.name, where


def _more(spec: ProjectSpec, where: Where) -> Any:
    """What the types do not say."""
    if not is_version(spec.apiVersion):
        place = where.at("spec", "apiVersion")
        yield Problem("wrong-value", "not an api-version", place, "write one such as 2026-04-01")
    for position, text in enumerate(spec.external):
        try:
            Address.parse(text)
        except ValueError as error:
            yield Problem("wrong-value", str(error), where.at("spec", "external", position))
    for name, environment in spec.environments.items():
        endpoint = environment.service.endpoint
        if not endpoint.startswith(("https://", "http://")):
            place = where.at("spec", "environments", name, "service", "endpoint")
            fix = "write https://NAME.search.windows.net"
            yield Problem("wrong-value", "the endpoint is not a URL", place, fix)
    for name, secret in spec.secrets.items():
        if (secret.env is not None) + (secret.file is not None) + secret.keep != 1:
            place = where.at("spec", "secrets", name)
            text = f"secret `{name}` must say where it comes from"
            yield Problem("wrong-value", text, place, "write one of env, file, keep: true")


def _environment(spec: ProjectSpec, wanted: str | None, where: Where) -> str:
    names = list(spec.environments)
    if wanted is None and len(names) == 1:
        return names[0]
    if wanted is None:
        text = "the project has several environments: " + ", ".join(names)
        raise ProblemsError.of("which-environment", text, "choose one with --environment")
    if wanted not in spec.environments:
        near = get_close_matches(wanted, names, 1, 0.5)
        fix = f"did you mean `{near[0]}`?" if near else "there are: " + ", ".join(names)
        place = where.at("spec", "environments")
        raise ProblemsError.of("unknown-environment", f"no environment `{wanted}`", fix, place)
    return wanted


def _overridden(declared: dict[str, Json], overrides: Mapping[str, str]) -> dict[str, Json]:
    """Variables with those of the command line, each read as the type of what it overrides."""
    values = dict(declared)
    for name, text in overrides.items():
        if name not in declared:
            near = get_close_matches(name, declared, 1, 0.5)
            fix = f"did you mean `{near[0]}`?" if near else "declare it under spec.variables"
            raise ProblemsError.of("unknown-variable", f"--var {name}: no such variable", fix)
        values[name] = text if isinstance(declared[name], str) else _typed(name, text)
    return values


def _typed(name: str, text: str) -> Json:
    try:
        return json.loads(text)
    except ValueError:
        message = f"--var {name}: the value is not JSON, and the declared one is no string"
        raise ProblemsError.of("wrong-type", message, "write a number, true, false or JSON") from None
