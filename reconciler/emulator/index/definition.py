"""Completes and judges an index definition; the parts have their own files."""

from __future__ import annotations

from typing import Any

from reconciler.emulator.context import Context
from reconciler.emulator.index import changes, fields, ranges, references, vectors
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.spelling import strip_endpoints

Body = dict[str, Any]


def complete(context: Context, body: Body, old: Body | None) -> None:
    del context, old
    fields.complete(body["fields"])
    strip_endpoints(body.get("vectorSearch"))


def check(context: Context, body: Body, old: Body | None) -> None:
    if context.store.get("aliases", body["name"]) is not None:
        raise Refusal("alias-name-taken", name=body["name"])
    fields.check(body)
    vectors.check(body, context.version)
    references.check(context, body)
    ranges.check(body)
    if old is not None:
        downtime_allowed = context.request.flag("allowindexdowntime")
        changes.check(body, old, downtime_allowed)
