"""A kind of resource, and one call about it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import quote

from reconciler.emulator.azure import shapes
from reconciler.emulator.azure.address import Address
from reconciler.emulator.azure.locations import DISPLAY, short
from reconciler.emulator.azure.resources import Body, Resource
from reconciler.emulator.azure.shapes import Shape
from reconciler.emulator.azure.subscription import GROUP, Subscription
from reconciler.emulator.exchange import Reply, Request
from reconciler.emulator.refusals import Refusal


@dataclass(frozen=True)
class Call:
    """A request to Azure Resource Manager in a version that the kind knows."""

    azure: Subscription
    request: Request
    address: Address
    version: str = ""

    @property
    def now(self) -> float:
        return self.azure.now

    @property
    def group(self) -> Resource:
        """The resource group that the address is in. Raises Refusal."""
        found = self.azure.resources.get(
            f"/subscriptions/{self.azure.id}/resourceGroups/{self.address.group}"
        )
        if found is None or found.type != GROUP:
            raise Refusal("arm-group", group=self.address.group)
        return found

    def check_open(self) -> None:
        """Raises Refusal where there is no group, or it takes nothing new."""
        if "gone" in self.group.hidden:
            raise Refusal("arm-group-deleting", group=self.group.name)

    def json(self) -> Body:
        """The request's body. Raises Refusal where it is no JSON object."""
        try:
            given = json.loads(self.request.body or b"{}")
        except ValueError:
            given = None
        if not isinstance(given, dict):
            raise Refusal("arm-body", reason="it is no JSON object")
        return given

    def body(self, properties: Mapping[str, Shape]) -> Body:
        """The request's definition; `properties` are those that it may have.

        Raises:
            Refusal: it is no object, or has something strange.
        """
        given = self.json()
        shapes.check(given, properties)
        return given

    def page(self, items: list[Body], size: str = "$top", ends: Body | None = None) -> Reply:
        """A list, or a page of it; `ends` is what the last page has besides `value`."""
        query = self.request.query
        start, asked = (query.get(key, "") for key in ("$skiptoken", size.lower()))
        if any(text and not text.isdecimal() for text in (start, asked)):
            raise Refusal("arm-body", reason=f"{size} and $skiptoken are whole numbers")
        count = min(int(asked or self.azure.page_size) or 1, self.azure.page_size)
        first = int(start or 0)
        body: Body = {"value": items[first : first + count]} | (ends or {})
        if first + count < len(items):
            kept = {key: value for key, value in query.items() if key != "$skiptoken"}
            pairs = {**kept, "$skiptoken": str(first + count)}
            text = "&".join(f"{key}={quote(value)}" for key, value in pairs.items())
            body["nextLink"] = f"{self.request.endpoint}{self.request.path}?{text}"
        return Reply.json(200, body)


class Kind:
    """What a resource type does; what a type does not say, no resource of it can do."""

    type: ClassVar[str]
    versions: ClassVar[tuple[str, ...]]

    def get(self, call: Call) -> Reply:
        raise Refusal("arm-method", method=call.request.method)

    def put(self, call: Call) -> Reply:
        raise Refusal("arm-method", method=call.request.method)

    def patch(self, call: Call) -> Reply:
        raise Refusal("arm-method", method=call.request.method)

    def delete(self, call: Call) -> Reply:
        raise Refusal("arm-method", method=call.request.method)

    def head(self, call: Call) -> Reply:
        raise Refusal("arm-method", method=call.request.method)

    def listed(self, call: Call) -> Reply:
        raise Refusal("arm-method", method=call.request.method)

    def act(self, call: Call, action: str) -> Reply:
        del call
        raise Refusal("arm-not-emulated", what=f"POST {action} of {self.type}")


class Tracked(Kind):
    """A kind that stands in a resource group, and has a location and tags."""

    def find(self, call: Call) -> Resource | None:
        """Raises Refusal where even the group is not there."""
        return call.azure.resources.get(self.id_of(call))

    def existing(self, call: Call) -> Resource:
        found = self.find(call)
        if found is None:
            raise self.missing(call)
        return found

    def missing(self, call: Call) -> Refusal:
        group = call.group.name
        return Refusal("arm-resource", type=self.type, name=call.address.name, group=group)

    def id_of(self, call: Call) -> str:
        return f"{call.group.id}/providers/{self.type}/{call.address.name}"

    def of_scope(self, call: Call) -> list[Resource]:
        """What a list has: of a group, or of the whole subscription."""
        scope = call.group.id if call.address.group else ""
        return call.azure.resources.of_type(self.type, scope)

    def check_location(self, call: Call, body: Body, old: Resource | None) -> str:
        """Gives the short name. Raises Refusal."""
        location = body.get("location")
        if not isinstance(location, str) or not location:
            if old is not None:
                return short(old.body["location"])
            raise Refusal("arm-location-required")
        if short(location) not in DISPLAY:
            known = ",".join(DISPLAY)
            raise Refusal("arm-location", location=location, type=self.type, known=known)
        if old is not None and short(old.body["location"]) != short(location):
            values = {"name": old.name, "location": short(old.body["location"])}
            group = call.group.name
            raise Refusal("arm-other-location", group=group, wanted=location, **values)
        return short(location)


def patched(old: Body, given: Body) -> Body:
    """What a PATCH makes of a definition: its keys, and those of `properties`, replace."""
    properties = {**old.get("properties", {}), **(given.get("properties") or {})}
    return {**old, **given, "properties": properties}


def word(given: Any, words: tuple[str, ...]) -> str | None:
    """A word of an enumeration in its own casing; None where it is none of them."""
    return next((one for one in words if one.lower() == str(given).lower()), None)
