"""Terraform-grade plan and apply for Azure AI Search.

    manifest -> resources -> graph -> live -> diff -> plan -> apply -> verify

The plan decides everything; apply decides nothing; verify is plan again and must be empty. The
flow is told by `Session`, the command line is `reconciler.cli`. As a library:

    import asyncio
    from pathlib import Path
    from reconciler import Session, Settings

    async def pending() -> bool:
        async with Session.open(Settings(Path("search"), environment="prod")) as session:
            plan = await session.plan()
        return not plan.empty

    print(asyncio.run(pending()))

What goes wrong is raised as `ProblemsError` (files, secrets, ledger) or `ServiceError` (the
service).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from reconciler.version import __version__

if TYPE_CHECKING:
    from reconciler.model.ledger import Entry, Ledger
    from reconciler.model.outcome import Outcome, Result
    from reconciler.model.plan import Action, Change, Drift, Edit, Plan, Refusal
    from reconciler.model.problem import Problem, ProblemsError, Where
    from reconciler.model.resource_id import ResourceId
    from reconciler.model.step import Call, Run, Step, Wait
    from reconciler.session.choice import Choice
    from reconciler.session.session import Session
    from reconciler.session.workspace import Settings
    from reconciler.wire import ServiceError

_MODULES = {
    "reconciler.session.choice": "Choice",
    "reconciler.session.session": "Session",
    "reconciler.session.workspace": "Settings",
    "reconciler.model.resource_id": "ResourceId",
    "reconciler.model.ledger": "Entry Ledger",
    "reconciler.model.outcome": "Outcome Result",
    "reconciler.model.plan": "Action Change Drift Edit Plan Refusal",
    "reconciler.model.problem": "Problem ProblemsError Where",
    "reconciler.model.step": "Call Run Step Wait",
    "reconciler.wire": "ServiceError",
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names.split()}

__all__ = [
    "Action",
    "Call",
    "Change",
    "Choice",
    "Drift",
    "Edit",
    "Entry",
    "Ledger",
    "Outcome",
    "Plan",
    "Problem",
    "ProblemsError",
    "Refusal",
    "ResourceId",
    "Result",
    "Run",
    "ServiceError",
    "Session",
    "Settings",
    "Step",
    "Wait",
    "Where",
    "__version__",
]


def __dir__() -> list[str]:
    """The public names, and nothing else: most are not loaded yet."""
    return __all__


def __getattr__(name: str) -> Any:
    """A public name, from its module, when it is first used: start-up is part of the product."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
