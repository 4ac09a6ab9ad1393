"""The data planes of the search services that were made: one a service, from when it runs."""

from __future__ import annotations

import hmac
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from reconciler.emulator.azure.reach import Reach
from reconciler.emulator.azure.resources import Resource
from reconciler.emulator.azure.subscription import SEARCH, Subscription
from reconciler.emulator.exchange import Request
from reconciler.emulator.faults import Faults
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.service import Service
from reconciler.emulator.settings import Settings
from reconciler.emulator.tiers import Tier, tier_named


class Plane(NamedTuple):
    """`uid` tells the service from another one of the same name."""

    uid: str
    service: Service


class Planes:
    """Made when they are first asked for. Never called under the subscription's lock."""

    def __init__(self, settings: Settings, azure: Subscription, faults: Faults) -> None:
        self._settings = settings
        self._azure = azure
        self._faults = faults
        self._planes: dict[str, Plane] = {}
        self._folder = (
            Path(settings.state_dir) / "azure" / "services" if settings.state_dir else None
        )
        for name in self._running():
            self.get(name)  # so that their schedules go on

    def get(self, name: str) -> Service | None:
        """The service at NAME.search.windows.net; None while there is none."""
        running = self._running().get(name)
        if running is None:
            return None
        uid = running.hidden["uid"]
        plane = self._planes.get(name)
        if plane is None or plane.uid != uid:
            self._planes[name] = plane = Plane(uid, self._made(running))
        tier = sized(running)
        if plane.service.tier != tier:
            plane.service.resize(tier)
        return plane.service

    def sweep(self) -> None:
        """Forgets the services that are gone, and what they held."""
        with self._azure.lock:
            uids = {one.hidden["uid"] for one in self._azure.resources.of_type(SEARCH)}
        for name, plane in list(self._planes.items()):
            if plane.uid not in uids:
                del self._planes[name]
                with plane.service.store.lock:
                    plane.service.store.clear()
                    plane.service.plane.documents.clear()
        if self._folder is not None and self._folder.is_dir():
            for folder in self._folder.iterdir():
                if folder.name not in uids:
                    shutil.rmtree(folder, ignore_errors=True)

    def advance(self, seconds: float) -> None:
        """The clock of their schedules was set ahead."""
        for plane in self._planes.values():
            plane.service.plane.indexing.advance(seconds)

    def _running(self) -> dict[str, Resource]:
        azure = self._azure
        with azure.lock:
            azure.settle()
            found = azure.resources.of_type(SEARCH)
            return {one.name: one for one in found if one.stands(azure.now)}

    def _made(self, resource: Resource) -> Service:
        settings = replace(
            self._settings,
            service=resource.name,
            tier=resource.body["sku"]["name"],
            admin_key=None,
            state_dir=self._folder / resource.hidden["uid"] if self._folder else None,
        )
        reach = Reach(self._azure, resource.id, settings)
        return Service(settings, guard(self._azure, resource.id), reach, self._faults)


def sized(resource: Resource) -> Tier:
    """The sku's limits; storage and vectors grow with the partitions."""
    tier = tier_named(resource.body["sku"]["name"])
    count = resource.properties["partitionCount"]
    return replace(tier, storage=tier.storage * count, vectors=tier.vectors * count)


def guard(azure: Subscription, id: str) -> Callable[[Request], None]:
    """Who may come in, as the service is set now (rule search-service-keys)."""

    def check(request: Request) -> None:
        with azure.lock:
            resource = azure.resources.get(id)
            if resource is None:
                raise Refusal("no-credential")
            keys, properties = dict(resource.hidden["keys"]), dict(resource.properties)
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        key = request.headers.get("api-key", "")
        if not key and scheme.lower() == "bearer" and token.strip():
            options = properties["authOptions"] or {}
            if not (properties["disableLocalAuth"] or "aadOrApiKey" in options):
                raise Refusal("data-plane-authorization")
            return
        if not key:
            raise Refusal("no-credential")
        allowed = [keys["primary"], keys["secondary"]]
        if is_query(request):
            allowed += keys["query"]
        right = any(hmac.compare_digest(key.encode(), one.encode()) for one in allowed)
        if properties["disableLocalAuth"] or not right:
            raise Refusal("wrong-credential")

    return check


def is_query(request: Request) -> bool:
    """What a query key is good for: reading the documents of an index."""
    action = request.address.action
    reads = request.method == "GET" or action in ("docs/search.post.search", "docs/search")
    return action.startswith("docs") and reads
