"""One HTTP client: credentials, retries, time-outs; the doorway to httpx and azure-identity."""

from reconciler.wire.client import Wire
from reconciler.wire.credentials import ApiKey, EntraId
from reconciler.wire.errors import OutcomeUnknown, ServiceError, Unreachable
from reconciler.wire.limits import Deadline, RetryPolicy
from reconciler.wire.part import Part
from reconciler.wire.profile import ServiceProfile
from reconciler.wire.reply import Reply

__all__ = [
    "ApiKey",
    "Deadline",
    "EntraId",
    "OutcomeUnknown",
    "Part",
    "Reply",
    "RetryPolicy",
    "ServiceError",
    "ServiceProfile",
    "Unreachable",
    "Wire",
]
