"""One HTTP client: credentials, retries, time-outs; the doorway to httpx and azure-identity."""

from reconciler.wire.client import Patience, Wire
from reconciler.wire.credentials import ApiKey, EntraId
from reconciler.wire.errors import ServiceError, Unclear, Unreachable
from reconciler.wire.peer import SEARCH, Peer
from reconciler.wire.reply import Reply

__all__ = [
    "SEARCH",
    "ApiKey",
    "EntraId",
    "Patience",
    "Peer",
    "Reply",
    "ServiceError",
    "Unclear",
    "Unreachable",
    "Wire",
]
