"""What every generator is made of: properties that may be left out, and secrets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

Body = dict[str, Any]

Names = Mapping[str, Sequence[str]]
"""The names that may be referred to, by kind."""

# What the service means by a property that is left out (FACTS c, and the schema's own words).
DEFAULTS: Body = {
    "allowSkillsetToReadFileData": False,
    "constantBoostBeyondRange": False,
    "context": "/document",
    "dataToExtract": "contentAndMetadata",
    "defaultLanguageCode": "en",
    "disabled": False,
    "efConstruction": 400,
    "efSearch": 500,
    "executionEnvironment": "standard",
    "firstLineContainsHeaders": True,
    "functionAggregation": "sum",
    "imageAction": "none",
    "insertPostTag": " ",
    "insertPreTag": " ",
    "interpolation": "linear",
    "m": 4,
    "maxFailedItems": 0,
    "maxFailedItemsPerBatch": 0,
    "maximumPagesToTake": 0,
    "metric": "cosine",
    "pageOverlapLength": 0,
    "parsingMode": "default",
    "projectionMode": "includeIndexingParentDocuments",
    "rankingOrder": "BoostedRerankerScore",
    "textSplitMode": "pages",
    "unit": "characters",
}

# Left out, these mean "any value will do": an earlier one stays.
CHOSEN = frozenset(
    {
        "base64EncodeKeys",
        "batchSize",
        "degreeOfParallelism",
        "httpMethod",
        "includeSubpages",
        "maxAgeInSeconds",
        "maximumPageLength",
        "startTime",
        "timeout",
    }
)

IDENTITY = "/subscriptions/0/resourceGroups/g/providers/Microsoft.ManagedIdentity/identities"
SECRETS = ("alpha", "beta")

_ABSENT = object()


def optional(draw: st.DrawFn, body: Body, name: str, *values: Any) -> None:
    """A property that is left out, null, written out as its default, or one of some values."""
    default = (DEFAULTS[name],) if name in DEFAULTS else ()
    value = draw(st.sampled_from((_ABSENT, None, *default, *values)))
    if value is not _ABSENT:
        body[name] = value


def perhaps(draw: st.DrawFn, body: Body, name: str, value: Any) -> None:
    """A property that is left out or has a value; null would mean "keep" there."""
    if draw(st.booleans()):
        body[name] = value


def secret(draw: st.DrawFn) -> str:
    """A string that is a secret."""
    return f"${{secret.{draw(st.sampled_from(SECRETS))}}}"


def connection(draw: st.DrawFn) -> str:
    """A storage connection string, with a key or with none."""
    resource = "ResourceId=/subscriptions/0/resourceGroups/g/providers/x/storageAccounts/docs;"
    key = f"DefaultEndpointsProtocol=https;AccountName=docs;AccountKey={secret(draw)}"
    return draw(st.sampled_from((resource, key, secret(draw))))


def identity(draw: st.DrawFn, body: Body, name: str) -> None:
    """An identity of the user's, spelled-out none, or nothing."""
    none = {"@odata.type": "#Microsoft.Azure.Search.DataNoneIdentity"}
    mine = {
        "@odata.type": "#Microsoft.Azure.Search.DataUserAssignedIdentity",
        "userAssignedIdentity": f"{IDENTITY}/{draw(st.sampled_from('ab'))}",
    }
    optional(draw, body, name, none, mine)


def some(draw: st.DrawFn, values: list[Any], least: int = 0) -> list[Any]:
    """Some of the values, in any order."""
    return draw(st.permutations(values))[: draw(st.integers(least, len(values)))]


def respelled(draw: st.DrawFn, value: Any) -> Any:
    """The same spec with defaults spelled in another way, and its properties in another order."""
    if isinstance(value, list):
        return [respelled(draw, inner) for inner in value]
    if not isinstance(value, dict):
        return value
    body: Body = {}
    for name in reversed(value):
        if name in DEFAULTS and value[name] in (None, DEFAULTS[name]):
            optional(draw, body, name)
        else:
            body[name] = respelled(draw, value[name])
    return body
