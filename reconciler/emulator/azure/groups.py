"""Resource groups, the subscription, and lists of what is in them."""

from __future__ import annotations

import re

from reconciler.emulator.azure import operations
from reconciler.emulator.azure.kind import Call, Kind
from reconciler.emulator.azure.locations import DISPLAY, short
from reconciler.emulator.azure.resources import Body, Resource
from reconciler.emulator.azure.subscription import ACCOUNT, GROUP, SEARCH, TENANT
from reconciler.emulator.exchange import Reply
from reconciler.emulator.refusals import Refusal

VERSIONS = (
    *("2018-05-01", "2019-03-01", "2019-05-01", "2019-05-10", "2019-07-01", "2019-08-01"),
    *("2019-10-01", "2020-06-01", "2020-08-01", "2020-10-01", "2021-01-01", "2021-04-01"),
    *("2022-09-01", "2023-07-01", "2024-03-01", "2024-07-01", "2024-11-01", "2025-03-01"),
    "2025-04-01",
)
NAME = re.compile(r"[-\w.()]{1,90}")
TAG_FILTER = re.compile(r"tagname eq '([^']*)'(?: and tagvalue eq '([^']*)')?", re.IGNORECASE)


class Groups(Kind):
    """azure-management FACTS 1.1: creation is synchronous, deletion is not."""

    type = GROUP
    versions = VERSIONS

    def get(self, call: Call) -> Reply:
        return Reply.json(200, shown(call.group))

    def head(self, call: Call) -> Reply:
        """Recorded: a 404 has no body."""
        if call.azure.resources.get(_id(call)) is None:
            return Reply(404, headers={"x-ms-failure-cause": "gateway"})
        return Reply(204)

    def put(self, call: Call) -> Reply:
        name = call.address.name
        body = call.body({"provisioningState": str})
        if not NAME.fullmatch(name) or name.endswith("."):
            wrong = "".join(dict.fromkeys(re.sub(r"[-\w.()]", "", name))) or name[-1]
            raise Refusal("arm-group-name", group=name, wrong=wrong)
        location = str(body.get("location") or "")
        if not location:
            raise Refusal("arm-location-required")
        if short(location) not in DISPLAY:
            raise Refusal("arm-group-location", location=location, known=",".join(DISPLAY))
        old = call.azure.resources.get(_id(call))
        if old is not None:
            call.check_open()
            standing = old.body["location"]
            if standing != short(location):
                wanted = short(location)
                raise Refusal("arm-group-other-location", location=standing, wanted=wanted)
        stored: Body = {"location": short(location), "properties": {}}
        for key in ("managedBy", "tags"):
            if body.get(key) is not None:
                stored[key] = body[key]
        group = old or Resource(_id(call), GROUP, stored, call.now)
        group.body = stored
        call.azure.resources.put(group)
        return Reply.json(200 if old else 201, shown(group))

    def patch(self, call: Call) -> Reply:
        call.check_open()
        group = call.group
        body = call.body({"provisioningState": str})
        for key in ("managedBy", "tags"):
            if key in body:
                group.body[key] = body[key]
        return Reply.json(200, shown(group))

    def delete(self, call: Call) -> Reply:
        group = call.group
        ends = group.hidden.setdefault("gone", call.now + call.azure.durations.group_delete)
        return operations.begun(call, "operationresults", group.id, ends)

    def listed(self, call: Call) -> Reply:
        groups = call.azure.resources.of_type(GROUP)
        text = call.request.query.get("$filter")
        if text is not None:
            match = TAG_FILTER.fullmatch(text.strip())
            if match is None:
                raise Refusal("arm-not-emulated", what=f"the filter {text}")
            groups = [group for group in groups if _has_tag(group, match[1], match[2])]
        return call.page([shown(group) for group in groups])

    def act(self, call: Call, action: str) -> Reply:
        del call
        raise Refusal("arm-not-emulated", what=f"POST {action} of a resource group")


class GroupResources(Kind):
    """What is in a group: the resources that have a location; children and roles are not listed."""

    type = "Microsoft.Resources/resourceGroups/resources"
    versions = VERSIONS

    def listed(self, call: Call) -> Reply:
        return _resources(call, call.group.id)


class SubscriptionResources(Kind):
    """What is in the subscription, likewise."""

    type = "Microsoft.Resources/resources"
    versions = VERSIONS

    def listed(self, call: Call) -> Reply:
        return _resources(call, "")


class Subscriptions(Kind):
    """The one subscription that there is."""

    type = "Microsoft.Resources/subscriptions"
    versions = ("2016-06-01", "2019-06-01", "2020-01-01", "2021-01-01", "2022-12-01")

    def get(self, call: Call) -> Reply:
        return Reply.json(200, _subscription(call.azure.id))

    def listed(self, call: Call) -> Reply:
        return call.page([_subscription(call.azure.id)])


def _id(call: Call) -> str:
    return f"/subscriptions/{call.azure.id}/resourceGroups/{call.address.group}"


def shown(group: Resource) -> Body:
    """Recorded (ResourceGroup-*): tags and managedBy only if they were sent."""
    deleting = "gone" in group.hidden
    head = {"id": group.id, "name": group.name, "type": GROUP}
    state = {"provisioningState": "Deleting" if deleting else "Succeeded"}
    return head | group.body | {"properties": state}


def _has_tag(group: Resource, name: str, value: str | None) -> bool:
    tags = group.body.get("tags") or {}
    return name in tags and (value is None or tags[name] == value)


def _resources(call: Call, scope: str) -> Reply:
    if "$filter" in call.request.query:
        raise Refusal("arm-not-emulated", what=f"the filter {call.request.query['$filter']}")
    keys = ("kind", "location", "tags", "sku", "identity")
    items = []
    for type in (SEARCH, ACCOUNT):
        for found in call.azure.resources.of_type(type, scope):
            head = {"id": found.id, "name": found.name, "type": type}
            items.append(head | {key: found.body[key] for key in keys if found.body.get(key)})
    return call.page(items)


def _subscription(id: str) -> Body:
    return {
        "id": f"/subscriptions/{id}",
        "authorizationSource": "RoleBased",
        "managedByTenants": [],
        "subscriptionId": id,
        "tenantId": TENANT,
        "displayName": "Emulated",
        "state": "Enabled",
        "subscriptionPolicies": {
            "locationPlacementId": "Public_2014-09-01",
            "quotaId": "PayAsYouGo_2014-09-01",
            "spendingLimit": "Off",
        },
    }
