"""Names, durations, moments and connection strings."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from reconciler.providers.search.kinds import naming
from reconciler.providers.search.kinds.datasource import Credentials
from reconciler.providers.search.kinds.scalars import (
    Duration,
    Interval,
    Moment,
    spell_duration,
    spell_moment,
)
from reconciler.schema.body import shape_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PT60M", "PT1H"),
        ("P0DT1H", "PT1H"),
        ("PT24H", "P1D"),
        ("PT90S", "PT1M30S"),
        ("PT0S", "P0D"),
        ("-PT60S", "-PT1M"),
        ("PT1.50S", "PT1.5S"),
        ("P1DT0H", "P1D"),
        ("P365D", "PT8760H"),
    ],
)
def test_one_duration_has_one_spelling(one: str, other: str) -> None:
    assert spell_duration(one) == spell_duration(other)


@pytest.mark.parametrize("canonical", ["PT1H", "P1D", "PT1M30S", "P1DT2H", "PT0S", "-P1D", "PT30S"])
def test_the_spelling_is_the_short_one(canonical: str) -> None:
    assert spell_duration(canonical) == canonical


@pytest.mark.parametrize("text", ["1h", "PT", "P", "P1DT", "P1Y", "PT1H2", "", "pt1h"])
def test_what_is_no_duration(text: str) -> None:
    assert spell_duration(text) == text
    with pytest.raises(ValidationError):
        TypeAdapter(Duration).validate_python(text)


@pytest.mark.parametrize(
    ("text", "good"), [("PT5M", True), ("PT4M59S", False), ("P1D", True), ("P2D", False)]
)
def test_an_indexer_runs_every_five_minutes_to_every_day(text: str, good: bool) -> None:
    if good:
        TypeAdapter(Interval).validate_python(text)
    else:
        with pytest.raises(ValidationError, match="between PT5M and P1D"):
            TypeAdapter(Interval).validate_python(text)


def test_one_moment_has_one_spelling() -> None:
    assert spell_moment("2026-04-01T02:00:00+02:00") == "2026-04-01T00:00:00Z"
    assert spell_moment("2026-04-01T00:00:00.000Z") == "2026-04-01T00:00:00Z"
    assert spell_moment("soon") == "soon"
    with pytest.raises(ValidationError):
        TypeAdapter(Moment).validate_python("2026-04-01T00:00:00")


NAMES = [
    (
        naming.IndexName,
        ["docs", "a1", "docs-v2", "my_index", "1st"],
        ["a", "Docs", "a--b", "a-_b", "-a", "a" * 129],
    ),
    (naming.ObjectName, ["a", "docs-indexer", "x" * 128], ["", "-a", "a-", "a_b", "A", "x" * 129]),
    (naming.FieldName, ["id", "Hotel_Name2"], ["", "2a", "_a", "a-b", "azureSearchKey", "ä"]),
    (naming.PartName, ["MyProfile", "sg"], ["", "my profile", "a-b"]),
    (naming.AnalysisName, ["my analyzer", "a-b_c", "x"], ["", "-a", "a-", "a.b"]),
]


@pytest.mark.parametrize(("rule", "good", "bad"), NAMES)
def test_names(rule: Any, good: list[str], bad: list[str]) -> None:
    adapter: TypeAdapter[str] = TypeAdapter(rule)
    for name in good:
        adapter.validate_python(name)
    for name in bad:
        with pytest.raises(ValidationError) as error:
            adapter.validate_python(name)
        message = error.value.errors(include_input=False)[0]["msg"]
        assert len(name) < 2 or f"'{name}'" not in message


@pytest.mark.parametrize(
    ("connection", "harmless"),
    [
        ("ResourceId=/subscriptions/x/resourceGroups/y/providers/z;", True),
        ("Database=d;ResourceId=/subscriptions/x;Connection Timeout=30;", True),
        ("ResourceId=/subscriptions/x;Database=d;ApiKind=SQL;IdentityAuthType=AccessToken", True),
        ("WorkspaceEndpoint=https://w.z00.blob.fabric.microsoft.com", True),
        ("ResourceId=/subscriptions/x;AccountKey=k", False),
        ("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=k;", False),
        ("BlobEndpoint=https://x;SharedAccessSignature=?sv=1;", False),
        ("", False),
    ],
)
def test_a_connection_string_without_a_secret(connection: str, harmless: bool) -> None:
    secret = shape_of(Credentials).properties["connectionString"].secret
    assert secret is not None
    assert secret.harmless is not None
    assert secret.harmless(connection) is harmless
