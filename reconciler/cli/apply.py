"""`reconciler apply`: plan, ask, do; or do a saved plan, if it still fits."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from reconciler.cli import indexers, options
from reconciler.cli.console import data, note, out
from reconciler.cli.interrupting import interruptible
from reconciler.cli.printing import print_disagreement, print_outcome, print_plan, progress
from reconciler.cli.waiting import waiting
from reconciler.flow import Choice, Session
from reconciler.manifest.reading import read_bytes
from reconciler.model.outcome import Outcome
from reconciler.model.plan import Plan, Ready
from reconciler.model.problem import Problem, ProblemsError, Where, errors

if TYPE_CHECKING:
    from reconciler.operating.following import Followed
    from reconciler.service.search import SearchService


LARGEST_PLAN = 256 * 1024 * 1024
"""In bytes: more than any service could take."""


@click.command()
@options.project
@options.call_timeout
@options.scope
@options.concurrency
@options.lock_timeout
@options.output("text", "json")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.option("--wait", is_flag=True, help="Wait until the indexers that it starts have ended.")
@indexers.timeout
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
    lock_timeout: float,
    form: str,
    yes: bool,
    wait: bool,
    timeout: float | None,
    file: Path | None,
) -> int:
    """Make the service what the manifests say; with FILE, if that is what was approved.

    A saved plan is not executed: the same is planned again, and done if it is the plan in FILE or
    less of it.

    Exit codes: 0 done or nothing to do, 1 error (where it waits, also when an indexer ended with
    errors, the time limit passed or it was interrupted), 3 refused by the guard, or more than FILE.
    """
    approved = read_saved(file) if file is not None else None
    if approved is not None:
        if targets or excludes:
            raise click.UsageError("a saved plan has its own targets and excludes")
        environment = environment or approved.target.environment
        targets = tuple(map(str, approved.targets))
        excludes = tuple(map(str, approved.excludes))
    session = options.session(path, environment, variables)
    choice = options.choice(targets, excludes, consents)
    limit = indexers.wait_limit(wait, timeout)
    asked = Asked(choice, concurrency, form, yes, no_color, approved, limit, lock_timeout)
    return run(session, asked)


class Asked(NamedTuple):
    """How to apply: what is limited, consented to or approved, and how to talk of it.

    `wait` is how many seconds to follow the indexers that it starts; None: not at all.
    `lock_timeout` is how many seconds to wait for another process that holds the ledger.
    """

    choice: Choice
    concurrency: int
    form: str
    yes: bool
    no_color: bool
    approved: Plan | None = None
    wait: float | None = None
    lock_timeout: float = 0

    @property
    def command(self) -> str:
        return "destroy" if self.choice.destroy else "apply"


class Applied(NamedTuple):
    """What became of it: how to exit, and if it was done, what was done and which indexers run."""

    code: int
    outcome: Outcome | None = None
    plan: Plan | None = None
    begun: Sequence[str] = ()


def run(session: Session, asked: Asked) -> int:
    """Apply under the ledger's lock."""
    if not asked.choice.destroy:
        session.require_valid()
    with ExitStack() as held:
        with waiting("the lock of the ledger"):
            held.enter_context(session.file.locked(asked.command, asked.lock_timeout))
        if os.environ.get("CI") and not session.file.exists:
            note(
                f"warning: no ledger at {session.file.path.name}: keep .reconciler/ between runs, "
                "or nothing that leaves the manifests is ever deleted"
            )
        applied = asyncio.run(_run(session, asked))
    if applied.outcome is None or applied.plan is None:
        return applied.code
    followed: list[Followed] = []
    if asked.form == "text":
        _report(applied.outcome, applied.plan)
    if asked.wait is not None and applied.begun:
        followed = asyncio.run(_follow(session, applied.begun, asked.wait))
    _report_runs(applied.outcome, followed, applied.plan.problems, asked.form)
    return applied.code or (0 if all(one.ok for one in followed) else 1)


async def _run(session: Session, asked: Asked) -> Applied:
    from reconciler.service.search import SearchService

    if asked.approved is not None:
        _require_same_target(session, asked.approved)
    async with session.connect() as wire:
        service = SearchService(wire)
        ready = await session.plan(service, session.file.load(), asked.choice)
        plan = ready.plan
        stopped = bool(errors(plan.problems) or plan.blocked)
        if not stopped and asked.approved is not None and not _is_approved(session, plan, asked):
            return Applied(3)
        if stopped or (asked.form == "text" and (asked.approved is None or plan.empty)):
            print_plan(plan, asked.form, no_color=asked.no_color)
        if stopped:
            if plan.blocked:
                note("Refused by the guard: nothing was written.")
            return Applied(plan.detailed_exit_code)
        if (
            not plan.empty
            and not asked.yes
            and asked.approved is None
            and not _confirmed(plan, asked)
        ):
            out("Nothing was written.")
            return Applied(1)
        outcome = await _interruptible(session, ready, service, asked.concurrency)
        names = await _begun(plan, outcome, service) if asked.wait is not None else []
    return Applied(outcome.exit_code, outcome, plan, names)


