"""How a command fails: in words on stderr, and as JSON on stdout where that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import click

from reconciler.cli.console import data, note, place, print_problems
from reconciler.model.problem import Problem, ProblemsError
from reconciler.model.text import one_line


def fail(error: Exception, arguments: Sequence[str]) -> int:
    """Say why a command failed.

    Args:
        arguments: those of the command line.

    Returns:
        The exit code.
    """
    _explain(error)
    if _wants_json(arguments):
        from reconciler.render.json import render_problems

        data(render_problems([(problem, place(problem)) for problem in _problems(error)]))
    return 1


def _wants_json(arguments: Sequence[str]) -> bool:
    pairs = pairwise(arguments)
    return "--format=json" in arguments or ("--format", "json") in pairs


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
