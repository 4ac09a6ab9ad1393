"""Options that several commands share, and what they are turned into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from reconciler.cli.waiting import waiting
from reconciler.manifest.project import Timeouts
from reconciler.model.duration import seconds
from reconciler.model.resource_id import ResourceId
from reconciler.session.workspace import Settings, Workspace

if TYPE_CHECKING:
    from reconciler.session.session import Choice, Session

Command = TypeVar("Command", bound=Callable[..., Any])


def project(command: Command) -> Command:
    """`--project`, `--environment`, `--var`, `--no-color`."""
    for option in (
        click.option("--no-color", is_flag=True, help="No colours."),
        click.option("--var", "variables", multiple=True, metavar="K=V", help="Set a variable."),
        click.option(
            "--environment",
            "-e",
            envvar="RECONCILER_ENVIRONMENT",
            metavar="NAME",
            help="The environment of the project.",
        ),
        click.option(
            "--project",
            "path",
            type=click.Path(path_type=Path),
            default=Path(),
            metavar="PATH",
            help="The project file or its folder (default: here).",
        ),
    ):
        command = option(command)
    return command


def scope(command: Command) -> Command:
    """`--target`, `--exclude`, `--consent`."""
    for option in (
        click.option(
            "--consent",
            "consents",
            multiple=True,
            metavar="WHAT",
            help="Let the guard pass: an address, mass-change or empty.",
        ),
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


def output(*formats: str) -> Callable[[Command], Command]:
    """`--format`."""
    choice = click.Choice(formats)
    return click.option("--format", "form", type=choice, default=formats[0], help="How to print.")


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


def opened(path: Path, environment: str | None, variables: tuple[str, ...]) -> Workspace:
    """The project that the options name, for commands that do not call the service."""
    return _opened(Workspace, path, environment, variables)


def session(path: Path, environment: str | None, variables: tuple[str, ...]) -> Session:
    """The project that the options name, for commands that call its service."""
    from reconciler.session.session import Session

    return _opened(Session, path, environment, variables)


def as_session(project: Workspace) -> Session:
    """An opened project, ready to call its service."""
    from reconciler.session.session import Session

    return Session(project.settings)


Opened = TypeVar("Opened", bound=Workspace)


def _opened(
    kind: type[Opened], path: Path, environment: str | None, variables: tuple[str, ...]
) -> Opened:
    """An opened project; from now on its secrets are not printed."""
    pairs = {}
    for text in variables:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise click.BadParameter(f"'{text}' is not K=V", param_hint="--var")
        pairs[name] = value
    said = click.get_current_context().meta.get(_TIMEOUTS, {})
    settings = Settings(path, environment, pairs, timeouts=Timeouts(**said), waiting=waiting)
    project = kind(settings)
    if "command" in said and said["command"] is None:
        limit = project.project.service.timeouts.command or _USUAL
        project.settings = settings._replace(timeouts=Timeouts(said.get("call"), limit))
    return project


def choice(
    targets: tuple[str, ...] = (),
    excludes: tuple[str, ...] = (),
    consents: tuple[str, ...] = (),
    *,
    destroy: bool = False,
) -> Choice:
    """What the options limit a plan to."""
    from reconciler.session.session import Choice

    known = {"mass-change", "empty"}
    for text in consents:
        if text not in known:
            address(text.partition(":")[0], "--consent")
    return Choice(
        tuple(address(text, "--target") for text in targets),
        tuple(address(text, "--exclude") for text in excludes),
        frozenset(consents),
        destroy,
    )


def address(text: str, option: str) -> ResourceId:
    """An address that an option or argument names."""
    try:
        return ResourceId.parse(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=option) from None
