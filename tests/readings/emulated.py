"""Both readings of one body: an emulator that takes it or not, and our comparison with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx

from reconciler.model.problem import Where
from reconciler.model.resource import Live, Resource
from reconciler.model.resource_id import ResourceId
from reconciler.model.sensitive import Sensitive, revealed
from reconciler.planning.compare import Comparison, compare
from reconciler.planning.request import update_body
from reconciler.providers import kind
from reconciler.schema.normalize import secret_values
from reconciler.schema.paths import replaced
from reconciler.schema.validation import judge
from tests.emulator.conftest import Client
from tests.readings.bodies import BODIES, COLLECTIONS, beside

Json = dict[str, Any]
VERSIONS = (
    "2026-04-01",
    "2025-09-01",
    "2024-07-01",
    "2023-11-01",
    "2026-08-01-preview",
    "2025-11-01-preview",
    "2023-07-01-Preview",
    "2020-06-30",
)
"""Those that the emulator speaks, the first to be tried first."""


def version_for(name: str, body: Json) -> str | None:
    """The first api-version in which a body has no fault in our eyes."""
    return next((version for version in VERSIONS if faultless(name, body, version)), None)


def faultless(name: str, body: Json, version: str) -> bool:
    """Whether a body may be sent with an api-version; what is deprecated may."""
    found = judge(kind(name), body, version, allow_unknown=False)
    return all(one.code == "deprecated" for one in found)


class Emulated:
    """One emulator with everything that a body may refer to; the others are poked."""

    def __init__(self, client: Client) -> None:
        self._client = client
        for address, body in beside().items():
            of, _, name = address.partition("/")
            client.made(f"/{COLLECTIONS[of]}/{name}", body)

    def clear(self, name: str) -> None:
        self._client.delete(_path(name))

    def put(self, name: str, body: Json, version: str, downtime: bool = False) -> httpx.Response:
        allowed = {"allowIndexDowntime": "true"} if downtime else {}
        return self._client.put(_path(name), body, version=version, params=allowed)

    def get(self, name: str, version: str) -> Json:
        reply = self._client.get(_path(name), version=version)
        assert reply.status_code == 200, reply.text
        found: Json = reply.json()
        return found

    def text(self, name: str, version: str) -> str:
        return self._client.get(_path(name), version=version).text

    def secrets(self, name: str) -> dict[str, str]:
        """The digests of the secrets that are stored, by path."""
        found = self._client.call("GET", "/emulator/secrets", version=None).json()
        digests: dict[str, str] = found.get(COLLECTIONS[name], {}).get(BODIES[name]["name"], {})
        return digests

    def rules(self) -> list[Json]:
        rules: list[Json] = self._client.call("GET", "/emulator/rules", version=None).json()
        return rules


def _path(name: str) -> str:
    return f"/{COLLECTIONS[name]}/{BODIES[name]['name']}"


def resource(name: str, body: Json, version: str) -> Resource:
    """The body as desired: its secrets are `Sensitive`, as a manifest's are."""
    shape = kind(name).shape
    found = {
        path: Sensitive(value)
        for path, value in secret_values(shape, body).items()
        if isinstance(value, str)
    }
    plain = {key: value for key, value in replaced(shape, body, found).items() if key != "name"}
    called, where = body["name"], Where(Path("docs.yaml"))
    return Resource(ResourceId(name, called), called, version, plain, where, secrets=found)


def compared(desired: Resource, live: Json) -> Comparison:
    """Our reading of what differs; what is live was made by nobody we know."""
    found = Live(desired.id, live, live.get("@odata.etag"), desired.api_version)
    return compare(kind(desired.id.kind), desired, found, None, str)


def updated(desired: Resource, live: Json, edits: Any) -> Json:
    """The body of our PUT that makes live the desired one."""
    found = Live(desired.id, live, live.get("@odata.etag"), desired.api_version)
    body: Json = revealed(update_body(kind(desired.id.kind), desired, found, edits))
    return body
