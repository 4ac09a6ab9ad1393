"""One emulated search service: what answers at its address, without a socket."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

from reconciler.emulator import engine
from reconciler.emulator.context import Context
from reconciler.emulator.exchange import Reply, Request
from reconciler.emulator.faults import Faults
from reconciler.emulator.keys import check_credential
from reconciler.emulator.plane import Plane
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.settings import Settings
from reconciler.emulator.shapes import shapes_of
from reconciler.emulator.storage import Mapped, Stores
from reconciler.emulator.store import Store
from reconciler.emulator.tiers import Tier, tier_named
from reconciler.emulator.versions import version_named

JSON_TYPE = "application/json; odata.metadata="


class Service:
    """Definitions, documents and runs of one service, with the tier and the keys it has now.

    `guard` decides who may come in, and raises Refusal; unless given, the settings' admin key does.
    `stores` says where its data sources have their blobs; `faults` are those of the port.
    """

    def __init__(
        self,
        settings: Settings,
        guard: Callable[[Request], None] | None = None,
        stores: Stores | None = None,
        faults: Faults | None = None,
    ) -> None:
        self.settings = settings
        self.tier = tier_named(settings.tier)
        self.store = Store(Path(settings.state_dir) if settings.state_dir else None)
        self.plane = Plane.of(settings, self.store, stores or Mapped(settings), faults)
        self._guard = guard or (lambda request: check_credential(request, settings.admin_key))

    def resize(self, tier: Tier) -> None:
        """From now on the limits are another tier's."""
        self.tier = tier
        self.plane.indexing.tier = tier

    def takes_long(self, request: Request) -> bool:
        """Queries and models are answered beside the loop, and lock what they need."""
        return self.plane.models.serves(request.path) or request.address.action.startswith("docs")

    def answer(self, request: Request, hold_runs: bool) -> Reply:
        """The reply; what takes long must not be asked for under the store's lock."""
        if self.takes_long(request):
            return self._answered(request, hold_runs=False)
        with self.store.lock:
            return self._answered(request, hold_runs)

    def _answered(self, request: Request, hold_runs: bool) -> Reply:
        if self.plane.models.serves(request.path):
            return self.plane.models.answer(request)
        try:
            self._guard(request)
            version = version_named(request.query.get("api-version"))
            context = Context(
                self.store,
                self.plane,
                self.settings,
                self.tier,
                version,
                shapes_of(version.name),
                request,
                hold_runs,
            )
            return engine.answer(context)
        except Refusal as refusal:
            return Reply.json(refusal.status, refusal.body)

    def touch(self, request: Request) -> None:
        """The etag of the object that a request names moves."""
        address = request.address
        record = self.store.get(address.collection, address.name)
        if record is not None:
            self.store.touch(address.collection, record)

    def headers(self, request: Request, reply: Reply) -> dict[str, str]:
        """FACTS b: what successes and errors carry, as recorded; 202 and 204 carry little."""
        headers = {"request-id": str(uuid.uuid4()), "content-length": str(len(reply.body))}
        for name in ("client-request-id", "x-ms-client-request-id"):
            if name in request.headers:
                headers[name] = request.headers[name]
        if reply.status == 204:
            del headers["content-length"]
        if reply.body and "content-type" not in reply.headers:
            headers["content-type"] = JSON_TYPE + request.metadata
            headers["odata-version"] = "4.0"
            headers["preference-applied"] = 'odata.include-annotations="*"'
        if reply.status >= 400:
            headers["content-language"] = "en"
            headers["cache-control"] = "no-store, no-cache"
        if reply.etag:
            weak = request.query.get("api-version") == "2020-06-30"  # rule weak-etag
            headers["etag"] = f"W/{reply.etag}" if weak else reply.etag
        if reply.location:
            headers["location"] = reply.location
        return headers
