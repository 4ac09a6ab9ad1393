"""A project opened in one environment: its resources, its secrets, its ledger, its wire."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reconciler.manifest.expression_errors import ExpressionError
from reconciler.manifest.expressions import Scope
from reconciler.manifest.project import Project, Timeouts, load_project
from reconciler.model.endpoint import in_clear, sendable
from reconciler.model.problem import Problem, ProblemsError, Severity, Where, errors
from reconciler.redaction import REDACTOR, SHORT
from reconciler.secrets import Secrets

if TYPE_CHECKING:
    import httpx

    from reconciler.ledger import LedgerFile
    from reconciler.lint.stack import Stack
    from reconciler.model.resource import Resource
    from reconciler.model.resource_id import ResourceId
    from reconciler.wire import Deadline, RetryPolicy, ServiceProfile, Wire
    from reconciler.wire.client import Waiting


class Environ(Mapping[str, str]):
    """The environment of this process; whoever prints it sees nothing of it."""

    def __getitem__(self, name: str) -> str:
        return os.environ[name]

    def __iter__(self) -> Iterator[str]:
        return iter(os.environ)

    def __len__(self) -> int:
        return len(os.environ)

    def __repr__(self) -> str:
        return "os.environ"


class Settings(NamedTuple):
    """What a command is asked to work on.

    Args:
        path: the project file or its folder.
        environment: None where the project has only one.
        variables: overrides, as text.
        environ: where `${env.X}` and secrets look.
        transport: replaces the network, for a service in the same process.
        timeouts: they go before those of the project file.
        waiting: entered while something is waited for: a person may be told what it is.
    """

    path: Path = Path()
    environment: str | None = None
    variables: Mapping[str, str] = {}
    environ: Mapping[str, str] = Environ()
    transport: httpx.AsyncBaseTransport | None = None
    patience: RetryPolicy | None = None
    timeouts: Timeouts = Timeouts()
    waiting: Waiting = nullcontext

    def __repr__(self) -> str:
        """Names only: variables and the environment may hold secrets."""
        named = {"variables": self.variables, "environ": self.environ}
        names = (
            f"{what}={values!r}" if isinstance(values, Environ) else f"{what}={sorted(values)}"
            for what, values in named.items()
        )
        return f"Settings({str(self.path)!r}, environment={self.environment!r}, {', '.join(names)})"


class TrackedEnviron(Mapping[str, str]):
    """An environment that remembers which variables were asked for."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return self._environ[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._environ)

    def __len__(self) -> int:
        return len(self._environ)


