"""SynonymMap: words that mean the same, for the queries on the fields that name the map.

Queries are expanded, documents are not touched: a new map or rule works from the next query on. A
field names at most one map. A map that fields still name can be deleted; queries on those fields
fail from then on.

https://learn.microsoft.com/azure/search/search-synonyms
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from reconciler.providers.search.kinds.encryption import OptionalKey
from reconciler.providers.search.kinds.naming import ObjectName
from reconciler.schema.body import Body
from reconciler.schema.kind import Kind
from reconciler.schema.marks import Canonical, ServerOwned


def _spell_rules(text: Any) -> Any:
    """The rules without empty lines and spaces around them: a YAML block ends with a line break."""
    if not isinstance(text, str):
        return text
    return "\n".join(rule for line in text.splitlines() if (rule := line.strip()))


class SynonymMap(Body):
    """The rules: one a line, in the format of Apache Solr (`USA, United States`, `Wash. => WA`)."""

    name: ObjectName
    format: Literal["solr"]
    # A list in the schema, a string on the wire (recordings-modern/synonymmap_crud).
    synonyms: Annotated[str, Canonical(_spell_rules)]
    encryptionKey: OptionalKey = None
    etag: Annotated[str | None, ServerOwned()] = Field(default=None, alias="@odata.etag")


KIND = Kind(
    name="SynonymMap",
    type_on_service="synonymmaps",
    body=SynonymMap,
    since="2016-09-01-preview|2017-11-11",
    page="https://learn.microsoft.com/rest/api/searchservice/synonym-maps",
)
