"""`reconciler apply`: plan, ask, do; or do a saved plan, if it still fits."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from reconciler.cli import indexers, options
from reconciler.cli.console import note, out, report, view
from reconciler.cli.interrupting import interruptible
from reconciler.cli.options import ProjectOptions
from reconciler.cli.printing import print_disagreement, print_plan, progress
from reconciler.cli.waiting import waiting
from reconciler.manifest.reading import read_bytes
from reconciler.model.outcome import Outcome
from reconciler.model.plan import Plan
from reconciler.model.problem import ProblemsError, Where, errors
from reconciler.redaction import REDACTOR
from reconciler.report.formats import FORMATS
from reconciler.report.values import Applied, Disagreement
from reconciler.session.choice import Choice
from reconciler.session.session import Session

if TYPE_CHECKING:
    from reconciler.operations.waiting import IndexerWait


LARGEST_PLAN = 256 * 1024 * 1024
"""In bytes: more than any service could take."""


@click.command()
@options.project
@options.call_timeout
@options.scope
@options.concurrency
@options.lock_timeout
@options.output("outcome")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.option("--wait", is_flag=True, help="Wait until the indexers that it starts have ended.")
@indexers.timeout
@click.argument("file", type=click.Path(path_type=Path), required=False)
def command(
    project: ProjectOptions,
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
        targets = tuple(map(str, approved.targets))
        excludes = tuple(map(str, approved.excludes))
    choice = options.choice(targets, excludes, consents)
    limit = indexers.wait_limit(wait, timeout)
    session = project.session(approved.target.environment if approved is not None else None)
    request = ApplyRequest(
        choice, concurrency, form, yes, project.no_color, approved, limit, lock_timeout
    )
    return apply_in(session, request)


class ApplyRequest(NamedTuple):
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

    @property
    def answers_once(self) -> bool:
        """Whether there is one answer, at the end."""
        return FORMATS["outcome"][self.form].answers_once


class ApplyResult(NamedTuple):
    """What became of it: how to exit, and if it was done, what was done and which indexers run."""

    code: int
    outcome: Outcome | None = None
    plan: Plan | None = None
    started_indexers: Sequence[str] = ()


def apply_in(session: Session, request: ApplyRequest) -> int:
    """Plan and apply under the ledger's lock; whoever waits for indexers waits without it."""
    return options.run_in(session, lambda session: _apply(session, request))


async def _apply(session: Session, request: ApplyRequest) -> int:
    if not request.choice.destroy:
        session.workspace.require_valid()
    async with AsyncExitStack() as held:
        with waiting("the lock of the ledger"):
            lock = session.locked(request.command, request.lock_timeout)
            await held.enter_async_context(lock)
        await _warn_without_ledger(session)
        result = await _apply_locked(session, request)
    if result.outcome is None or result.plan is None:
        return result.code
    if not request.answers_once:
        report("outcome", Applied(result.plan, result.outcome), request.form)
    followed: list[IndexerWait] = []
    if request.wait is not None and result.started_indexers:
        known, before = (
            dict.fromkeys(result.started_indexers, ()),
            "what was applied stays applied; ",
        )
        followed = await indexers.follow(session, known, request.wait, before=before)
    if request.answers_once or followed:
        report("outcome", Applied(result.plan, result.outcome, followed), request.form)
    return result.code or (0 if all(ended.ok for ended in followed) else 1)


async def _warn_without_ledger(session: Session) -> None:
    ledger = session.workspace.ledger
    if os.environ.get("CI") and not await ledger.exists():
        note(
            f"warning: no ledger at {ledger.name}: keep .reconciler/ between runs, "
            "or nothing that leaves the manifests is ever deleted"
        )


async def _apply_locked(session: Session, request: ApplyRequest) -> ApplyResult:
    approved, told = request.approved, not request.answers_once
    if approved is not None:
        _require_same_target(session, approved)
    plan = await session.plan(request.choice)
    stopped = bool(errors(plan.problems) or plan.blocked)
    if not stopped and approved is not None and not _is_approved(plan, approved, request):
        return ApplyResult(3)
    if stopped or (told and (approved is None or plan.empty)):
        print_plan(plan, request.form, view(request.no_color))
    if stopped:
        if plan.blocked:
            note("Refused by the guard: nothing was written.")
        return ApplyResult(plan.detailed_exit_code)
    sure = plan.empty or request.yes or approved is not None
    if not sure and not _confirmed(plan, request):
        out("Nothing was written.")
        return ApplyResult(1)
    outcome = await _interruptible(session, plan, request.concurrency)
    names = await _started(session, plan, outcome) if request.wait is not None else []
    return ApplyResult(outcome.exit_code, outcome, plan, names)


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


def _is_approved(plan: Plan, approved: Plan, request: ApplyRequest) -> bool:
    """Whether a plan does what was approved, or less; what is different is said."""
    from reconciler.planning.claim import done_already, excess
    from reconciler.planning.plan_file import as_saved

    more = list(excess(as_saved(plan, REDACTOR), approved))
    if more:
        disagreement = Disagreement(approved, plan, more)
        print_disagreement(disagreement, request.form, view(request.no_color))
        note("Refused: this is not what was approved. Nothing was written; plan again.")
        return False
    less = done_already(plan, approved)
    if less:
        names = ", ".join(str(change.id) for change in less)
        note(f"Of the approved plan, this is done already or not needed any more: {names}")
    return True


async def _started(session: Session, plan: Plan, outcome: Outcome) -> list[str]:
    """The names on the service of the indexers that run because of it."""
    from reconciler.operations.started_indexers import started_indexers

    if outcome.interrupted:
        return []
    return await started_indexers(plan, outcome, await session.connections.services())


def read_saved(file: Path) -> Plan:
    """The plan in a file.

    Raises:
        ProblemsError: it cannot be read, or is no plan.
    """
    from reconciler.planning.plan_file import plan_from_text

    content = read_bytes(file, limit=LARGEST_PLAN)
    try:
        return plan_from_text(content)
    except ProblemsError as error:
        where = Where(file, line=1, column=1)
        raise ProblemsError(replace(problem, where=where) for problem in error.problems) from None


def _confirmed(plan: Plan, request: ApplyRequest) -> bool:
    if request.answers_once:
        raise click.ClickException(f"with --format {request.form} nothing is asked: add --yes")
    if not sys.stdin.isatty():
        other = "" if request.choice.destroy else ", or apply a saved plan"
        raise click.ClickException(f"nobody is there to answer: add --yes{other}")
    where = f"{plan.target.environment} ({plan.target.endpoint})"
    question = (
        f"Destroy these in {where}?" if request.choice.destroy else f"Apply these to {where}?"
    )
    answer: str = click.prompt(f"\n{question} Only 'yes' is taken", default="no")
    return answer == "yes"


async def _interruptible(session: Session, plan: Plan, concurrency: int) -> Outcome:
    """Apply; the first Ctrl-C lets running calls finish, the second one ends at once."""
    stop = asyncio.Event()

    def interrupted() -> None:
        stop.set()
        note("Interrupted: running calls finish, no more are started.")

    def too_late() -> None:
        stop.set()
        note("The time limit has passed: running calls finish, no more are started.")

    loop, left = asyncio.get_running_loop(), session.workspace.deadline.left
    limit = loop.call_later(left, too_late) if isfinite(left) else None
    try:
        with interruptible(interrupted):
            return await session.apply(plan, concurrency=concurrency, stop=stop, progress=progress)
    finally:
        if limit is not None:
            limit.cancel()
