"""The shape of our own files, judged by pydantic; imported only for files not judged before.

What pydantic does not judge (patterns, one of three) is for editors: the readers say it better.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from reconciler.manifest.reading import FILE_NAME_PATTERN
from reconciler.model.consent import ConsentAction, WholeConsent
from reconciler.model.json import Json
from reconciler.model.problem import Problem, Where
from reconciler.providers import SEARCH
from reconciler.providers.search import endpoint as search_endpoint
from reconciler.schema.validation import explain, near_miss


class _Strict(BaseModel):
    model_config = ConfigDict(
        extra="forbid", strict=True, hide_input_in_errors=True, defer_build=True
    )


Reasons = dict[str, Annotated[str, Field(json_schema_extra={"pattern": "\\S"})]]
Level = Literal["off", "advice", "warning", "error"]
Addresses = list[Annotated[str, Field(json_schema_extra={"pattern": "^[^/]+/[^/]+$"})]]
_SILENCED = "Lint rules that are silenced here, each with the reason why."
_ONE_ORIGIN: Any = {
    "oneOf": [
        {"required": ["env"], "properties": {"env": {"type": "string", "minLength": 1}}},
        {"required": ["file"], "properties": {"file": {"type": "string", "minLength": 1}}},
        {"required": ["keep"], "properties": {"keep": {"const": True}}},
    ]
}


def _said(text: str, **extra: Any) -> Any:
    """What an editor shows of a property, and what else it should know."""
    return Field(description=text, json_schema_extra=extra or None)


class SecretSpec(_Strict):
    """Where a secret comes from: an environment variable, a file, or what the service holds."""

    model_config = ConfigDict(json_schema_extra=_ONE_ORIGIN)

    env: Annotated[str | None, _said("An environment variable.")] = None
    file: Annotated[str | None, _said("A file, from the project's folder.")] = None
    keep: Annotated[bool, _said("From nowhere: what the service holds stays.")] = False


class CredentialSpec(_Strict):
    """An api key or a token; without them, Microsoft Entra ID."""

    apiKey: Annotated[str | None, _said("Usually an expression: ${env.NAME}.")] = None  # noqa: N815
    token: Annotated[
        str | None, _said("A bearer token of Microsoft Entra ID that something else fetches.")
    ] = None


class TimeoutsSpec(_Strict):
    """Limits of time, such as 90s, 30m or PT2M."""

    call: Annotated[str | None, _said("One call, its repetitions included (2m).")] = None
    command: Annotated[
        str | None, _said("All that a command reads (10m; for apply and destroy no limit).")
    ] = None


class ServiceSpec(_Strict):
    """The search service. `scope` and `authority` differ in sovereign clouds."""

    endpoint: Annotated[str, _said(search_endpoint.EXAMPLE, pattern="^https?://")]
    credential: Annotated[
        CredentialSpec | None, _said("How to sign in; left out: Microsoft Entra ID.")
    ] = None
    scope: Annotated[str | None, _said("The audience of the token.")] = None
    authority: Annotated[str | None, _said("The host that issues tokens.")] = None
    propagation: Annotated[
        float | None,
        Field(ge=0, le=600),
        _said("Seconds that a moved alias takes to reach every replica; 0 for an emulator."),
    ] = None
    timeouts: Annotated[TimeoutsSpec | None, _said("How long to wait for answers.")] = None


class ConsentSpec(_Strict):
    """A reviewed permission: the guard lets `action` happen to `address`."""

    address: Annotated[str, _said("Such as Index/docs; none for mass-change and empty.")] = ""
    action: Annotated[
        Literal[ConsentAction, WholeConsent], _said("What may happen to it, or to all of them.")
    ] = "delete"


class AzureSpec(_Strict):
    """Where the resources of an environment are, for kinds of Azure Resource Manager."""

    subscription: Annotated[str, _said("The subscription's GUID.")]
    resourceGroup: Annotated[  # noqa: N815
        str | None, _said("The group of resources that name none.")
    ] = None
    location: Annotated[str | None, _said("The region of resources that name none.")] = None
    token: Annotated[
        str | None, _said("A bearer token; left out: whoever is signed in by Microsoft Entra ID.")
    ] = None
    hosts: Annotated[
        dict[str, str], _said("Other addresses for Azure's hosts, such as an emulator's.")
    ] = {}


class EnvironmentSpec(_Strict):
    """A service, and what differs there."""

    service: Annotated[ServiceSpec, _said("The search service, and how to reach it.")]
    azure: Annotated[
        AzureSpec | None, _said("Where resources are; needed by kinds of Azure alone.")
    ] = None
    variables: Annotated[dict[str, Any], _said("They go before the project's.")] = {}
    secrets: Annotated[dict[str, SecretSpec], _said("They go before the project's.")] = {}
    consents: Annotated[list[ConsentSpec], _said("Added to the project's.")] = []


class ProjectSpec(_Strict):
    """What a project says."""

    apiVersion: Annotated[  # noqa: N815
        str,
        _said(
            "The REST API version of every object that names none itself.",
            pattern="^\\d{4}-\\d{2}-\\d{2}(-preview)?$",
            anyOf=[{}, {"enum": SEARCH.versions}],
        ),
    ] = ""
    manifests: Annotated[list[str], _said("Files and folders; left out: manifests/.")] = []
    variables: Annotated[dict[str, Any], _said("For ${var.x}: any value, null included.")] = {}
    secrets: Annotated[dict[str, SecretSpec], _said("For ${secret.x}.")] = {}
    environments: Annotated[
        dict[str, EnvironmentSpec],
        _said(
            "A service each, and what differs there.",
            propertyNames={"pattern": FILE_NAME_PATTERN},
        ),
    ] = Field(min_length=1)
    consents: Annotated[list[ConsentSpec], _said("What the guard lets happen.")] = []
    external: Annotated[
        Addresses, _said("Objects that references may name though no manifest declares them.")
    ] = []
    allowUnknownProperties: Annotated[  # noqa: N815
        bool, _said("Pass on what the schema does not know, instead of refusing it.")
    ] = False
    lint: Annotated[
        dict[str, Level],
        _said("What becomes of what a lint rule tells; `reconciler lint list` has them."),
    ] = {}
    baseline: Annotated[
        str | None, _said("A file with what is known; `validate --write-baseline` writes it.")
    ] = None


class ProjectMetadata(_Strict):
    """What a project is called."""

    name: Annotated[str, _said("What plans and ledgers call the project.")] = Field(min_length=1)


class ProjectFile(_Strict):
    """`reconciler.yaml`: what is managed, and where."""

    apiVersion: Annotated[  # noqa: N815
        Literal["reconciler/v1"], _said("The format of the file; there is one.")
    ]
    kind: Annotated[Literal["Project"], _said("That the file describes a project.")]
    metadata: Annotated[ProjectMetadata, _said("What the project is called.")]
    spec: Annotated[ProjectSpec, _said("What is managed, and where.")]


class LifecycleSpec(_Strict):
    """What may happen to an object."""

    protect: Annotated[bool, _said("Never deleted, recreated or rebuilt.")] = False
    adopt: Annotated[
        bool, _said("A live object that is not ours and differs may be taken over.")
    ] = False
    onRemove: Annotated[  # noqa: N815
        Literal["delete", "forget"], _said("When the document goes: delete the object, or keep it.")
    ] = "delete"
    onRebuild: Annotated[  # noqa: N815
        Literal["block"], _said("An edit that needs a new index is planned, and refused.")
    ] = "block"
    reprocess: Annotated[
        Literal["auto", "never"], _said("No effect yet: indexers run when they are asked to.")
    ] = "auto"
    ignore: Annotated[
        list[Annotated[str, Field(json_schema_extra={"pattern": "^(/.*)?$"})]],
        _said("Pointers to what is neither compared nor written, such as /schedule/startTime."),
    ] = []


class Metadata(_Strict):
    """What an object is called, where it is wanted, and what may happen to it."""

    name: Annotated[str, _said("The object's name on the service.")]
    nameOnService: Annotated[  # noqa: N815
        str | None, _said("Its name there, where that is another one: Azure's are global.")
    ] = None
    parent: Annotated[
        str | None, _said("The object that it lies in, such as StorageAccount/docsstore.")
    ] = None
    resourceGroup: Annotated[  # noqa: N815
        str | None, _said("The group that it lies in; left out: the environment's.")
    ] = None
    environments: Annotated[list[str] | None, _said("Where it is wanted; left out: in all.")] = None
    lifecycle: Annotated[
        LifecycleSpec | None, _said("What may happen to the object, now and when it goes.")
    ] = None
    dependsOn: Annotated[  # noqa: N815
        Addresses, _said("What must be there first, where no field shows it.")
    ] = []
    lint: Annotated[Reasons, _said(_SILENCED)] = {}
    contracts: Annotated[
        dict[str, Annotated[str, Field(json_schema_extra={"pattern": "^[^#]+#/"})]],
        _said("Of a skillset: by a skill's name or #1, where an OpenAPI file describes its API."),
    ] = {}


class OwnMetadata(_Strict):
    """What a document of our own is called, and where it is wanted."""

    name: Annotated[str, _said("What reports and expressions call it.")]
    environments: Annotated[list[str] | None, _said("Where it is wanted; left out: in all.")] = None
    lint: Annotated[Reasons, _said(_SILENCED)] = {}


class Envelope(_Strict):
    """One document of a manifest; its spec is judged by its kind."""

    apiVersion: str  # noqa: N815
    kind: str
    metadata: Metadata
    spec: dict[str, Any]


class OwnEnvelope(_Strict):
    """One document that is never sent to the service; its spec is judged by its kind."""

    apiVersion: str  # noqa: N815
    kind: str
    metadata: OwnMetadata
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
        here = _within(here, part)
    return list(here.model_fields)


def _within(annotation: Any, part: str | int) -> Any:
    """The type of an element or a property; of `X | None`, that is X."""
    if get_origin(annotation) in (dict, list):
        inner = get_args(annotation)[-1]
    else:
        inner = annotation.model_fields[part].annotation
    return get_args(inner)[0] if get_origin(inner) is UnionType else inner
