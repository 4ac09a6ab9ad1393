"""One HTTP client: credentials, retries, time-outs; the doorway to httpx and azure-identity."""

from reconciler.wire.client import Wire
from reconciler.wire.credentials import ApiKey, EntraId
from reconciler.wire.errors import ServiceError, Unclear, Unreachable
from reconciler.wire.limits import Deadline, Patience
from reconciler.wire.part import Part
from reconciler.wire.peer import SEARCH, Peer
from reconciler.wire.reply import Reply

__all__ = [
    "SEARCH",
    "ApiKey",
    "Deadline",
    "EntraId",
    "Part",
    "Patience",
    "Peer",
    "Reply",
    "ServiceError",
    "Unclear",
    "Unreachable",
    "Wire",
]
