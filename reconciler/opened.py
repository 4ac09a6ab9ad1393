"""A project opened in one environment: its resources, its secrets, its ledger, its wire."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reconciler.manifest.expression_errors import ExpressionError
from reconciler.manifest.expressions import Scope
from reconciler.manifest.project import Project, load_project
from reconciler.model.problem import Problem, ProblemsError, errors
from reconciler.secrets import Redactor, Secrets

if TYPE_CHECKING:
    import httpx

    from reconciler.ledger import LedgerFile
    from reconciler.model.resource import Resource
    from reconciler.wire import Patience, Peer, Wire


class Settings(NamedTuple):
    """What a command is asked to work on.

    Args:
        path: the project file or its folder.
        environment: None where the project has only one.
        variables: overrides, as text.
        environ: where `${env.X}` and secrets look.
        transport: replaces the network, for a service in the same process.
    """

    path: Path = Path()
    environment: str | None = None
    variables: Mapping[str, str] = {}
    environ: Mapping[str, str] = os.environ
    transport: httpx.AsyncBaseTransport | None = None
    patience: Patience | None = None


class Recorded(Mapping[str, str]):
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


class OpenProject:
    """One project in one environment; nothing is read before it is needed.

    Raises:
        ProblemsError: (on construction) the project file is wrong.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.project: Project = load_project(
            settings.path, settings.environment, settings.variables
        )
        self.redact = Redactor()
        self.environ = Recorded(settings.environ)
        self.files: frozenset[Path] = frozenset()
        self._own: tuple[Resource, ...] = ()
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
        from reconciler.checks import check, check_own
        from reconciler.manifest.load import load_resources

        found = load_resources(self.project, self.environ, self.secrets)
        resources, self._own, self.files = found.resources, tuple(found.own), found.files
        for resource in (*resources, *self._own):
            for secret in resource.secrets.values():
                self.redact.learn(secret.value)
        project = self.project._replace(external=self.project.external | found.doubtful)
        wrong = (*check(resources, project), *check_own(self._own, resources, project))
        return tuple(resources), (*found.problems, *found.spared(wrong))

    @property
    def own(self) -> tuple[Resource, ...]:
        """The documents that are never sent: Checks and EmbeddingModels."""
        return self._own if self.loaded else ()

    def require_valid(self) -> None:
        """Stop before anything is called when the documents have errors.

        Raises:
            ProblemsError: they have.
        """
        _, problems = self.loaded
        if errors(problems):
            raise ProblemsError(problems)

    def connect(self, peer: Peer | None = None) -> Wire:
        """The wire to the service, an asynchronous context manager.

        Args:
            peer: what helps when it refuses, where that is not what helps one who deploys.
        """
        from reconciler.wire import SEARCH, ApiKey, EntraId, Patience, Wire

        service = self.project.service
        key = self._api_key()
        credential = (
            ApiKey(key) if key else EntraId(service.scope, service.authority, self.redact.learn)
        )
        patience = self.settings.patience or Patience()
        return Wire(service.endpoint, credential, patience, self.settings.transport, peer or SEARCH)

    def _api_key(self) -> str | None:
        spec = self.project.service.api_key
        if spec is None:
            return None
        project, environ = self.project, self.settings.environ
        where = project.where.at("spec", "environments", project.environment, "service")
        try:
            scope = Scope(project.root, project.variables, environ, self.secrets)
            value = scope.evaluate(spec)
        except ExpressionError as error:
            place = where.at("credential", "apiKey")
            raise ProblemsError.of(error.code, error.message, error.fix, place) from None
        key = value if isinstance(value, str) else getattr(value, "value", None)
        if not key:
            text = "the api key is empty or not available"
            raise ProblemsError.of("no-credential", text, where=where.at("credential", "apiKey"))
        self.redact.learn(key)
        return str(key)
