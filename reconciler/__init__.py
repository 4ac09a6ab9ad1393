"""Terraform-grade plan and apply for Azure AI Search.

    manifest -> resources -> graph -> live -> diff -> plan -> apply -> verify

The plan decides everything; apply decides nothing; verify is plan again and must be empty. The
flow is told in `reconciler.session.session`, the command line is `reconciler.cli`. As a library:

    import asyncio
    from pathlib import Path
    from reconciler import Choice, SearchService, Session, Settings

    async def pending() -> bool:
        session = Session(Settings(Path("search"), environment="prod"))
        session.require_valid()
        async with session.connect() as wire:
            ready = await session.plan(SearchService(wire), session.file.load(), Choice())
        return not ready.plan.empty

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
    from reconciler.model.plan import Action, Change, Drift, Edit, Plan, Ready, Refusal, Step
    from reconciler.model.problem import Problem, ProblemsError, Where
    from reconciler.model.resource_id import ResourceId
    from reconciler.providers.search.service import SearchService
    from reconciler.session.session import Choice, Session, Settings
    from reconciler.wire import ServiceError

_MODULES = {
    "reconciler.session.session": "Choice Session Settings",
    "reconciler.model.resource_id": "ResourceId",
    "reconciler.model.ledger": "Entry Ledger",
    "reconciler.model.outcome": "Outcome Result",
    "reconciler.model.plan": "Action Change Drift Edit Plan Ready Refusal Step",
    "reconciler.model.problem": "Problem ProblemsError Where",
    "reconciler.providers.search.service": "SearchService",
    "reconciler.wire": "ServiceError",
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names.split()}

__all__ = [
    "Action",
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
    "Ready",
    "Refusal",
    "ResourceId",
    "Result",
    "SearchService",
    "ServiceError",
    "Session",
    "Settings",
    "Step",
    "Where",
    "__version__",
]


def __getattr__(name: str) -> Any:
    """A public name, from its module, when it is first used: start-up is part of the product."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
