"""`reconciler plan`: what would change, and why; nothing is written to the service."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reconciler.cli import options
from reconciler.cli.console import print_problems, report, view
from reconciler.cli.files import replace
from reconciler.cli.options import ProjectOptions
from reconciler.model.problem import errors
from reconciler.redaction import REDACTOR
from reconciler.report.formats import FORMATS
from reconciler.session.noop_cache import Noop

if TYPE_CHECKING:
    from reconciler.model.plan import Plan
    from reconciler.session.choice import Choice
    from reconciler.session.session import Session


@click.command()
@options.project
@options.limits
@options.scope
@options.output("plan")
@click.option(
    "--out", "target", type=click.Path(path_type=Path), help="Save the plan, for `apply FILE`."
)
@click.option("--detailed-exitcode", is_flag=True, help="Exit with 2 for changes.")
@click.option("--allow-refused", is_flag=True, help="Exit as if the guard had refused nothing.")
@click.option("--show-unmanaged", is_flag=True, help="Name the live objects that are not ours.")
def command(
    project: ProjectOptions,
    targets: tuple[str, ...],
    excludes: tuple[str, ...],
    consents: tuple[str, ...],
    form: str,
    target: Path | None,
    detailed_exitcode: bool,
    allow_refused: bool,
    show_unmanaged: bool,
) -> int:
    """Show what would change on the service, and why.

    Exit codes: 0 shown, 1 error, 2 changes (with --detailed-exitcode), 3 refused by the guard
    (unless --allow-refused).
    """
    choice = options.choice(targets, excludes, consents)
    limited = bool(targets or excludes or consents or show_unmanaged)
    quick = not limited and form in FORMATS["noop"] and target is None
    result = options.run_in(project.session(), lambda session: _plan(session, choice, quick))
    if isinstance(result, Noop):
        report("noop", result, form)
        print_problems(result.problems)
        return 0
    from reconciler.cli.printing import print_plan

    print_plan(result, form, view(project.no_color, show_unmanaged=show_unmanaged))
    if target is not None and not errors(result.problems):
        _save(result, target)
    code = result.detailed_exit_code
    if code == 3 and allow_refused:
        code = 0 if result.empty else 2
    return 0 if code == 2 and not detailed_exitcode else code


async def _plan(session: Session, choice: Choice, quick: bool) -> Plan | Noop:
    """The plan; `quick`: only that there is nothing to do, where that is known already."""
    noop = await session.noop() if quick else None
    return noop or await session.plan(choice)


def _save(plan: Plan, target: Path) -> None:
    """Write a plan without errors to a file, for `apply FILE`; it holds no secret."""
    from reconciler.planning.plan_file import plan_to_text

    replace(target, plan_to_text(plan, REDACTOR))
