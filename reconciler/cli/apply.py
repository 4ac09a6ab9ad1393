"""`reconciler apply`: plan, ask, do; or do a saved plan, if it still fits."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from reconciler.cli import options
from reconciler.cli.console import note, out
from reconciler.cli.printing import print_outcome, print_plan, progress
from reconciler.flow import Choice, Session
from reconciler.model.outcome import Outcome
from reconciler.model.plan import Plan, Ready
from reconciler.model.problem import ProblemsError, Where, errors

if TYPE_CHECKING:
    from reconciler.service.search import SearchService


@click.command()
@options.project
@options.scope
@options.concurrency
@options.output("text", "json")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.argument("file", type=click.Path(path_type=Path), required=False)
def command(
    path: Path,
    environment: str | None,
    variables: tuple[str, ...],
    no_color: bool,
    targets: tuple[str, ...],
    excludes: tuple[str, ...],
    consents: tuple[str, ...],
    concurrency: int,
    form: str,
    yes: bool,
    file: Path | None,
) -> int:
    """Make the service what the manifests say, or do exactly what a saved plan FILE says.

    Exit codes: 0 done or nothing to do, 1 error, 3 refused by the guard.
    """
    session = options.session(path, environment, variables)
    choice = options.choice(targets, excludes, consents)
    saved = read_saved(file) if file is not None else None
    if saved is not None and choice != Choice():
        raise click.UsageError("a saved plan has its own targets and consents")
    return run(session, Asked(choice, concurrency, form, yes, no_color, saved))


class Asked(NamedTuple):
    """How to apply: what is limited or consented to, or a saved plan; and how to talk of it."""

    choice: Choice
    concurrency: int
    form: str
    yes: bool
    no_color: bool
    saved: Plan | None = None


def run(session: Session, asked: Asked) -> int:
    """Apply under the ledger's lock."""
    if not asked.choice.destroy:
        session.require_valid()
    with session.file.locked():
        if os.environ.get("CI") and not session.file.exists:
            note(
                f"warning: no ledger at {session.file.path.name}: keep .reconciler/ between runs, "
                "or nothing that leaves the manifests is ever deleted"
            )
        return asyncio.run(_run(session, asked))


async def _run(session: Session, asked: Asked) -> int:
    from reconciler.service.search import SearchService

    async with session.connect() as wire:
        service = SearchService(wire)
        if asked.saved is not None:
            ready = await session.revive(asked.saved, service)
        else:
            ready = await session.plan(service, session.file.load(), asked.choice)
        plan = ready.plan
        stopped = bool(errors(plan.problems) or plan.blocked)
        if asked.form == "text" or stopped:
            print_plan(plan, asked.form, no_color=asked.no_color)
        if stopped:
            if plan.blocked:
                note("Refused by the guard: nothing was written.")
            return plan.detailed_exit_code
        if not plan.empty and not asked.yes and asked.saved is None and not _confirmed(asked):
            out("Nothing was written.")
            return 1
        outcome = await _interruptible(session, ready, service, asked.concurrency)
    _report(outcome, ready, asked.form)
    return outcome.exit_code


def read_saved(file: Path) -> Plan:
    """The plan in a file.

    Raises:
        ProblemsError: it cannot be read, or is no plan.
    """
    from reconciler.planning.revived import plan_from_json

    try:
        return plan_from_json(json.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        text = f"cannot read {file.name}: {error.strerror}"
        raise ProblemsError.of("unreadable-file", text) from None
    except (ValueError, RecursionError):
        raise ProblemsError.of("not-a-plan", f"{file.name} is not a saved plan") from None
    except ProblemsError as error:
        where = Where(file, line=1, column=1)
        raise ProblemsError(replace(problem, where=where) for problem in error.problems) from None


def _confirmed(asked: Asked) -> bool:
    if not sys.stdin.isatty():
        other = "" if asked.choice.destroy else ", or apply a saved plan"
        raise click.ClickException(f"nobody is there to answer: add --yes{other}")
    question = "Destroy these?" if asked.choice.destroy else "Apply these?"
    answer: str = click.prompt(f"\n{question} Only 'yes' is taken", default="no")
    return answer == "yes"


async def _interruptible(
    session: Session, ready: Ready, service: SearchService, concurrency: int
) -> Outcome:
    """Apply; the first Ctrl-C lets running calls finish, the second one ends at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def interrupted(number: signal.Signals) -> None:
        stop.set()
        loop.remove_signal_handler(number)
        note("Interrupted: running calls finish, no more are started.")

    handled = (signal.SIGINT, signal.SIGTERM) if os.name == "posix" else ()
    for number in handled:
        loop.add_signal_handler(number, interrupted, number)
    try:
        return await session.apply(
            ready, service, concurrency=concurrency, stop=stop, progress=progress
        )
    finally:
        for number in handled:
            loop.remove_signal_handler(number)


def _report(outcome: Outcome, ready: Ready, form: str) -> None:
    if form == "json":
        from reconciler.render.json import render_outcome

        out(render_outcome(outcome))
    elif ready.plan.steps:
        print_outcome(outcome, ready.plan)
