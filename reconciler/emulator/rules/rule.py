"""A rule: what the service does or says, and how we know."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Evidence(StrEnum):
    SEEN = "seen"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Rule:
    """A refusal when it has a status, a plain behaviour when it has none.

    `code` and `detail` make the index-style error (code and details); without them the error is the
    indexer-style one (empty code, no details). `parameter` is what the service calls the body.
    """

    id: str
    text: str
    evidence: Evidence
    source: str
    status: int = 0
    code: str = ""
    detail: str = ""
    parameter: str = ""


def invalid(id: str, text: str, evidence: Evidence, source: str, detail: str) -> Rule:
    """An index-style refusal of a definition."""
    return Rule(id, text, evidence, source, 400, "InvalidRequestParameter", detail, "definition")


def forbidden(id: str, text: str, evidence: Evidence, source: str, detail: str) -> Rule:
    """An index-style refusal of an operation."""
    return Rule(id, text, evidence, source, 400, "OperationNotAllowed", detail)
