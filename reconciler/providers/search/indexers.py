"""An indexer's runs: start one, reset, look.

https://learn.microsoft.com/azure/search/search-howto-run-reset-indexers
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from reconciler.redaction import REDACTOR
from reconciler.wire import OutcomeUnknown, Part, Reply, Wire

RUNNING = "inProgress"
RESET = "reset"
"""An entry of the history that is no run: FACTS a."""


@dataclass(frozen=True, slots=True)
class Note:
    """One error or warning of a run: which document, and what the service says about it."""

    key: str
    message: str


@dataclass(frozen=True, slots=True)
class Execution:
    """One run, as the history of the indexer has it; times are ISO 8601, in UTC."""

    status: str
    started: str
    ended: str | None
    items: int
    failed: int
    message: str
    errors: tuple[Note, ...]
    warnings: tuple[Note, ...]

    @property
    def running(self) -> bool:
        return self.status == RUNNING

    @property
    def ok(self) -> bool:
        """Whether it ended, and nothing failed."""
        return self.status == "success" and not self.errors and not self.failed


@dataclass(frozen=True, slots=True)
class IndexerStatus:
    """The runs that the service remembers, the latest first; resets among them."""

    history: tuple[Execution, ...]

    @property
    def last(self) -> Execution | None:
        return next(iter(self.history), None)

    @property
    def runs(self) -> tuple[Execution, ...]:
        return tuple(entry for entry in self.history if entry.status != RESET)


class Indexers:
    """The indexers of one service."""

    def __init__(self, wire: Wire, api_version: str) -> None:
        self._wire = wire
        self._query = {"api-version": api_version}

    async def status(self, name: str) -> IndexerStatus:
        """The runs of an indexer.

        Raises:
            ServiceError: there is no such indexer (404), or the service cannot be read.
        """
        reply = await self._wire.call("GET", _url(name, "status"), self._query)
        body = Part.of(reply)
        last = body.part("lastResult")
        entries = [_execution(entry) for entry in body.parts("executionHistory")]
        # `status` says "running" for an enabled indexer: only the last result tells (FACTS g).
        if not any(body.has(name) for name in ("status", "lastResult", "executionHistory")):
            raise reply.misfit("it is no status of an indexer")
        if last is not None and _execution(last) not in entries:
            entries.insert(0, _execution(last))
        return IndexerStatus(tuple(entries))

    async def run(self, name: str) -> None:
        """Start a run.

        Raises:
            Unclear: what was answered does not say that it was started.
            ServiceError: it was not started; 409 when one is going on.
        """
        _accepted(await self._wire.call("POST", _url(name, "run"), self._query), 202)

    async def reset(self, name: str) -> None:
        """Forget what was processed: the next run starts from the beginning.

        Raises:
            Unclear: what was answered does not say that it was reset.
            ServiceError: it was not reset.
        """
        _accepted(await self._wire.call("POST", _url(name, "reset"), self._query), 204)


def _url(name: str, action: str) -> str:
    return f"/indexers('{quote(name, safe='')}')/search.{action}"


def _accepted(reply: Reply, status: int) -> None:
    """Whether an action was accepted: each has one status for that (FACTS a)."""
    if reply.status != status:
        why = reply.misfit(f"{reply.status} instead of {status}")
        raise OutcomeUnknown(why.message, reply.status, reply.request_id)


def _execution(entry: Part) -> Execution:
    return Execution(
        status=entry.must(entry.text, "status"),
        started=entry.text("startTime"),
        ended=entry.text("endTime") or None,
        items=entry.number("itemsProcessed"),
        failed=entry.number("itemsFailed"),
        message=REDACTOR.quoted(entry.text("errorMessage")),
        errors=tuple(_note(note, "errorMessage") for note in entry.parts("errors")),
        warnings=tuple(_note(note, "message") for note in entry.parts("warnings")),
    )


def _note(note: Part, text: str) -> Note:
    said = filter(None, (note.text(text), note.text("details")))
    return Note(note.text("key"), REDACTOR.quoted(" ".join(said)))
