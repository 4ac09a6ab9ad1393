"""A search's reply: annotations, the page of documents, and how to go on."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import numpy as np

from reconciler.emulator.analysis.synonyms import Synonyms
from reconciler.emulator.context import Context
from reconciler.emulator.exchange import Reply
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.search import permissions, selection, vector_queries
from reconciler.emulator.search.holding import Holding
from reconciler.emulator.search.parameters import LARGEST_PAGE, Parameters
from reconciler.emulator.search.schema import Schema
from reconciler.emulator.search.searching import Found, search

Body = dict[str, Any]


def answer(context: Context, holding: Holding, parameters: Parameters) -> Reply:
    """Models are asked for vectors before the documents are locked."""
    schema = holding.schema
    if schema.index.get("defaultScoringProfile"):
        raise Refusal("not-emulated", path="a default scoring profile in a query")
    chosen = selection.of(schema, parameters.select)
    vectors = vector_queries.read(schema, parameters.vector_queries, context.plane.models)
    synonyms = _synonyms(context, schema)
    hidden = permissions.public_only(context, schema)
    with holding.lock:
        visible = permissions.public(holding) if hidden else holding.alive()
        found = search(holding, parameters, vectors, synonyms, context.version.date, visible)
        body = _head(context, schema, parameters)
        if parameters.count:
            body["@odata.count"] = found.count
        if parameters.coverage:
            body["@search.coverage"] = 100.0
        if parameters.facets:
            body["@search.facets"] = found.facets
        page = found.slots[parameters.skip : parameters.skip + parameters.page]
        value = [
            {"@search.score": _printed(found, slot)} | chosen.shown(holding, slot) for slot in page
        ]
    link = _continuation(context, parameters, found, body)
    body["value"] = value
    return Reply.json(200, body | link)


def _head(context: Context, schema: Schema, parameters: Parameters) -> Body:
    if context.request.metadata == "none":
        return {}
    fields = parameters.select or "*"
    place = f"/indexes('{schema.index['name']}')/$metadata#docs({fields})"
    return {"@odata.context": context.request.endpoint + place}


def _printed(found: Found, slot: int) -> float:
    """QUERIES 2: a float32; as its shortest text, but widened to double when it is a fusion's."""
    score = np.float32(found.scores[slot])
    return float(score) if found.fused else float(str(score))


def _continuation(context: Context, parameters: Parameters, found: Found, body: Body) -> Body:
    """QUERIES 2 (rule continuation). Puts what a POST goes on with into `body`; gives the link."""
    skip, top, page = parameters.skip + parameters.page, parameters.top, parameters.page
    explicit = top is not None and top <= LARGEST_PAGE
    if explicit or skip >= len(found.slots):
        return {}
    changes: Body = {"skip": skip} | ({} if top is None else {"top": top - page})
    request = context.request
    url = request.endpoint + quote(request.path, safe="/()'$")
    if request.method == "POST":
        following = parameters.given | changes
        if parameters.vector_queries:
            queries = [vector_queries.echoed(query) for query in parameters.vector_queries]
            following["vectorQueries"] = queries
        body["@search.nextPageParameters"] = following
        return {"@odata.nextLink": f"{url}?{request.query_text}"}
    given = dict(parse_qsl(request.query_text, keep_blank_values=True))
    given |= {f"${name}": value for name, value in changes.items()}
    return {"@odata.nextLink": f"{url}?{urlencode(given, quote_via=quote)}"}


def _synonyms(context: Context, schema: Schema) -> dict[str, Synonyms]:
    """The maps that the fields of the index name. One that is gone fails the query."""
    found = {}
    for field in schema.texts:
        for name in field.definition.get("synonymMaps") or []:
            with context.store.lock:
                record = context.store.get("synonymmaps", name)
            if record is None:
                raise Refusal("synonym-map-missing", name=name, field=field.path)
            found[name] = Synonyms.of(record.body)
    return found
