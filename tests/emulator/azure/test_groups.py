"""Resource groups: azure-management FACTS 1.1."""

from __future__ import annotations

import pytest

from .conftest import ACCOUNT, GROUP, ROOT, SEARCH, Subscription, account_body, service_body


def test_a_group_is_made_at_once_and_shows_what_was_sent(azure: Subscription) -> None:
    body = {"location": "West US 2", "tags": {"a": "b"}, "managedBy": "somebody"}
    reply = azure.call("PUT", GROUP, body)
    assert (reply.status_code, reply.json()) == (
        201,
        {
            "id": GROUP,
            "name": "docs-rg",
            "type": "Microsoft.Resources/resourceGroups",
            "location": "westus2",
            "managedBy": "somebody",
            "tags": {"a": "b"},
            "properties": {"provisioningState": "Succeeded"},
        },
    )
    again = azure.call("PUT", GROUP, {"location": "westus2"})
    assert again.status_code == 200
    assert "tags" not in again.json()


def test_a_group_changes_its_tags(grouped: Subscription) -> None:
    reply = grouped.call("PATCH", GROUP, {"tags": {"x": "y"}})
    assert (reply.status_code, reply.json()["tags"]) == (200, {"x": "y"})
    assert grouped.get(GROUP)["tags"] == {"x": "y"}


def test_a_group_is_asked_for_by_head(azure: Subscription) -> None:
    assert (azure.call("HEAD", GROUP).status_code, azure.call("HEAD", GROUP).content) == (404, b"")
    azure.group()
    assert azure.call("HEAD", GROUP).status_code == 204


@pytest.mark.parametrize(
    ("name", "location", "code"),
    [
        ("docs-rg", "nowhere", "LocationNotAvailableForResourceGroup"),
        ("docs-rg", "", "LocationRequired"),
        ("docs.", "westus", "InvalidParameter"),
        ("do!cs", "westus", "InvalidParameter"),
        ("d" * 91, "westus", "InvalidParameter"),
    ],
)
def test_a_group_that_cannot_be_is_refused(
    name: str, location: str, code: str, azure: Subscription
) -> None:
    path = f"{ROOT}/resourceGroups/{name}"
    assert azure.refused("PUT", path, {"location": location}) == (400, code)
    assert azure.call("HEAD", path).status_code == 404


def test_a_group_stays_where_it_is(grouped: Subscription) -> None:
    reply = grouped.call("PUT", GROUP, {"location": "eastus"})
    assert reply.status_code == 409
    assert reply.json()["error"]["message"] == (
        "Invalid resource group location 'eastus'. The Resource group already exists in location "
        "'westus2'."
    )


def test_groups_are_found_by_tag(azure: Subscription) -> None:
    azure.put(f"{ROOT}/resourceGroups/a", {"location": "westus", "tags": {"t": "1"}})
    azure.put(f"{ROOT}/resourceGroups/b", {"location": "westus", "tags": {"t": "2"}})

    def named(text: str) -> list[str]:
        found = azure.get(f"{ROOT}/resourcegroups", params={"$filter": text})
        return [one["name"] for one in found["value"]]

    assert named("tagName eq 't'") == ["a", "b"]
    assert named("tagname eq 't' and tagvalue eq '2'") == ["b"]
    path = f"{ROOT}/resourcegroups"
    assert azure.refused("GET", path, params={"$filter": "name eq 'a'"})[0] == 501


def test_the_deletion_of_a_group_takes_a_while_and_everything_in_it(
    grouped: Subscription,
) -> None:
    grouped.service()
    grouped.account()
    grouped.door("PUT", "durations", {"groupDelete": 60, "retryAfter": 15})
    reply = grouped.call("DELETE", GROUP)
    place = reply.headers["location"]
    assert (reply.status_code, reply.headers["retry-after"], reply.content) == (202, "15", b"")
    assert place.startswith(f"https://management.azure.com{ROOT}/operationresults/")
    assert grouped.get(GROUP)["properties"]["provisioningState"] == "Deleting"
    assert grouped.get(SEARCH)["name"] == "docs"
    for path, body in ((GROUP, {"location": "westus2"}), (SEARCH, service_body())):
        assert grouped.refused("PUT", path, body) == (409, "ResourceGroupBeingDeleted")
    waiting = grouped.call("GET", place, version=None)
    assert (waiting.status_code, waiting.headers["location"]) == (202, place)
    grouped.advance(61)
    ended = grouped.call("GET", place, version=None)
    assert (ended.status_code, ended.content) == (200, b"")
    assert grouped.refused("GET", GROUP) == (404, "ResourceGroupNotFound")
    assert grouped.refused("DELETE", GROUP) == (404, "ResourceGroupNotFound")
    assert grouped.refused("DELETE", SEARCH) == (404, "ResourceGroupNotFound")
    grouped.group()
    assert grouped.get(f"{GROUP}/resources") == {"value": []}


def test_a_poll_address_is_used_as_it_was_given(grouped: Subscription) -> None:
    grouped.door("PUT", "durations", {"groupDelete": 60})
    place = grouped.call("DELETE", GROUP).headers["location"]
    for other in (place.partition("&")[0], place.replace("2024-11-01", "2025-04-01"), place[:-1]):
        assert grouped.call("GET", other, version=None).status_code == 404
    assert grouped.call("GET", place, version=None).status_code == 202


def test_resources_of_a_group_are_those_with_a_location(azure: Subscription) -> None:
    azure.group()
    azure.put(f"{ROOT}/resourceGroups/other", {"location": "westus"})
    service = azure.service()
    azure.put(ACCOUNT, account_body())
    azure.put(f"{ACCOUNT}/blobServices/default/containers/handbook", {})
    azure.role(ACCOUNT, service["identity"]["principalId"])
    found = azure.get(f"{GROUP}/resources")["value"]
    assert [one["id"] for one in found] == [SEARCH, ACCOUNT]
    assert found[0]["location"] == "West US 2"
    assert azure.get(f"{ROOT}/resourceGroups/other/resources") == {"value": []}
    assert len(azure.get(f"{ROOT}/resources")["value"]) == 2
