"""Runs of indexers, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from reconciler.model.text import one_line
from reconciler.operations.waiting import IndexerWait
from reconciler.providers.search.indexers import Execution, Note
from reconciler.report.formats import View
from reconciler.report.json import as_json
from reconciler.report.tables import columns
from reconciler.report.values import Started, Statuses

SHOWN = 5
"""How many errors, and how many warnings, of one run are printed as text."""


def render_followed(followed: Iterable[IndexerWait]) -> str:
    """One line an indexer, and beneath it what went wrong first."""
    lines: list[str] = []
    for one in followed:
        run = one.run
        end = "done" if one.ok else "left" if one.left else "failed"
        said = [one.why] if one.why else []
        if run is not None:
            said.append(f"{run.status}, {_counts(run)}{_took(run)}")
        lines.append(one_line(f"Indexer/{one.name} {end}: {'; '.join(said)}"))
        lines += notes(run) if run is not None else ()
    return "\n".join(lines)


def render_started(started: Started, view: View) -> str:  # noqa: ARG001
    """How those ended that were followed, else which were started."""
    if started.followed:
        return render_followed(started.followed)
    return "\n".join(f"Indexer/{n} started." for n, why in started.reasons.items() if not why)


def render_started_json(started: Started, view: View) -> str:  # noqa: ARG001
    """Which were started, why others were not, and how they ended."""
    reasons = started.reasons.items()
    return as_json(
        started=[{"indexer": n, "started": not why, "why": why} for n, why in reasons],
        ended=[followed_to_json(followed) for followed in started.followed],
    )


def render_statuses(statuses: Statuses, view: View) -> str:  # noqa: ARG001
    """A table of the last runs, and beneath it what went wrong in them first."""
    if not statuses.found:
        return "" if statuses.failed else "The manifests declare no indexer."
    head = ("INDEXER", "LAST RUN", "STARTED", "TOOK", "ITEMS", "FAILED", "ERRORS", "WARNINGS")
    rows: list[tuple[str, ...]] = [head]
    lines: list[str] = []
    for name, status in statuses.found.items():
        last = status.last
        if last is None:
            rows.append((name, "none yet", *[""] * 6))
            continue
        numbers = (last.items, last.failed, len(last.errors), len(last.warnings))
        started = last.started.partition(".")[0].rstrip("Z").replace("T", " ")
        took = _took(last).removeprefix(" in ")
        rows.append((name, last.status, started, took, *map(str, numbers)))
        said = list(notes(last))
        lines += ["", f"Indexer/{name}:", *said] if said else []
    return "\n".join([*columns(rows), *lines])


def notes(run: Execution) -> Iterator[str]:
    """What went wrong in a run: its message, the first errors and the first warnings."""
    if run.message:
        yield f"    {one_line(run.message)}"
    for word, found in (("error", run.errors), ("warning", run.warnings)):
        for note in found[:SHOWN]:
            said = " ".join(note.message.split())
            key = f"{one_line(note.key)}: " if note.key else ""
            yield f"    {word}: {key}{said}"
        if len(found) > SHOWN:
            yield f"    and {len(found) - SHOWN} more {word}s"


def _counts(run: Execution) -> str:
    counts = [f"{run.items} item{'' if run.items == 1 else 's'}"]
    counts += [f"{run.failed} failed"] if run.failed else []
    warnings = len(run.warnings)
    counts += [f"{warnings} warning{'' if warnings == 1 else 's'}"] if warnings else []
    return ", ".join(counts)


def _took(run: Execution) -> str:
    if not run.started or not run.ended:
        return ""
    try:
        started_indexers, ended = map(datetime.fromisoformat, (run.started, run.ended))
        return f" in {(ended - started_indexers).total_seconds():.0f} s"
    except (ValueError, TypeError):
        return ""


def followed_to_json(one: IndexerWait) -> dict[str, Any]:
    """How one indexer ended."""
    run = execution_to_json(one.run) if one.run is not None else None
    return {"indexer": one.name, "ok": one.ok, "why": one.why, "run": run}


def execution_to_json(run: Execution) -> dict[str, Any]:
    """One run, whole."""
    return {
        "status": run.status,
        "startTime": run.started,
        "endTime": run.ended,
        "itemsProcessed": run.items,
        "itemsFailed": run.failed,
        "errorMessage": run.message,
        "errors": [_note(note) for note in run.errors],
        "warnings": [_note(note) for note in run.warnings],
    }


def _note(note: Note) -> dict[str, str]:
    return {"key": note.key, "message": note.message}


def render_statuses_json(statuses: Statuses, view: View) -> str:  # noqa: ARG001
    """The runs of each indexer that the service remembers, the latest first; or what is wrong."""
    found = [
        {
            "indexer": name,
            "history": [execution_to_json(entry) for entry in status.history],
            "error": "",
        }
        for name, status in statuses.found.items()
    ]
    failed = [{"indexer": n, "history": [], "error": why} for n, why in statuses.failed.items()]
    return as_json(indexers=[*found, *failed])
