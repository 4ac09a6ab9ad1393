"""Options that several commands share, and what they are turned into."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from reconciler.cli.waiting import waiting
from reconciler.manifest.project import Timeouts
from reconciler.model.consent import ACTIONS, WHOLE
from reconciler.model.duration import seconds
from reconciler.model.problem import suggestion
from reconciler.model.resource_id import ResourceId
from reconciler.report.formats import FORMATS
from reconciler.session.workspace import Settings, Workspace

if TYPE_CHECKING:
    from reconciler.session.choice import Choice
    from reconciler.session.session import Session

Command = TypeVar("Command", bound=Callable[..., Any])
Result = TypeVar("Result")


@dataclass(frozen=True)
class ProjectOptions:
    """Which project a command works on, in which environment, and how it prints."""

    path: Path
    environment: str | None
    variables: tuple[str, ...]
    no_color: bool

    def settings(self, environment: str | None = None) -> Settings:
        """What a session is opened with.

        Args:
            environment: the one that something else than an option names.
        """
        pairs = {}
        for text in self.variables:
            name, equals, value = text.partition("=")
            if not equals or not name:
                raise click.BadParameter(f"'{text}' is not K=V", param_hint="--var")
            pairs[name] = value
        limits = click.get_current_context().meta.get(_TIMEOUTS, {})
        settings = Settings(
            self.path,
            self.environment or environment,
            pairs,
            timeouts=Timeouts(**limits),
            waiting=waiting,
        )
        if "command" not in limits or limits["command"] is not None:
            return settings
        project = Workspace(settings).project
        limit = project.service.timeouts.command or _USUAL
        return settings._replace(timeouts=Timeouts(limits.get("call"), limit))

    def workspace(self, environment: str | None = None) -> Workspace:
        """The project, for commands that do not call its service."""
        return Workspace(self.settings(environment))

    def session(self, environment: str | None = None) -> Session:
        """The project and its services."""
        from reconciler.session.session import Session

        return Session.open(self.settings(environment))


project_path = click.option(
    "--project",
    "path",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="PATH",
    help="The project file or its folder (default: here).",
)


def project(command: Command) -> Command:
    """`--project`, `--environment`, `--var`, `--no-color`: for the command, one `project`."""

    @wraps(command)
    def with_project(
        path: Path,
        environment: str | None,
        variables: tuple[str, ...],
        no_color: bool,
        **others: Any,
    ) -> int:
        named = ProjectOptions(path, environment, variables, no_color)
        result: int = command(project=named, **others)
        return result

    options = (
        click.option("--no-color", is_flag=True, help="No colours."),
        click.option("--var", "variables", multiple=True, metavar="K=V", help="Set a variable."),
        click.option(
            "--environment",
            "-e",
            envvar="RECONCILER_ENVIRONMENT",
            metavar="NAME",
            help="The environment of the project (or set RECONCILER_ENVIRONMENT).",
        ),
        project_path,
    )
    for option in options:
        with_project = option(with_project)
    return cast("Command", with_project)


consent = click.option(
    "--consent",
    "consents",
    multiple=True,
    metavar="WHAT",
    help="Let the guard pass: an address (for one action KIND/NAME:delete), mass-change or empty.",
)


def scope(command: Command) -> Command:
    """`--target`, `--exclude`, `--consent`."""
    for option in (
        consent,
        click.option(
            "--exclude", "excludes", multiple=True, metavar="KIND/NAME", help="Leave an object out."
        ),
        click.option(
            "--target",
            "targets",
            multiple=True,
            metavar="KIND/NAME",
            help="Only this object and what it needs.",
        ),
    ):
        command = option(command)
    return command


def output(what: str, help: str = "How to print.") -> Callable[[Command], Command]:
    """`--format`, of everything in which a thing can be reported."""
    formats = list(FORMATS[what])
    choice = click.Choice(formats)
    return click.option("--format", "form", type=choice, default=formats[0], help=help)


def written(command: Command) -> Command:
    """`--out` and `--layout`, of commands that write manifests."""
    folder = click.option(
        "--out",
        "folder",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Where to write them (the project's manifests/).",
    )
    layout = click.option(
        "--layout",
        type=click.Choice(["object", "pipeline"]),
        default="object",
        help="One object a file, or a pipeline's together: indexer, data source, skillset, index.",
    )
    return folder(layout(command))


_TIMEOUTS = "reconciler.timeouts"
_USUAL = 600.0
"""Seconds that a command which only asks takes at most."""


class Duration(click.ParamType):  # type: ignore[type-arg]
    """A time such as 90s, 30m, 2h or PT2M, in seconds."""

    name = "duration"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        if isinstance(value, float):
            return value
        found = seconds(str(value))
        if found is None:
            self.fail(f"'{value}' is not a time: write 90s, 30m or 2h", param, ctx)
        return found


def _limit(name: str) -> Callable[[click.Context, click.Parameter, float | None], float | None]:
    def keep(ctx: click.Context, _: click.Parameter, value: float | None) -> float | None:
        ctx.meta.setdefault(_TIMEOUTS, {})[name] = value
        return value

    return keep


call_timeout = click.option(
    "--call-timeout",
    type=Duration(),
    metavar="TIME",
    expose_value=False,
    callback=_limit("call"),
    help="How long one call may take, its repetitions included (2m).",
)
timeout = click.option(
    "--timeout",
    type=Duration(),
    metavar="TIME",
    expose_value=False,
    callback=_limit("command"),
    help="How long to wait for the service at most, in all (10m).",
)


def limits(command: Command) -> Command:
    """`--timeout`, `--call-timeout`, of commands that ask, and write no definitions."""
    return timeout(call_timeout(command))


def limit_command(seconds: float | None) -> None:
    """Limit what the command may take, as `--timeout` does; to be called before it is opened."""
    if seconds is not None:
        click.get_current_context().meta.setdefault(_TIMEOUTS, {})["command"] = seconds


concurrency = click.option(
    "--concurrency", type=click.IntRange(1, 64), default=8, help="Calls at a time (8)."
)


lock_timeout = click.option(
    "--lock-timeout",
    type=Duration(),
    default="0",
    metavar="TIME",
    help="How long to wait for another process that holds the ledger (0).",
)


def run_in(session: Session, work: Callable[[Session], Awaitable[Result]]) -> Result:
    """What comes of work in a session; the one place where an event loop is started."""
    import asyncio

    async def run() -> Result:
        async with session:
            return await work(session)

    return asyncio.run(run())


def choice(
    targets: tuple[str, ...] = (),
    excludes: tuple[str, ...] = (),
    consents: tuple[str, ...] = (),
    *,
    destroy: bool = False,
) -> Choice:
    """What the options limit a plan to."""
    from reconciler.session.choice import Choice

    for text in consents:
        _require_consent(text)
    return Choice(
        tuple(address(text, "--target") for text in targets),
        tuple(address(text, "--exclude") for text in excludes),
        frozenset(consents),
        destroy,
    )


def _require_consent(text: str) -> None:
    """A consent is an address, for any action or for one; or of the plan as a whole."""
    name, colon, action = text.partition(":")
    reason = ""
    if "/" not in text and text not in WHOLE:
        fix = suggestion(text, WHOLE, f"write {', '.join(WHOLE)}, or Kind/name")
        reason = f"'{text}' is no consent: {fix}"
    elif colon and action not in ACTIONS:
        fix = suggestion(action, ACTIONS, f"there are: {', '.join(ACTIONS)}")
        reason = f"'{action}' is no action: {fix}"
    if reason:
        raise click.BadParameter(reason, param_hint="--consent")
    if text not in WHOLE:
        address(name, "--consent")


def address(text: str, option: str) -> ResourceId:
    """An address that an option or argument names."""
    try:
        return ResourceId.parse(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=option) from None
