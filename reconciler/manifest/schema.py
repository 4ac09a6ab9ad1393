"""The shape of our own files, judged by pydantic; imported only for files not judged before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from reconciler.kinds.validation import explain, near_miss
from reconciler.model.json import Json
from reconciler.model.problem import Problem, Where


class _Strict(BaseModel):
    model_config = ConfigDict(
        extra="forbid", strict=True, hide_input_in_errors=True, defer_build=True
    )


class SecretSpec(_Strict):
    """Where a secret comes from: an environment variable, a file, or what the service holds."""

    env: str | None = None
    file: str | None = None
    keep: bool = False


class CredentialSpec(_Strict):
    """An api key; without it, Microsoft Entra ID."""

    apiKey: str | None = None  # noqa: N815


class ServiceSpec(_Strict):
    """The search service. `scope` and `authority` differ in sovereign clouds.

    `propagation`: seconds that a moved alias takes to reach every replica; none on an emulator.
    """

    endpoint: str
    credential: CredentialSpec | None = None
    scope: str | None = None
    authority: str | None = None
    propagation: float | None = Field(default=None, ge=0, le=600)


class ConsentSpec(_Strict):
    """A reviewed permission: the guard lets `action` happen to `address`."""

    address: str = ""
    action: Literal["delete", "replace", "rebuild", "adopt", "mass-change", "empty"] = "delete"


class EnvironmentSpec(_Strict):
    """A service, and what differs there."""

    service: ServiceSpec
    variables: dict[str, Any] = {}
    secrets: dict[str, SecretSpec] = {}
    consents: list[ConsentSpec] = []


class ProjectSpec(_Strict):
    """What a project says."""

    apiVersion: str = ""  # noqa: N815
    manifests: list[str] = []
    variables: dict[str, Any] = {}
    secrets: dict[str, SecretSpec] = {}
    environments: dict[str, EnvironmentSpec] = Field(min_length=1)
    consents: list[ConsentSpec] = []
    external: list[str] = []
    allowUnknownProperties: bool = False  # noqa: N815


class ProjectMetadata(_Strict):
    """What a project is called."""

    name: str = Field(min_length=1)


class ProjectFile(_Strict):
    """`reconciler.yaml`."""

    apiVersion: Literal["reconciler/v1"]  # noqa: N815
    kind: Literal["Project"]
    metadata: ProjectMetadata
    spec: ProjectSpec


class LifecycleSpec(_Strict):
    """What may happen to an object."""

    protect: bool = False
    adopt: bool = False
    onRemove: Literal["delete", "forget"] = "delete"  # noqa: N815
    onRebuild: Literal["block"] = "block"  # noqa: N815
    reprocess: Literal["auto", "never"] = "auto"
    ignore: list[str] = []


class Metadata(_Strict):
    """What an object is called, where it is wanted, and what may happen to it."""

    name: str
    environments: list[str] | None = None
    lifecycle: LifecycleSpec | None = None
    dependsOn: list[str] = []  # noqa: N815


class Envelope(_Strict):
    """One document of a manifest; its spec is judged by its kind."""

    apiVersion: str  # noqa: N815
    kind: str
    metadata: Metadata
    spec: dict[str, Any]


def problems_of(model: type[BaseModel], value: Json, where: Where) -> Iterator[Problem]:
    """Every problem of a value's shape, none quoting what it is about."""
    try:
        model.model_validate(value)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            yield _problem(detail, model, where)


def _problem(detail: Any, model: type[BaseModel], where: Where) -> Problem:
    loc = tuple(detail["loc"])
    if detail["type"] == "extra_forbidden":
        fix = near_miss(str(loc[-1]), _properties(model, loc[:-1]))
        message = f"unknown property `{loc[-1]}`"
        return Problem("unknown-property", message, where.at(*loc, of_key=True), fix)
    found = explain(detail, ())
    return Problem(found.code, found.message, where.at(*found.position), found.fix)


def _properties(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """The names that a model knows at a place."""
    here: Any = model
    for part in loc:
        field = here.model_fields.get(part)
        here = _model_in(field.annotation) if field is not None else here
    return list(here.model_fields)


def _model_in(annotation: Any) -> Any:
    """The model inside `dict[str, Model]`, `list[Model]` or `Model | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _model_in(argument)
        if found is not None:
            return found
    return None
