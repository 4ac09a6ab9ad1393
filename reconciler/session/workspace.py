"""A project in one environment: its files, secrets and ledger, and the way to its service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reconciler.manifest.expression_errors import ExpressionError
from reconciler.manifest.expressions import Scope
from reconciler.manifest.project import Project, Timeouts, load_project
from reconciler.model.endpoint import in_clear, sendable
from reconciler.model.problem import Problem, ProblemsError, Severity, Where, blocking, errors
from reconciler.redaction import REDACTOR, SHORT
from reconciler.secrets import Secrets
from reconciler.session.environ import Environ, TrackedEnviron

if TYPE_CHECKING:
    import httpx

    from reconciler.ledger import LedgerStore
    from reconciler.lint.baseline import Baseline, BaselineEntry
    from reconciler.lint.stack import Stack
    from reconciler.model.resource import Resource
    from reconciler.model.resource_id import ResourceId
    from reconciler.wire import ApiKey, Deadline, EntraId, RetryPolicy, ServiceProfile, Wire
    from reconciler.wire.client import Waiting


class Settings(NamedTuple):
    """What a command is asked to work on.

    Args:
        path: the project file or its folder.
        environment: None where the project has only one.
        variables: overrides, as text.
        environ: where `${env.X}` and secrets look.
        transport: replaces the network, for a service in the same process.
        timeouts: they go before those of the project file.
        baseline: a file with what is known of lint rules; it goes before that of the project file.
        waiting: entered while something is waited for: a person may be told what it is.
    """

    path: Path = Path()
    environment: str | None = None
    variables: Mapping[str, str] = {}
    environ: Mapping[str, str] = Environ()
    transport: httpx.AsyncBaseTransport | None = None
    retry_policy: RetryPolicy | None = None
    timeouts: Timeouts = Timeouts()
    baseline: Path | None = None
    waiting: Waiting = nullcontext

    def __repr__(self) -> str:
        """Names only: variables and the environment may hold secrets."""
        named = {"variables": self.variables, "environ": self.environ}
        names = (
            f"{what}={values!r}" if isinstance(values, Environ) else f"{what}={sorted(values)}"
            for what, values in named.items()
        )
        return f"Settings({str(self.path)!r}, environment={self.environment!r}, {', '.join(names)})"


class Manifests(NamedTuple):
    """What the documents declare, and everything that is wrong with them.

    `local` are the documents that are never sent; `files` those that they name, and the
    baseline. `told` is what lint rules tell, `known` what of it is in the baseline.
    `silenced` are the places where lint rules are silenced to some effect, beside an object or in
    the baseline, `unused` the others; both are empty while there are errors.
    """

    resources: tuple[Resource, ...]
    local: tuple[Resource, ...]
    problems: tuple[Problem, ...]
    files: frozenset[Path]
    told: frozenset[BaselineEntry]
    known: frozenset[BaselineEntry]
    silenced: frozenset[Where]
    unused: tuple[Problem, ...]

    def require_lintable(self) -> None:
        """Stop where something else than a rule tells an error: rules have not seen everything.

        Raises:
            ProblemsError: there is such an error.
        """
        from reconciler.lint.rule import rules

        wrong = [problem for problem in errors(self.problems) if problem.code not in rules()]
        if wrong:
            raise ProblemsError(wrong)


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
        self.environ = TrackedEnviron(settings.environ)
        self.secrets = Secrets(self.project.secrets, self.environ, self.project.root)

    @cached_property
    def ledger(self) -> LedgerStore:
        """Where the ledger of the environment is kept."""
        from reconciler.ledger import FileStore

        project = self.project
        endpoint = project.service.endpoint
        return FileStore(project.state, project.name, project.environment, endpoint)

    @cached_property
    def manifests(self) -> Manifests:
        """The documents, judged one by one and as a whole; nothing is raised for what is wrong.

        Raises:
            ProblemsError: the baseline cannot be used.
        """
        file = self.settings.baseline or self.project.baseline
        if file is None:
            return self.judged({})
        from reconciler.lint import baseline

        place = self.project.where.at("spec", "baseline")
        named = place if self.settings.baseline is None else None
        judged = self.judged(baseline.load(file, named))
        return judged._replace(files=judged.files | {file})

    def judged(self, baseline: Baseline) -> Manifests:
        """The documents, judged by another baseline than `manifests` are."""
        from reconciler import lint
        from reconciler.lint.baseline import sift
        from reconciler.manifest.load import load_resources

        loaded = load_resources(self.project, self.environ, self.secrets)
        for resource in (*loaded.resources, *loaded.own):
            for secret in resource.secrets.values():
                REDACTOR.learn(secret.value)
        everything = (tuple(loaded.resources), tuple(loaded.own))
        stack = self.stack(*everything, loaded.doubtful)
        findings = lint.check(stack)
        sifted = sift(loaded.spared(findings.told), stack.documents, baseline, REDACTOR)
        problems = (*loaded.problems, *loaded.spared(findings.form), *sifted.new)
        problems += tuple(self._about_secrets())
        silenced = findings.used | {baseline[entry] for entry in sifted.known}
        unused = (*findings.unused, *sifted.stale)
        if errors(problems):
            silenced, unused = frozenset(), ()
        elif len(self.project.environments) == 1:
            problems += unused
        told, known = sifted.told, sifted.known
        return Manifests(*everything, problems, loaded.files, told, known, silenced, unused)

    def stack(
        self,
        resources: tuple[Resource, ...],
        local: tuple[Resource, ...],
        taken: frozenset[ResourceId],
    ) -> Stack:
        """What lint rules see.

        Args:
            taken: what is taken for declared: files with errors may declare it.
        """
        from reconciler.lint.stack import Stack

        project = self.project
        return Stack(
            resources=resources,
            local=local,
            project=project.where,
            root=project.root,
            environment=project.environment,
            external=project.external | taken,
            allow_unknown=project.allow_unknown,
            switches=project.lint,
        )

    def require_valid(self, *, by_rules: bool = False) -> None:
        """Stop before anything is called when the documents have errors.

        Args:
            by_rules: also those that are a rule's opinion.

        Raises:
            ProblemsError: they have.
        """
        if (errors if by_rules else blocking)(self.manifests.problems):
            raise ProblemsError(self.manifests.problems)

    @cached_property
    def deadline(self) -> Deadline:
        """When what the command asks must have been answered; its clock starts when first used."""
        from reconciler.wire import Deadline

        limit = self.settings.timeouts.command
        return Deadline(limit if limit is not None else self.project.service.timeouts.command)

    def connect(self, profile: ServiceProfile) -> Wire:
        """A wire to the search service, an asynchronous context manager.

        Args:
            profile: what helps when it refuses.

        Raises:
            ProblemsError: there is no usable credential.
        """
        from reconciler.wire import ApiKey, EntraId

        service, place = self.project.service, self._where("service", "credential")
        credential: ApiKey | EntraId = EntraId(service.scope, service.authority, REDACTOR.learn)
        if service.api_key is not None:
            key = self._evaluated(service.api_key, "the api key", place.at("apiKey"))
            credential = ApiKey(key)
        elif service.token is not None:
            token = self._evaluated(service.token, "the token", place.at("token"))
            credential = ApiKey(token, "Authorization")
        return self._wire(service.endpoint, credential, profile)

    def connect_azure(self, endpoint: str, scope: str, profile: ServiceProfile) -> Wire:
        """A wire to Azure Resource Manager, as whoever is signed in.

        Raises:
            ProblemsError: the token that the project names is not available.
        """
        from reconciler.wire import ApiKey, EntraId

        azure = self.project.azure
        assert azure is not None
        place = self._where("azure", "token")
        token = None if azure.token is None else self._evaluated(azure.token, "the token", place)
        credential = (
            ApiKey(token, "Authorization") if token else EntraId(scope, None, REDACTOR.learn)
        )
        return self._wire(endpoint, credential, profile)

    def _wire(self, endpoint: str, credential: ApiKey | EntraId, profile: ServiceProfile) -> Wire:
        from reconciler.wire import RetryPolicy, Wire

        service, settings = self.project.service, self.settings
        limit = settings.timeouts.call
        call = limit if limit is not None else service.timeouts.call
        usual = RetryPolicy() if call is None else RetryPolicy(timeout=call)
        policy = settings.retry_policy or usual
        hosts = self.project.azure.hosts if self.project.azure is not None else {}
        return Wire(
            endpoint,
            credential,
            profile,
            policy,
            settings.transport,
            self.deadline,
            settings.waiting,
            hosts,
        )

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

    def _evaluated(self, spec: str, what: str, place: Where) -> str:
        """A credential that the project file names by an expression."""
        project, environ = self.project, self.settings.environ
        try:
            scope = Scope(project.root, project.variables, environ, self.secrets)
            value = scope.evaluate(spec)
        except ExpressionError as error:
            raise ProblemsError.of(error.code, error.message, error.fix, place) from None
        key = value if isinstance(value, str) else getattr(value, "value", None)
        key = str(key or "").strip()
        if not key:
            text = f"{what} is empty or not available"
            raise ProblemsError.of("no-credential", text, where=place)
        REDACTOR.learn(key)
        if not sendable(key) or " " in key:
            text = f"{what} holds white space, or a character that is not ASCII"
            raise ProblemsError.of("wrong-credential", text, "copy the key alone", place)
        return key
