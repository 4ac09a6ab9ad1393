"""What objects say of themselves: filled in where it is live and stays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from reconciler.model import pointer
from reconciler.model.resource import Resource
from reconciler.model.resource_id import ResourceId
from reconciler.model.unknown import Unknown
from reconciler.planning.outputs import with_known_outputs
from tests.planning.stated import Body, entry, live, resource, situation

VERSION = "2025-05-01"
SERVICE = ResourceId("SearchService", "s")


def output(path: str, of: ResourceId = SERVICE) -> Unknown:
    return Unknown(of, of.name, VERSION, pointer.parse(path))


WHO, ENDPOINT = output("/identity/principalId"), output("/properties/endpoint")
BASIC: Body = {"sku": {"name": "basic"}, "identity": {"type": "SystemAssigned"}}
SHOWN = {
    "sku": {"name": "basic"},
    "identity": {"type": "SystemAssigned", "principalId": "guid"},
    "properties": {"endpoint": "https://s", "replicaCount": 1},
}
LATER = {**SHOWN, "identity": {"type": "SystemAssigned"}}
NONE = {**SHOWN, "identity": {"type": "None"}}
FREE = {**BASIC, "properties": {"replicaCount": 3}}
KNOWN: dict[str, tuple[Unknown, Body, Body | None, Any]] = {
    "live, and stays": (WHO, BASIC, SHOWN, "guid"),
    "live, another one": (ENDPOINT, BASIC, SHOWN, "https://s"),
    "not there yet": (WHO, BASIC, None, WHO),
    "there, without it": (WHO, BASIC, LATER, WHO),
    "changed by an edit of this plan": (WHO, {**BASIC, "identity": {"type": "None"}}, SHOWN, WHO),
    "kept by an edit of something else": (WHO, FREE, SHOWN, "guid"),
    "another, kept by an edit of the first": (
        ENDPOINT,
        {**BASIC, "identity": {"type": "None"}},
        SHOWN,
        "https://s",
    ),
    "not known to the schema": (output("/unheard"), BASIC, SHOWN, output("/unheard")),
}


@pytest.mark.parametrize(("asked", "desired", "now", "said"), KNOWN.values(), ids=KNOWN)
@pytest.mark.parametrize("first", [False, True], ids=["user last", "user first"])
def test_known_outputs(
    asked: Unknown, desired: Body, now: Body | None, said: Any, first: bool
) -> None:
    user = resource("RoleAssignment/r", {"principal": asked, "role": "reader"}, VERSION)
    user = _depending(user, SERVICE)
    service = resource("SearchService/s", desired, VERSION)
    listed = [user, service] if first else [service, user]
    shown = [] if now is None else [live("SearchService/s", now, VERSION)]
    inputs = with_known_outputs(situation(listed, shown))
    assert [one.id for one in inputs.resources] == [one.id for one in listed]
    assert inputs.by_id[user.id].body == {"principal": said, "role": "reader"}
    assert inputs.by_id[service.id].body == desired


def _depending(user: Resource, *needed: ResourceId) -> Resource:
    """A document that says what it needs, as loading adds it where an output is used."""
    return replace(user, depends_on=needed)


def test_what_is_owned_is_compared_with_its_entry() -> None:
    user = _depending(resource("RoleAssignment/r", {"principal": WHO}, VERSION), SERVICE)
    service = resource("SearchService/s", BASIC, VERSION)
    inputs = situation(
        [user, service],
        [live("SearchService/s", SHOWN, VERSION)],
        [entry("SearchService/s", BASIC, SHOWN)],
    )
    assert with_known_outputs(inputs).by_id[user.id].body == {"principal": "guid"}


def test_an_output_of_what_no_document_declares() -> None:
    user = resource("RoleAssignment/r", {"principal": WHO}, VERSION)
    inputs = situation([user], [live("SearchService/s", SHOWN, VERSION)])
    assert with_known_outputs(inputs).by_id[user.id].body == {"principal": "guid"}


def test_without_outputs_nothing_is_looked_at() -> None:
    inputs = situation([resource("SearchService/s", BASIC, VERSION)], [])
    assert with_known_outputs(inputs) is inputs
