"""Values that a service reads in more spellings than are listed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from pydantic import BeforeValidator


def any_spelling(listed: Any, canonical: Callable[[Any], Any]) -> BeforeValidator:
    """A validator that takes every spelling which is, in its one spelling, that of a listed value.

    Args:
        listed: a `Literal` of strings.
        canonical: the one spelling of a value, as in a `Canonical` mark; anything else as it is.
    """
    known = {canonical(value): value for value in get_args(listed)}

    def spelled(value: Any) -> Any:
        return known.get(canonical(value), value) if isinstance(value, str) else value

    return BeforeValidator(spelled)
