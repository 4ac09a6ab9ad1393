"""What a project owns, as text and as JSON."""

from __future__ import annotations

from reconciler.model.ledger import Ledger
from reconciler.report.formats import View
from reconciler.report.json import as_json


def render(ledger: Ledger, view: View) -> str:  # noqa: ARG001
    """A line for each object."""
    lines = [
        f"{entry.id}{' (protected)' if entry.lifecycle.protect else ''}"
        for entry in ledger.entries.values()
    ]
    pending = sorted(ledger.run.resources) if ledger.run is not None else ()
    lines += [f"{resource} (pending: the last run was interrupted)" for resource in pending]
    return "\n".join(lines)


def render_json(ledger: Ledger, view: View) -> str:  # noqa: ARG001
    """Each object, without its definition."""
    entries = [
        {
            "address": str(entry.id),
            "name": entry.name_on_service,
            "apiVersion": entry.api_version,
            "protect": entry.lifecycle.protect,
            "onRemove": entry.lifecycle.on_remove,
        }
        for entry in ledger.entries.values()
    ]
    pending = sorted(map(str, ledger.run.resources)) if ledger.run is not None else []
    return as_json(serial=ledger.identity.serial, entries=entries, pending=pending)
