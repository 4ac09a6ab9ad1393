"""`/indexes('n')/docs...`: documents and queries."""

from __future__ import annotations

import re
from typing import Any

from reconciler.emulator import statistics
from reconciler.emulator.context import Context
from reconciler.emulator.exchange import Reply
from reconciler.emulator.indexing import pretended
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.search import parameters, permissions, selection
from reconciler.emulator.search.holding import Action, Holding, Outcome, Prepared
from reconciler.emulator.search.parameters import Parameters
from reconciler.emulator.store import Record
from reconciler.emulator.strict import node, parse_json

Body = dict[str, Any]

LOOKUP = re.compile(r"docs(?:\('(?P<quoted>.*)'\)|/(?P<plain>[^/]+))")
BATCH = 1000  # actions: QUERIES 1
COUNT_HEADERS = {
    "content-type": "text/plain",
    "odata-version": "4.0",
    "preference-applied": 'odata.include-annotations="*"',
}
BOM = b"\xef\xbb\xbf"  # before the digits of $count: recordings-2020 test_get_document_count


def answer(context: Context, record: Record, action: str) -> Reply:
    """The reply to a request whose path goes on after the index's name with `docs`."""
    with context.store.lock:
        holding = context.plane.documents.of(record)
    method = context.request.method
    called = action.removeprefix("docs").lstrip("/").removeprefix("search.").removeprefix("post.")
    match method, called:
        case "POST", "index":
            reply = _index(context, holding)
            pretended.over(context.store, record)
            return reply
        case "GET", "$count":
            return _count(context, record, holding)
        case "GET", "":
            return _found(context, holding, parameters.of_get(context))
        case "POST", "search":
            return _found(context, holding, parameters.of_post(context))
        case _, "suggest" | "autocomplete":
            raise Refusal("not-emulated", path=f"/indexes/.../docs/{called}")
    lookup = LOOKUP.fullmatch(action)
    if lookup and method == "GET":
        key = (lookup["quoted"] or "").replace("''", "'") or lookup["plain"]
        return _document(context, holding, key)
    raise Refusal("method-not-allowed", method=method)


def _count(context: Context, record: Record, holding: Holding) -> Reply:
    """As the statistics have it, but of what the request may see."""
    count = statistics.number(context, record, "documentCount")
    with holding.lock:
        if permissions.public_only(context, holding.schema):
            count = int(permissions.public(holding).sum())
    return Reply(200, BOM + str(count).encode(), headers=dict(COUNT_HEADERS))


def _document(context: Context, holding: Holding, key: str) -> Reply:
    select = context.request.query.get("$select")
    with holding.lock:
        chosen = selection.of(holding.schema, select)
        slot = holding.slots.get(key)
        hidden = permissions.public_only(context, holding.schema)
        if slot is None or (hidden and not permissions.public(holding)[slot]):
            return Reply(404)
        body = chosen.shown(holding, slot)
    place = f"/indexes('{holding.schema.index['name']}')/$metadata#docs({select or '*'})/$entity"
    return Reply.json(200, _head(context, place) | body)


def _found(context: Context, holding: Holding, asked: Parameters) -> Reply:
    from reconciler.emulator.search import results

    try:
        return results.answer(context, holding, asked)
    except RecursionError:
        raise Refusal("query-nesting") from None


def _index(context: Context, holding: Holding) -> Reply:
    actions = _actions(context)
    unsafe_keys = context.request.flag("allowunsafekeys")
    prepared: list[Prepared] = []
    for position, action in enumerate(actions):
        try:
            prepared.append(holding.prepare(action, unsafe_keys))
        except Refusal as refusal:
            if refusal.rule.parameter:
                refusal.text = f"{position}: {refusal.text}"
            raise
    outcomes = holding.write(prepared)
    name = holding.schema.index["name"]
    place = f"/indexes('{name}')/$metadata#Collection({context.version.namespace}.IndexResult)"
    failed = any(outcome.message is not None for outcome in outcomes)
    items = [_item(outcome) for outcome in outcomes]
    return Reply.json(207 if failed else 200, _head(context, place) | {"value": items})


def _actions(context: Context) -> list[Action]:
    body = parse_json(context.request.body, "parameters")
    batch = body.get("value")
    if not isinstance(batch, list):
        found = node(batch)
        raise Refusal("document-node", found=found, property="value", expected="StartArray")
    if not 1 <= len(batch) <= BATCH:
        raise Refusal("document-batch-size", count=len(batch), limit=BATCH)
    return [_action(item) for item in batch]


def _action(item: Any) -> Action:
    if not isinstance(item, dict):
        found = node(item)
        raise Refusal("document-node", found=found, property="value", expected="StartObject")
    document = {name: value for name, value in item.items() if not name.startswith("@")}
    return Action(item.get("@search.action") or "upload", document)


def _item(outcome: Outcome) -> Body:
    return {
        "key": outcome.key,
        "status": outcome.message is None,
        "errorMessage": outcome.message,
        "statusCode": outcome.status,
    }


def _head(context: Context, place: str) -> Body:
    if context.request.metadata == "none":
        return {}
    return {"@odata.context": f"{context.request.endpoint}{place}"}
