"""Walks the catalogue: a kind that is incomplete, or contradicts itself, fails here."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter

from reconciler.model.effect import Effect
from reconciler.model.versions import is_version
from reconciler.providers import CATALOGUE, kind
from reconciler.schema.body import Body, Property, shape_of, variant


def models(model: type[Body], seen: set[type[Body]] | None = None) -> Iterator[type[Body]]:
    """A model and every model beneath it."""
    seen = set() if seen is None else seen
    if model in seen:
        return
    seen.add(model)
    yield model
    for prop in shape_of(model).properties.values():
        for inner in held(prop):
            yield from models(inner, seen)


def held(prop: Property) -> Iterator[type[Body]]:
    if prop.model is not None:
        yield prop.model
    for tag in prop.one_of.variants if prop.one_of is not None else ():
        found = variant(prop.one_of, tag)  # type: ignore[arg-type]
        assert found is not None
        yield found


ALL = [(name, model) for name in CATALOGUE for model in models(kind(name).body)]
PROPERTIES = [
    pytest.param(model, prop, id=f"{name}-{model.__name__}.{prop.name}")
    for name, model in ALL
    for prop in shape_of(model).properties.values()
]


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_kind_is_complete(name: str) -> None:
    module = importlib.import_module(CATALOGUE[name])
    declared = module.KIND
    assert declared.name == name
    assert declared.page.startswith("https://learn.microsoft.com/")
    manual = module.__doc__ or ""
    assert manual.startswith(f"{name}: ")
    assert "https://learn.microsoft.com/" in manual
    assert all(is_version(since) for since in declared.since.split("|"))
    first = next(iter(declared.shape.properties.values()))
    assert (first.name, first.required) == ("name", True)


@pytest.mark.parametrize(("name", "model"), ALL, ids=[f"{n}-{m.__name__}" for n, m in ALL])
def test_a_model_says_what_it_is(name: str, model: type[Body]) -> None:
    assert model.__doc__ or model.__mro__[1].__doc__, f"{name}: {model.__name__} has no docstring"
    assert model.__doc__ != Body.__doc__
    for field in model.model_fields.values():
        assert "ForwardRef" not in repr(field.annotation), "shape_of would miss its marks"


@pytest.mark.parametrize(("model", "prop"), PROPERTIES)
def test_marks_agree_with_the_model(model: type[Body], prop: Property) -> None:
    if prop.since is not None:
        assert all(is_version(since) for since in prop.since.version.split("|"))
    if prop.until is not None:
        assert is_version(prop.until.version)
        assert prop.until.instead in ("", *shape_of(model).properties)
    if prop.one_of is not None:
        assert prop.one_of.until.keys() <= prop.one_of.variants.keys()
        assert all(is_version(last) for last, _ in prop.one_of.until.values())
        assert all(tag in prop.one_of.variants for _, tag in prop.one_of.until.values())
        assert set(prop.one_of.since) <= set(prop.one_of.variants)
        assert all(is_version(s) for v in prop.one_of.since.values() for s in v.split("|"))
        for tag, inner in zip(prop.one_of.variants, held(prop), strict=True):
            assert tag_accepted(inner, prop.one_of.tag, tag)
    if prop.keyed is not None:
        assert prop.many
        assert all(prop.keyed.name in shape_of(inner).properties for inner in held(prop))
    if prop.unordered is not None:
        assert prop.many
        assert not prop.holds_objects
    if prop.ref is not None:
        assert prop.ref.kind in CATALOGUE
    if prop.default is not None and not callable(prop.default.value):
        assert accepts(model, prop, prop.default.value)
    assert not (prop.default is not None and prop.required)


CREDENTIALS = {
    "apiKey",
    "applicationSecret",
    "connectionString",
    "headers",
    "httpHeaders",
    "key",
    "storageConnectionString",
}


FIXED = ("reconciler.providers.search.kinds.knowledgesource.", "connectionString")
"""Where the documentation says that not even a credential is editable: module and property."""


@pytest.mark.parametrize(("model", "prop"), PROPERTIES)
def test_every_credential_is_secret_and_changes_in_place(model: type[Body], prop: Property) -> None:
    credential = (
        prop.name in CREDENTIALS
        and model.__module__ != "reconciler.providers.search.kinds.index.field"
    )
    assert (prop.secret is not None) == credential
    if credential:
        fixed = model.__module__.startswith(FIXED[0]) and prop.name == FIXED[1]
        assert prop.changes is not None
        assert prop.changes.effect == (Effect.RECREATE if fixed else Effect.IN_PLACE)


def accepts(model: type[Body], prop: Property, value: Any) -> bool:
    """Whether a property's own validation takes a value."""
    fields = model.model_fields.items()
    field = next(f for name, f in fields if prop.name == (f.alias or name))
    annotated: Any = Annotated.__class_getitem__((field.annotation, None, *field.metadata))  # type: ignore[attr-defined]
    TypeAdapter(annotated).validate_python(value, strict=True)
    return True


def tag_accepted(model: type[Body], tag: str, value: str) -> bool:
    return accepts(model, shape_of(model).properties[tag], value)


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        (
            "reconciler.providers.search.kinds.index",
            ["analyzers", "tokenizers", "token_filters", "char_filters"],
        ),
        (
            "reconciler.providers.search.kinds.skillset",
            ["text", "language", "vision", "documents", "endpoints"],
        ),
    ],
)
def test_families_are_loaded_only_when_used(module: str, heavy: list[str]) -> None:
    code = f"import sys, {module}; print([m for m in {heavy!r} if '{module}.' + m in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def test_kinds_are_loaded_only_when_used() -> None:
    code = "import sys; from reconciler.providers import kind; kind('Indexer'); print(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    others = set(CATALOGUE.values()) - {CATALOGUE["Indexer"]}
    assert others.isdisjoint(result.stdout.split())
