"""Rules for names, which validation says in words and editors know as patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import AfterValidator


@dataclass(frozen=True)
class _Rule(AfterValidator):
    """A validator that editors can know of, too."""

    pattern: str = ""

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        return {**handler(core), "pattern": f"^({self.pattern})$"}


def name_rule(pattern: str, text: str) -> _Rule:
    """Names must match the pattern; the text says the rule, never the name."""
    compiled = re.compile(pattern)

    def check(name: str) -> str:
        if compiled.fullmatch(name) is None:
            raise ValueError(f"must be {text}")
        return name

    return _Rule(check, pattern)
