"""Completes and judges an index definition; the parts have their own files."""

from __future__ import annotations

from typing import Any

from reconciler.emulator.context import Context
from reconciler.emulator.index import changes, fields, ranges, references, vectors
from reconciler.emulator.refusals import Refusal

Body = dict[str, Any]


def complete(context: Context, body: Body, old: Body | None) -> None:
    if old is not None:
        _keep_unknown(context, body, old)
    fields.complete(body["fields"])


def check(context: Context, body: Body, old: Body | None) -> None:
    if context.store.get("aliases", body["name"]) is not None:
        raise Refusal("alias-name-taken", name=body["name"])
    fields.check(body)
    vectors.check(body, context.version)
    references.check(body, context.shapes)
    ranges.check(body)
    if old is not None:
        downtime_allowed = context.request.flag("allowindexdowntime")
        changes.check(body, old, downtime_allowed)


def _keep_unknown(context: Context, body: Body, old: Body) -> None:
    """What the request's version does not know keeps its value (rule older-version-put)."""
    known = context.shapes.props("Index")
    body.update({key: value for key, value in old.items() if key not in known})
    known_of_field = context.shapes.props("Field")
    before = {field["name"]: field for field in old["fields"]}
    for field in body["fields"]:
        stored = before.get(field["name"], {})
        field.update({key: item for key, item in stored.items() if key not in known_of_field})
