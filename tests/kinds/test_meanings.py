"""Every property of every kind says what it means, beside the model that declares it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reconciler import providers
from reconciler.providers import CATALOGUE, LOCAL_KINDS, kind
from reconciler.schema import describe, meanings
from reconciler.schema.body import Body, Property, beneath, shape_of

KINDS = (*CATALOGUE, *LOCAL_KINDS)
FILES = sorted(Path(providers.__file__).parent.rglob("*.md"))
WORDS = 3


def properties(name: str) -> Iterator[tuple[type[Body], Property]]:
    """Every property of a kind, in every variant; but for etags, and its name, the metadata's."""
    body = kind(name).body
    for model in beneath(body):
        for known in shape_of(model).properties.values():
            if known.name != "@odata.etag" and (model, known.name) != (body, "name"):
                yield model, known


@pytest.mark.parametrize("name", KINDS)
def test_every_property_has_one(name: str) -> None:
    said = {(m.__name__, p.name): describe.meaning(m, p) for m, p in properties(name)}
    assert said
    assert [place for place, text in said.items() if len(text.split()) < WORDS] == []


def declared() -> Iterator[tuple[Path, str, str]]:
    """Where each property of a model is to be explained, the model's name, its own."""
    for model in {m for name in KINDS for m in beneath(kind(name).body)}:
        for above in model.__mro__:
            if issubclass(above, Body):
                file = meanings.file_of(above)
                yield from ((file, above.__name__, own) for own in shape_of(above).properties)


def test_none_is_left_over() -> None:
    """Each text is about a property that its model has."""
    written = {(file, *place) for file in FILES for place in meanings.read(file)}
    assert len(written) > 500
    assert written - set(declared()) == set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_each_is_a_sentence_of_its_own(file: Path) -> None:
    """A text that holds of several stands once, under all of their names."""
    lines = file.read_text(encoding="utf-8").splitlines()
    items = [line for line in lines if line.startswith("- ")]
    texts = set(meanings.read(file).values())
    assert items
    assert len(texts) == len(items)
    for text in texts:
        assert text[0].isupper() or text.startswith("`")
        assert text.endswith(".")
        assert len(text.split()) >= WORDS, text


def test_what_a_model_takes_over_means_what_it_meant() -> None:
    [vectors] = [m for m in beneath(kind("Index").body) if m.__name__ == "Vector"]
    [simple] = [m for m in beneath(kind("Index").body) if m.__name__ == "Field"]
    told = meanings.meaning
    assert told(vectors, "dimensions") == told(simple, "dimensions") != ""
    assert told(vectors, "searchable") != told(simple, "searchable")
    assert told(vectors, "nonsense") == ""
