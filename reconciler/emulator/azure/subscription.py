"""The subscription: everything that its kinds, roles and data planes share."""

from __future__ import annotations

import threading
import uuid
from pathlib import Path
from typing import Any

from reconciler.emulator.azure.address import covers
from reconciler.emulator.azure.blobs import Blobs
from reconciler.emulator.azure.clock import Clock, Durations
from reconciler.emulator.azure.resources import Body, Resource, Resources
from reconciler.emulator.settings import Settings

TENANT = "00000000-0000-0000-0000-0000000000aa"
CALLER = "00000000-0000-0000-0000-0000000000cc"
"""Who has whatever token: nobody here reads it."""
GROUP = "Microsoft.Resources/resourceGroups"
SEARCH = "Microsoft.Search/searchServices"
ACCOUNT = "Microsoft.Storage/storageAccounts"
CONTAINER = f"{ACCOUNT}/blobServices/containers"
ASSIGNMENT = "Microsoft.Authorization/roleAssignments"


class Subscription:
    """Who looks or changes holds `lock`. Nothing that locks a search service is called under it.

    Doors set `failures` (of provisionings to come), `denied` (actions), `taken` (others' names);
    `writes` is what was asked for so far.
    """

    def __init__(self, settings: Settings) -> None:
        folder = Path(settings.state_dir) / "azure" if settings.state_dir else None
        # One folder deeper than a service's own state looks for its definitions.
        file = folder / "subscription" / "resources.json" if folder else None
        self.id = settings.subscription
        self.lock = threading.RLock()
        self.clock = Clock()
        self.durations = Durations()
        self.resources = Resources(file)
        self.blobs = Blobs(settings, folder / "storage" if folder else None)
        self.failures: list[Body] = []
        self.denied: list[Body] = []
        self.writes: list[Body] = []
        self.taken: set[str] = set()
        self.page_size = 1000
        self.clock.ahead = float(self.resources.notes.get("ahead", 0))

    @property
    def now(self) -> float:
        return self.clock.now()

    def note(self, name: str) -> Body:
        """A map of what is kept beside the resources."""
        found: Body = self.resources.notes.setdefault(name, {})
        return found

    def settle(self) -> None:
        """Does what has become due: groups whose deletion has ended are gone."""
        for group in self.resources.of_type(GROUP):
            if group.hidden.get("gone", float("inf")) <= self.now:
                self.remove(group.id)

    def save(self) -> None:
        self.resources.notes["ahead"] = self.clock.ahead
        self.resources.save()

    def clear(self) -> None:
        for group in self.resources.of_type(GROUP):
            self.remove(group.id)
        self.resources.clear()
        self.failures, self.denied, self.writes, self.taken = [], [], [], set()
        self.save()

    def provision(self, resource: Resource, seconds: float) -> None:
        """Begins a change that takes a while, and ends as the doors have said."""
        now = self.now
        resource.hidden["stood"] = resource.began > 0 and resource.stands(now)
        resource.began, resource.until = now, now + seconds
        resource.failure = None
        for failure in self.failures:
            if failure["type"].lower() == resource.type.lower():
                self.failures.remove(failure)
                resource.failure = {"code": failure["code"], "message": failure["message"]}
                break

    def remove(self, scope: str) -> None:
        """Everything at or beneath a scope is gone, with what belongs to it."""
        for gone in self.resources.remove(scope):
            identity = gone.body.get("identity") or {}
            self.note("principals").pop(identity.get("principalId", ""), None)
            match gone.type:
                case t if t == SEARCH:
                    until = self.now + self.durations.search_name
                    self.note("held")[f"search/{gone.name.lower()}"] = until
                case t if t == ACCOUNT:
                    self.blobs.drop_account(gone.name)
                case t if t == CONTAINER:
                    self.note("held")[gone.id.lower()] = self.now + self.durations.container_name
                    self.blobs.drop(gone.id.split("/")[8], gone.name)
                case t if t == ASSIGNMENT:
                    self._end(gone)

    def is_held(self, name: str) -> bool:
        """Whether the name of something that was deleted is not free yet."""
        return bool(self.note("held").get(name.lower(), 0) > self.now)

    def new_principal(self) -> str:
        """The directory gets an identity; others hear of it a little later."""
        principal = str(uuid.uuid4())
        known = self.now + self.durations.principal
        self.note("principals")[principal] = {"type": "ServicePrincipal", "known": known}
        return principal

    def grants(self, principal: str, scope: str) -> list[str]:
        """The role ids that count for a principal at a scope now."""
        now, wait = self.now, self.durations.role
        found = []
        for role in self.resources.of_type(ASSIGNMENT):
            counts = role.created + wait <= now and not role.properties.get("condition")
            if counts and _applies(role.properties, principal, scope):
                found.append(role.properties["roleDefinitionId"].rpartition("/")[2])
        for ended in self.resources.notes.get("ended", ()):
            if ended["until"] > now and _applies(ended, principal, scope):
                found.append(ended["roleDefinitionId"].rpartition("/")[2])
        return found

    def _end(self, role: Resource) -> None:
        """An assignment that counted goes on counting for a while."""
        ended: list[Body] = self.resources.notes.setdefault("ended", [])
        ended[:] = [one for one in ended if one["until"] > self.now]
        if role.created + self.durations.role <= self.now and not role.properties.get("condition"):
            ended.append(role.properties | {"until": self.now + self.durations.role})


def _applies(role: dict[str, Any], principal: str, scope: str) -> bool:
    same = role["principalId"].lower() == principal.lower()
    return same and (role["scope"] == "/" or covers(role["scope"], scope))
