"""Check: what must hold on the service once it is filled, asked by `reconciler test`.

Either of an `index` (or an alias of one): how many documents it holds, and what a query finds. Or
of an `indexer`: that its last run succeeded. Nothing of it is written to the search service.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from reconciler.schema.body import Body
from reconciler.schema.kind import Kind
from reconciler.schema.marks import ServerDefault

_Count = Annotated[int | None, Field(ge=0)]


class ExpectedDocument(Body):
    """A document that the query must find among the first `within` (all that it returns)."""

    where: dict[str, Any] | None = None
    contains: str | None = None
    within: Annotated[int | None, Field(ge=1, le=1000)] = None


class ExpectedNumber(Body):
    """The least and the most that there may be."""

    min: _Count = None
    max: _Count = None


class Expectation(Body):
    """What must hold: of an index the first three, of an indexer the other two."""

    minCount: Annotated[int | None, Field(ge=1, le=1000)] = None
    documents: list[ExpectedDocument] | None = None
    documentCount: ExpectedNumber | None = None
    maxErrors: Annotated[int | None, Field(ge=0), ServerDefault(0)] = None
    maxWarnings: _Count = None


class Check(Body):
    """What is asked, and what must hold. `query` is the body of the REST API's search."""

    name: str
    index: str | None = None
    query: dict[str, Any] | None = None
    indexer: str | None = None
    expect: Expectation | None = None


KIND = Kind(
    name="Check",
    body=Check,
    since="2015-02-28",
    page="https://learn.microsoft.com/rest/api/searchservice/documents/search-post",
)
