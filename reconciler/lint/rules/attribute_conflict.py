"""Two attributes of a field do not go together.

What is not stored cannot be retrieved. A field has either an `analyzer`, or an `indexAnalyzer` and
a `searchAnalyzer`, which come together. Analyzers and synonym maps are of searchable text; a
normalizer is of text that is filterable, sortable or facetable. The service refuses the index.

What to do: delete one of the attributes, or write the one that is missing.

Sources: https://learn.microsoft.com/rest/api/searchservice/indexes/create-or-update, and
recordings of the service.

Fails::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: text, type: Edm.String, searchable: false, analyzer: en.lucene}

Passes::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: text, type: Edm.String, analyzer: en.lucene}
        - {name: code, type: Edm.String, searchAnalyzer: keyword, indexAnalyzer: simple}
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.fields import IndexField, indexes, placed
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity
from reconciler.providers.search.kinds.edm import SIMPLE, TEXT, VECTORS

ID = "attribute-conflict"
SEVERITY = Severity.ERROR

_PAIR = ("searchAnalyzer", "indexAnalyzer")
_WHOLE = ("filterable", "sortable", "facetable")


def check(stack: Stack) -> Iterator[Problem]:
    for index in indexes(stack.resources):
        for field in placed(index):
            if field.body["type"] in (*SIMPLE, *VECTORS):
                for rule in (_not_stored, _together, _of_text):
                    yield from rule(field)


def _not_stored(field: IndexField) -> Iterator[Problem]:
    body = field.body
    given = body.get("retrievable")
    retrievable = body["type"] not in VECTORS if given is None else given is True
    if body.get("stored") is False and retrievable:
        place = field.where.at("stored" if given is None else "retrievable")
        text = "what is not stored cannot be retrievable"
        yield Problem(ID, text, place, "write `retrievable: false`, or delete `stored`")


def _together(field: IndexField) -> Iterator[Problem]:
    body = field.body
    given = [name for name in _PAIR if body.get(name)]
    if given and body.get("analyzer"):
        text = f"`analyzer` does not go with `{given[0]}`: it stands for both of a pair"
        yield Problem(ID, text, field.where.at("analyzer"), "delete it, or the pair")
    elif len(given) == 1:
        other = next(name for name in _PAIR if name not in given)
        text = f"`{given[0]}` needs an `{other}` beside it"
        fix = f"write `{other}`, or `analyzer` for both"
        yield Problem(ID, text, field.where.at(given[0]), fix)


def _of_text(field: IndexField) -> Iterator[Problem]:
    body = field.body
    is_text = body["type"] in TEXT
    for name in ("analyzer", *_PAIR, "synonymMaps"):
        if body.get(name) and not (is_text and body.get("searchable") is not False):
            text = f"`{name}` is of searchable text, and this field is none"
            yield Problem(ID, text, field.where.at(name, of_key=True), "delete it")
    unused = all(body.get(name) is False for name in _WHOLE)
    if body.get("normalizer") and (not is_text or unused):
        text = "a normalizer is of text that is filterable, sortable or facetable"
        fix = "delete it, or one of the attributes that are false"
        yield Problem(ID, text, field.where.at("normalizer", of_key=True), fix)