class Workspace:
    """One project in one environment; nothing is read before it is needed.

    Raises:
        ProblemsError: (on construction) the project file is wrong.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.project: Project = load_project(
            settings.path, settings.environment, settings.variables
        )
        self.redact = REDACTOR
        self.environ = TrackedEnviron(settings.environ)
        self.files: frozenset[Path] = frozenset()
        self._own: tuple[Resource, ...] = ()
        self.suppressions: tuple[frozenset[Where], tuple[Problem, ...]] = frozenset(), ()
        self.secrets = Secrets(self.project.secrets, self.environ, self.project.root)

    @cached_property
    def file(self) -> LedgerFile:
        """The ledger of the environment."""
        from reconciler.ledger import LedgerFile

        project = self.project
        endpoint = project.service.endpoint
        return LedgerFile(project.state, project.name, project.environment, endpoint)

    @cached_property
    def loaded(self) -> tuple[tuple[Resource, ...], tuple[Problem, ...]]:
        """The desired resources, and every problem of the documents, one by one and as a whole."""
        from reconciler import lint
        from reconciler.manifest.load import load_resources

        found = load_resources(self.project, self.environ, self.secrets)
        resources, self._own, self.files = found.resources, tuple(found.own), found.files
        for resource in (*resources, *self._own):
            for secret in resource.secrets.values():
                self.redact.learn(secret.value)
        findings = lint.check(self._stack(resources, found.doubtful))
        wrong = (*found.problems, *found.spared(findings.problems), *self._about_secrets())
        if not errors(wrong):
            self.suppressions = findings.used, findings.unused
            wrong += findings.unused if len(self.project.environments) == 1 else ()
        return tuple(resources), wrong

    def _stack(self, resources: Iterable[Resource], doubtful: frozenset[ResourceId]) -> Stack:
        """What lint rules see; what files with errors may declare is taken for declared."""
        from reconciler.lint.stack import Stack

        project = self.project
        return Stack(
            resources=tuple(resources),
            local=self._own,
            project=project.where,
            root=project.root,
            environment=project.environment,
            external=project.external | doubtful,
            allow_unknown=project.allow_unknown,
            switches=project.lint,
        )

    @property
    def own(self) -> tuple[Resource, ...]:
        """The documents that are never sent: Checks and EmbeddingModels."""
        return self._own if self.loaded else ()

    def _about_secrets(self) -> Iterator[Problem]:
        """What cannot keep a secret: a connection in clear, and values like ordinary words."""
        project, service = self.project, self.project.service
        if self.settings.transport is None and in_clear(service.endpoint):
            place = self._where("service", "endpoint")
            text = "over plain http the key or token could be read on the way"
            yield Problem("insecure-endpoint", text, place, "write https://")
        for name in sorted(self.secrets.short):
            inside = project.where.at("spec", "secrets", name)
            text = f"secret `{name}` has fewer than {SHORT} characters"
            fix = "choose a longer one: where it stands inside of other text it may be printed"
            yield Problem("short-secret", text, inside, fix, Severity.WARNING)

    def _where(self, *parts: str) -> Where:
        """A place in the project file, in the environment."""
        return self.project.where.at("spec", "environments", self.project.environment, *parts)

    @cached_property
    def deadline(self) -> Deadline:
        """When what the command asks must have been answered; its clock starts when first used."""
        from reconciler.wire import Deadline

        said = self.settings.timeouts.command
        return Deadline(said if said is not None else self.project.service.timeouts.command)

    def require_valid(self) -> None:
        """Stop before anything is called when the documents have errors.

        Raises:
            ProblemsError: they have.
        """
        _, problems = self.loaded
        if errors(problems):
            raise ProblemsError(problems)

    def connect(self, peer: ServiceProfile | None = None) -> Wire:
        """The wire to the service, an asynchronous context manager.

        Args:
            peer: what helps when it refuses, where that is not what helps one who deploys.
        """
        from reconciler.wire import SEARCH, ApiKey, EntraId, RetryPolicy, Wire

        service = self.project.service
        key = self._api_key()
        credential = (
            ApiKey(key) if key else EntraId(service.scope, service.authority, self.redact.learn)
        )
        settings = self.settings
        call = settings.timeouts.call or service.timeouts.call
        patience = settings.patience or (RetryPolicy(timeout=call) if call else RetryPolicy())
        return Wire(
            service.endpoint,
            credential,
            patience,
            settings.transport,
            peer or SEARCH,
            self.deadline,
            settings.waiting,
        )

    def _api_key(self) -> str | None:
        spec = self.project.service.api_key
        if spec is None:
            return None
        project, environ = self.project, self.settings.environ
        place = self._where("service", "credential", "apiKey")
        try:
            scope = Scope(project.root, project.variables, environ, self.secrets)
            value = scope.evaluate(spec)
        except ExpressionError as error:
            raise ProblemsError.of(error.code, error.message, error.fix, place) from None
        key = value if isinstance(value, str) else getattr(value, "value", None)
        key = str(key or "").strip()
        if not key:
            text = "the api key is empty or not available"
            raise ProblemsError.of("no-credential", text, where=place)
        self.redact.learn(key)
        if not sendable(key) or " " in key:
            text = "the api key holds white space, or a character that is not ASCII"
            raise ProblemsError.of("wrong-credential", text, "copy the key alone", place)
        return key
