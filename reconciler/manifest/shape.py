"""pydantic's complaints about our own files (project, envelope) as problems with their places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from reconciler.kinds.validation import explain, near_miss
from reconciler.model.problem import Problem, Where


def findings(error: ValidationError, model: type[BaseModel], where: Where) -> Iterator[Problem]:
    """Every problem of a validation error, none quoting the value it is about."""
    for detail in error.errors(include_url=False):
        loc = tuple(detail["loc"])
        if detail["type"] == "extra_forbidden":
            known = _properties(model, loc[:-1])
            message = f"unknown property `{loc[-1]}`"
            fix = near_miss(str(loc[-1]), known)
            yield Problem("unknown-property", message, where.at(*loc, of_key=True), fix)
        else:
            found = explain(detail, ())
            yield Problem(found.code, found.message, where.at(*found.position), found.fix)


def _properties(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """The names that a model knows at a place."""
    here: Any = model
    for part in loc:
        fields = getattr(here, "model_fields", None)
        if fields is None:
            continue
        field = fields.get(part)
        here = _model_in(field.annotation) if field is not None else here
    return list(getattr(here, "model_fields", {}))


def _model_in(annotation: Any) -> Any:
    """The model inside `dict[str, Model]`, `list[Model]` or `Model | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _model_in(argument)
        if found is not None:
            return found
    return None
