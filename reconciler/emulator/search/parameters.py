"""The parameters of a search request, of a POST's body or a GET's query."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from reconciler.emulator.context import Context
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.strict import parse_json
from reconciler.emulator.version import Version

Body = dict[str, Any]

PAGE = 50
LARGEST_PAGE = 1000
LARGEST_SKIP = 100_000
CLAUSES = 32
VECTORS_SINCE = "2023-11-01"
# GET's names that differ from POST's: QUERIES 2.
NAMES_OF_GET = {
    "$count": "count",
    "$filter": "filter",
    "$orderby": "orderby",
    "$select": "select",
    "$skip": "skip",
    "$top": "top",
    "facet": "facets",
    "scoringparameter": "scoringParameters",
}
# What the emulator does, with the form of the value.
DONE: Mapping[str, type | tuple[type, ...]] = {
    "count": bool,
    "facets": list,
    "filter": str,
    "minimumCoverage": (int, float),
    "orderby": str,
    "queryType": str,
    "search": str,
    "searchFields": str,
    "searchMode": str,
    "select": str,
    "skip": int,
    "top": int,
    "vectorQueries": list,
    "vectorFilterMode": str,
    # These change nothing here: there is one shard, and every query is on its own.
    "scoringStatistics": str,
    "sessionId": str,
    # These say how something is done that is refused when it is asked for.
    "highlightPreTag": str,
    "highlightPostTag": str,
    "semanticErrorHandling": str,
    "semanticMaxWaitInMilliseconds": int,
}
# What it refuses by name; the values that ask for nothing are let through.
NOT_DONE: Mapping[str, tuple[Any, ...]] = {
    "highlight": (),
    "scoringProfile": (),
    "scoringParameters": (),
    "semanticConfiguration": (),
    "semanticQuery": (),
    "semanticFields": (),
    "answers": ("none",),
    "captions": ("none",),
    "debug": ("disabled",),
    "hybridSearch": (),
    "speller": ("none",),
    "queryLanguage": ("none",),
    "queryRewrites": ("none",),
    "featuresMode": ("disabled", "none"),
}
SPELLED = {name.lower(): name for name in (*DONE, *NOT_DONE)}
VECTOR_PARAMETERS = ("vectorQueries", "vectorFilterMode")


@dataclass(frozen=True)
class Parameters:
    """What was asked for; `given` is the request as it was sent."""

    given: Body
    search: str | None = None
    count: bool = False
    facets: list[str] = field(default_factory=list)
    filter: str | None = None
    coverage: bool = False
    orderby: str | None = None
    search_fields: str | None = None
    match_all_terms: bool = False
    select: str | None = None
    skip: int = 0
    top: int | None = None
    vector_queries: list[Body] = field(default_factory=list)
    vector_filter_mode: str = "preFilter"

    @property
    def page(self) -> int:
        return min(PAGE if self.top is None else self.top, LARGEST_PAGE)


def of_post(context: Context) -> Parameters:
    given = parse_json(context.request.body, "parameters")
    return _read(given, context.version)


def of_get(context: Context) -> Parameters:
    given: Body = {}
    for name, text in parse_qsl(context.request.query_text, keep_blank_values=True):
        spelled = NAMES_OF_GET.get(name.lower()) or SPELLED.get(name.lower())
        if spelled in ("facets", "scoringParameters"):
            given.setdefault(spelled, []).append(text)
        elif spelled is not None and spelled not in VECTOR_PARAMETERS:
            given.setdefault(spelled, _value(spelled, text))
    return _read(given, context.version)


def _value(name: str, text: str) -> Any:
    """A query string's text as the JSON of a POST would have it."""
    if DONE.get(name) in (bool, int, (int, float)):
        try:
            return json.loads(text.lower())
        except ValueError:
            return text
    return text


def _read(given: Body, version: Version) -> Parameters:
    for name, value in given.items():
        _check(name, value, version)
    asked = {name: value for name, value in given.items() if value is not None}
    skip, top = asked.get("skip", 0), asked.get("top")
    _check_range("$skip", skip, LARGEST_SKIP)
    if top is not None:
        _check_range("$top", top, 2**31 - 1)
    if (asked.get("orderby") or "").count(",") >= CLAUSES:
        raise Refusal("too-many-clauses", limit=CLAUSES, parameter="$orderby")
    _check_range("minimumCoverage", asked.get("minimumCoverage", 100), 100)
    return Parameters(
        given=given,
        search=asked.get("search"),
        count=asked.get("count", False),
        facets=asked.get("facets") or [],
        filter=asked.get("filter") or None,
        coverage="minimumCoverage" in asked,
        orderby=asked.get("orderby") or None,
        search_fields=asked.get("searchFields") or None,
        match_all_terms=_chosen(asked, "searchMode", ("any", "all")) == "all",
        select=asked.get("select") or None,
        skip=skip,
        top=top,
        vector_queries=asked.get("vectorQueries") or [],
        vector_filter_mode=_chosen(
            asked, "vectorFilterMode", ("preFilter", "postFilter", "strictPostFilter")
        ),
    )


def _check(name: str, value: Any, version: Version) -> None:
    old = name in VECTOR_PARAMETERS and version.date < VECTORS_SINCE
    if old or (name not in DONE and name not in NOT_DONE):
        raise Refusal("unknown-parameter", parameter=name)
    if name in NOT_DONE:
        if value not in (None, "", [], *NOT_DONE[name]):
            raise Refusal("not-emulated", path=f"{name} of a query")
        return
    form = DONE[name]
    wrong_bool = isinstance(value, bool) and form is not bool
    if value is not None and (wrong_bool or not isinstance(value, form)):
        raise Refusal("document-literal", literal=json.dumps(value), type=_type_name(form))
    if name == "queryType" and value not in (None, "simple"):
        if value in ("full", "semantic"):
            raise Refusal("not-emulated", path=f"queryType '{value}' of a query")
        raise Refusal("parameter-value", value=value, parameter=name)


def _type_name(form: type | tuple[type, ...]) -> str:
    names: dict[Any, str] = {bool: "Edm.Boolean", int: "Edm.Int32", str: "Edm.String"}
    return names.get(form, "Collection" if form is list else "Edm.Double")


def _check_range(name: str, value: float, limit: int) -> None:
    if not 0 <= value <= limit:
        raise Refusal("parameter-range", limit=limit, parameter=name)


def _chosen(asked: Body, name: str, values: tuple[str, ...]) -> str:
    """One of some words; the first is the default."""
    value = asked.get(name, values[0])
    if value not in values:
        raise Refusal("parameter-value", value=value, parameter=name)
    return str(value)
