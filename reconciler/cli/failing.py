"""How a command fails: in words on stderr, and on stdout for programs where that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import click

from reconciler.cli.console import ANSWER, note, print_problems, report
from reconciler.model.problem import Problem, ProblemsError
from reconciler.model.text import one_line
from reconciler.report.formats import FORMATS


def fail(error: Exception, group: click.Group, arguments: Sequence[str]) -> int:
    """Say why a command failed.

    Args:
        group: what the arguments were given to.
        arguments: those of the command line.

    Returns:
        The exit code.
    """
    _explain(error)
    _answer(_problems(error), group, arguments)
    return 1


def interrupted(group: click.Group, arguments: Sequence[str]) -> int:
    """Say that a command was cut off; the exit code."""
    text = "Interrupted: nothing more was started."
    note(text)
    _answer((Problem("interrupted", text),), group, arguments)
    return 1


def _answer(problems: Sequence[Problem], group: click.Group, arguments: Sequence[str]) -> None:
    """The problems in the format for programs that was asked for; once, if nothing was answered."""
    form = _form(group, arguments)
    asked = FORMATS["problems"].get(form)
    if asked is not None and asked.answers_once and not ANSWER.given:
        from reconciler.report.values import Judged

        report("problems", Judged(problems), form)


def _form(command: click.Command, arguments: Sequence[str]) -> str:
    """What `--format` comes to, as click reads the arguments, however wrong the others are."""
    context = click.Context(command, resilient_parsing=True, ignore_unknown_options=True)
    given, rest, _ = command.make_parser(context).parse_args(list(arguments))
    if not isinstance(command, click.Group):
        return str(given["form"]) if "form" in given else _spelled(arguments)
    try:
        inner = command.get_command(context, rest[0]) if rest else None
    except click.UsageError:
        return ""
    return _form(inner, rest[1:]) if inner is not None else ""


def _spelled(arguments: Sequence[str]) -> str:
    """The last format that is named to a command without formats."""
    form = ""
    for before, argument in pairwise(("", *arguments)):
        name, equals, value = argument.partition("=")
        if before == "--format":
            form = argument
        elif name == "--format" and equals:
            form = value
    return form


def _explain(error: Exception) -> None:
    from reconciler.wire import ServiceError

    if isinstance(error, ServiceError):
        tail = f" (request-id {error.request_id})" if error.request_id else ""
        note(f"error: {one_line(error.message)}{tail}")
    elif isinstance(error, (ProblemsError, click.ClickException)):
        print_problems(_problems(error))
    else:
        note(f"error: {one_line(_problems(error)[0].message)}")


def _problems(error: Exception) -> tuple[Problem, ...]:
    from reconciler.wire import ServiceError

    match error:
        case ProblemsError():
            return error.problems
        case ServiceError():
            return (Problem("service", error.message),)
        case click.ClickException():
            return (_usage(error),)
        case OSError():
            where = f"{error.filename}: " if error.filename else ""
            return (Problem("file", f"{where}{error.strerror or error}"),)
    text = f"this is a fault of the tool ({type(error).__name__}: {error}). "
    return (Problem("fault", text + "Please report it; RECONCILER_DEBUG=1 shows where."),)


def _usage(error: click.ClickException) -> Problem:
    """A wrong option or argument, as a problem like any other."""
    message = error.format_message().rstrip(".")
    context = error.ctx if isinstance(error, click.UsageError) else None
    fix = f"see `{context.command_path} --help`" if context is not None else ""
    return Problem("usage", message[:1].lower() + message[1:], fix=fix)
