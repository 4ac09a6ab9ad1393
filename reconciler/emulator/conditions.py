"""If-Match and If-None-Match: FACTS b, 412 with an empty code and no details."""

from __future__ import annotations

from reconciler.emulator.exchange import Request
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.store import Record


def etags_of(header: str) -> set[str]:
    """Weak and strong etags compare alike: 2020's header was weak, the body's etag strong."""
    return {part.strip().removeprefix("W/") for part in header.split(",")}


def check_conditions(request: Request, record: Record | None, has_etag: bool) -> None:
    etag = record.etag if record is not None and has_etag else None
    if_match = request.headers.get("if-match")
    if if_match is not None and not _matches(if_match, record, etag):
        raise Refusal("precondition")
    if_none_match = request.headers.get("if-none-match")
    if if_none_match is not None and _matches(if_none_match, record, etag):
        raise Refusal("precondition")


def _matches(header: str, record: Record | None, etag: str | None) -> bool:
    if header.strip() == "*":
        return record is not None
    return etag is not None and etag in etags_of(header)
