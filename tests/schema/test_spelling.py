"""Listed values in other spellings than they are listed in."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import ValidationError

from reconciler.schema.body import Body
from reconciler.schema.spelling import any_spelling


def _joined(value: Any) -> Any:
    return value.lower().replace("-", "") if isinstance(value, str) else value


Word = Literal["Left-Right", "up"]


class Sign(Body):
    """A value of a list, in any case and with or without a dash."""

    way: Annotated[Word, any_spelling(Word, _joined)]


@pytest.mark.parametrize("way", ["Left-Right", "leftright", "LEFT-RIGHT", "up", "U-p"])
def test_every_spelling_is_taken(way: str) -> None:
    assert _joined(Sign.model_validate({"way": way}).way) == _joined(way)
    assert Sign.model_validate({"way": way}).way in ("Left-Right", "up")


@pytest.mark.parametrize("way", ["left", "", 3, None, ["up"]])
def test_anything_else_is_not(way: Any) -> None:
    with pytest.raises(ValidationError):
        Sign.model_validate({"way": way})
