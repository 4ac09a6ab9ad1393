"""What the service filled in is what the marks say: recorded bodies come to rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from reconciler.providers import kind
from reconciler.schema.normalize import normal_form

from .material import exchanges, needs_material


def pairs() -> Iterator[Any]:
    """A body as it was sent, and as the service returned it: at the same etag.

    What a write returns counts too, but for the kinds whose reads differ.
    """
    sent: dict[tuple[str, str], Any] = {}
    seen = set()
    for exchange in exchanges():
        answer = exchange.answer if isinstance(exchange.answer, dict) else {}
        for read in answer.get("value") or [answer]:
            version = (exchange.kind, str(read.get("@odata.etag") or read.get("name")))
            if exchange.status in (200, 201) and isinstance(exchange.sent, dict):
                sent[version] = exchange.sent
            writing = exchange.method != "GET"
            body = sent.get(version)
            plain = {k: v for k, v in read.items() if not k.startswith("@odata.")}
            key = repr((exchange.kind, body, plain))
            usable = body is not None and key not in seen and "_note" not in body
            if usable and not (writing and kind(exchange.kind).reads_differ):
                seen.add(key)
                yield pytest.param(exchange.kind, body, read, id=str(exchange))


@needs_material
@pytest.mark.parametrize(("name", "sent", "read"), [*pairs()] or [(None, None, None)])
def test_what_was_sent_equals_what_is_read(name: str, sent: Any, read: Any) -> None:
    shape = kind(name).shape
    assert normal_form(shape, read, sent) == normal_form(shape, sent)


@needs_material
def test_a_skillset_is_compared_as_a_get_returns_it() -> None:
    """The recorded PUT is abbreviated: it sent what the POST had sent, and a description."""
    recorded = [e for e in exchanges() if e.source.startswith("skillset_write_vs_get")]
    post, put, get = recorded[:3]
    assert (post.method, put.method, get.method) == ("POST", "PUT", "GET")
    sent = {**post.sent, "description": get.answer["description"]}
    shape = kind("Skillset").shape
    form = normal_form(shape, get.answer, sent)
    assert form == normal_form(shape, sent)
    assert form == normal_form(shape, put.answer, sent)
    assert set(form["skills"]) == {"#1", "#2", "#3", "#4"}


@needs_material
def test_every_attribute_of_every_recorded_field() -> None:
    """A field reduced to its name and type, and its differences, gets the rest back."""
    shape = kind("Index").shape
    plain = 0
    for exchange in exchanges():
        answer = exchange.answer if isinstance(exchange.answer, dict) else {}
        for index in answer.get("value") or [answer]:
            if exchange.kind != "Index" or "fields" not in index:
                continue
            form = normal_form(shape, {"fields": index["fields"]})
            bare = [_bare(field) for field in index["fields"]]
            assert form == normal_form(shape, {"fields": bare})
            plain += len(bare)
    assert plain > 100


def _bare(field: Any) -> Any:
    """Only what nobody could guess: false where the default is true, and the like."""
    if "fields" in field:
        return {**field, "fields": [_bare(sub) for sub in field["fields"]]}
    always = {"name", "type", "analyzer", "dimensions", "vectorSearchProfile", "key", "stored"}
    always |= {"searchable"} if field.get("dimensions") else set()
    told = {k: v for k, v in field.items() if k in always}
    off = {k: v for k, v in field.items() if v is False and k != "sortable"}
    alone = not field["type"].startswith("Collection(") and field["sortable"] is False
    return told | off | ({"sortable": False} if alone else {})


def test_an_empty_object_is_there() -> None:
    """What is declared empty comes back with nulls: both mean its defaults."""
    shape = kind("Indexer").shape
    empty, shown = {"cache": {}}, {"cache": {"id": None, "enableReprocessing": None}}
    assert normal_form(shape, empty) == normal_form(shape, shown)
    assert normal_form(shape, empty) != normal_form(shape, {"cache": None})
