"""Azure behind one port: which site a host name is, and what the doors reach."""

from __future__ import annotations

from reconciler.emulator.azure.arm import Arm
from reconciler.emulator.azure.planes import Planes
from reconciler.emulator.azure.subscription import Subscription
from reconciler.emulator.cutting import ConnectionCut
from reconciler.emulator.exchange import Reply, Request
from reconciler.emulator.faults import Faults
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.service import Service
from reconciler.emulator.settings import Settings

MANAGEMENT = "management.azure.com"
SEARCH = ".search.windows.net"
BLOBS = ".blob.core.windows.net"
MODELS = ("*.openai.azure.com", "*.cognitiveservices.azure.com", "*.services.ai.azure.com")
NAMES = (MANAGEMENT, f"*{SEARCH}", f"*{BLOBS}", *MODELS)
"""What the certificate of the port is for, beside this machine. Models answer at every host."""


class Refused:
    """A site that does nothing here, and says so."""

    def __init__(self, what: str) -> None:
        self._what = what

    def takes_long(self, request: Request) -> bool:
        del request
        return False

    def touch(self, request: Request) -> None:
        """There is nothing to touch."""

    def answer(self, request: Request, hold_runs: bool) -> Reply:
        del request, hold_runs
        refusal = Refusal("arm-not-emulated", what=self._what)
        return Reply.json(refusal.status, refusal.body)

    def headers(self, request: Request, reply: Reply) -> dict[str, str]:
        del request
        length = str(len(reply.body))
        return {"content-type": "application/json", "content-length": length}


class Azure:
    """Resource Manager, and the services that were made through it."""

    def __init__(self, settings: Settings, faults: Faults) -> None:
        self.subscription = Subscription(settings)
        self.planes = Planes(settings, self.subscription, faults)
        self._arm = Arm(self.subscription)

    def site(self, host: str) -> Arm | Service | Refused | None:
        """What answers at a host; None for one that is not Azure's.

        Raises:
            ConnectionCut: it is the name of a search service that does not run.
        """
        self.planes.sweep()
        if host == MANAGEMENT:
            return self._arm
        if host.endswith(SEARCH):
            service = self.planes.get(host.removesuffix(SEARCH))
            if service is None:
                raise ConnectionCut
            return service
        if host.endswith(BLOBS):
            return Refused(f"the blob service at {host}: put files where the account's folder is")
        return None

    def advance(self, seconds: float) -> None:
        with self.subscription.lock:
            self.subscription.clock.advance(seconds)
            self.subscription.settle()
            self.subscription.save()
        self.planes.sweep()
        self.planes.advance(seconds)

    def clear(self) -> None:
        """An empty subscription; durations stay as they were set."""
        with self.subscription.lock:
            self.subscription.clear()
        self.planes.sweep()