def _require_same_target(session: Session, approved: Plan) -> None:
    """A saved plan is for one project, environment and endpoint.

    Raises:
        ProblemsError: not for this one.
    """
    target, project = approved.target, session.project
    pairs = {
        "project": (target.project, project.name),
        "environment": (target.environment, project.environment),
        "endpoint": (target.endpoint, project.service.endpoint.rstrip("/")),
    }
    for what, (planned, found) in pairs.items():
        if planned != found:
            text = f"the saved plan is for {what} {planned}, not {found}"
            raise ProblemsError.of("other-plan", text, "plan again")


def _is_approved(session: Session, plan: Plan, asked: Asked) -> bool:
    """Whether a plan does what was approved, or less; what is different is said."""
    from reconciler.planning.claim import done_already, excess
    from reconciler.planning.plan_file import as_saved

    assert asked.approved is not None
    more = list(excess(as_saved(plan, session.redact), asked.approved))
    if more:
        print_disagreement(asked.approved, plan, more, asked.form, no_color=asked.no_color)
        note("Refused: this is not what was approved. Nothing was written; plan again.")
        return False
    less = done_already(plan, asked.approved)
    if less:
        names = ", ".join(str(change.address) for change in less)
        note(f"Of the approved plan, this is done already or not needed any more: {names}")
    return True


async def _begun(plan: Plan, outcome: Outcome, service: SearchService) -> list[str]:
    from reconciler.operating.begun import begun

    return [] if outcome.interrupted else await begun(plan, outcome, service)


async def _follow(session: Session, names: Sequence[str], limit: float) -> list[Followed]:
    """Without the ledger's lock: others may plan and apply meanwhile."""
    async with session.connect() as wire:
        known, before = dict.fromkeys(names, ()), "what was applied stays applied; "
        return await indexers.follow(session, wire, known, limit, before=before)


def read_saved(file: Path) -> Plan:
    """The plan in a file.

    Raises:
        ProblemsError: it cannot be read, or is no plan.
    """
    from reconciler.planning.plan_file import plan_from_json

    data = read_bytes(file, limit=LARGEST_PLAN)
    try:
        return plan_from_json(json.loads(data))
    except (ValueError, RecursionError):
        where = Where(file, line=1, column=1)
        raise ProblemsError.of("not-a-plan", "this is not a saved plan", where=where) from None
    except ProblemsError as error:
        where = Where(file, line=1, column=1)
        raise ProblemsError(replace(problem, where=where) for problem in error.problems) from None


def _confirmed(plan: Plan, asked: Asked) -> bool:
    if asked.form == "json":
        raise click.ClickException("with --format json nothing is asked: add --yes")
    if not sys.stdin.isatty():
        other = "" if asked.choice.destroy else ", or apply a saved plan"
        raise click.ClickException(f"nobody is there to answer: add --yes{other}")
    where = f"{plan.target.environment} ({plan.target.endpoint})"
    question = f"Destroy these in {where}?" if asked.choice.destroy else f"Apply these to {where}?"
    answer: str = click.prompt(f"\n{question} Only 'yes' is taken", default="no")
    return answer == "yes"


async def _interruptible(
    session: Session, ready: Ready, service: SearchService, concurrency: int
) -> Outcome:
    """Apply; the first Ctrl-C lets running calls finish, the second one ends at once."""
    stop = asyncio.Event()

    def interrupted() -> None:
        stop.set()
        note("Interrupted: running calls finish, no more are started.")

    def too_late() -> None:
        stop.set()
        note("The time limit has passed: running calls finish, no more are started.")

    loop, left = asyncio.get_running_loop(), session.deadline.left
    limit = loop.call_later(left, too_late) if isfinite(left) else None
    try:
        with interruptible(interrupted):
            return await session.apply(
                ready, service, concurrency=concurrency, stop=stop, progress=progress
            )
    finally:
        if limit is not None:
            limit.cancel()


def _report(outcome: Outcome, plan: Plan) -> None:
    if plan.steps:
        print_outcome(outcome, plan)


def _report_runs(
    outcome: Outcome, followed: list[Followed], problems: tuple[Problem, ...], form: str
) -> None:
    """How the indexers ended; as JSON together with the outcome."""
    if form == "json":
        from reconciler.render.json import render_outcome
        from reconciler.render.runs import followed_to_json

        data(render_outcome(outcome, [followed_to_json(one) for one in followed], problems))
    elif followed:
        from reconciler.render.runs import render_followed

        out(render_followed(followed))
