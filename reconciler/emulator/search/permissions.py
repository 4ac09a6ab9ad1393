"""Which documents a request may see, where the index has permission filters.

The documentation's search-query-access-control-rbac-enforcement and
search-index-access-control-lists-and-rbac-push-api. Whose groups and roles a token gives is asked
of Microsoft Graph and of Azure: a request with one is refused by name, never answered unfiltered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reconciler.emulator.context import Context
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.search.schema import Schema

if TYPE_CHECKING:
    from reconciler.emulator.search.columns import Mask
    from reconciler.emulator.search.holding import Holding

Body = dict[str, Any]

TOKEN = "x-ms-query-source-authorization"
ELEVATED = "x-ms-enable-elevated-read"
ELEVATED_SINCE = "2025-11-01"
LISTS = ("userIds", "groupIds")  # of ids; only these can say "all"
EVERYBODY = "all"


def public_only(context: Context, schema: Schema) -> bool:
    """Whether the request may see public documents only. Raises Refusal for a user's token."""
    if schema.index.get("permissionFilterOption") != "enabled":
        return False
    if not any(field.get("permissionFilter") for field in schema.index["fields"]):
        return False
    if _elevated(context):
        return False
    if context.request.headers.get(TOKEN):
        raise Refusal("not-emulated", path=f"the permissions of a user ({TOKEN})")
    return True


def public(holding: Holding) -> Mask:
    """(n,): which slots have a document that everybody may see."""
    import numpy as np

    names = [
        field["name"]
        for field in holding.schema.index["fields"]
        if field.get("permissionFilter") in LISTS
    ]
    found = [any(_says_all(document, name) for name in names) for document in holding.documents]
    return np.array(found, np.bool_)


def _says_all(document: Body | None, name: str) -> bool:
    value = (document or {}).get(name)
    return value == EVERYBODY or (isinstance(value, list) and EVERYBODY in value)


def _elevated(context: Context) -> bool:
    """An administrator's look at everything, by a POST search of the newer previews only."""
    request, version = context.request, context.version
    asked = request.headers.get(ELEVATED, "").lower() == "true"
    searches = request.method == "POST" and request.address.action.endswith("search")
    return asked and searches and version.preview and version.date >= ELEVATED_SINCE
