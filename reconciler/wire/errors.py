"""What goes wrong on the wire.

ServiceError           the service answered with an error
+-- Unreachable        it could not be reached at all (DNS, TLS, refused, time-out, credentials)
+-- Unclear            a write was sent, and no answer came that says what became of it
"""

from __future__ import annotations


class ServiceError(Exception):
    """The service refused.

    Args:
        message: for people: what the service says, and where it helps what to check.
        status: that of HTTP (0: no answer came).
        said: the service's own words alone.
        code: the service's own code, such as `DeploymentNotFound`.
        attempts: how often the call was sent.
    """

    def __init__(
        self,
        message: str,
        status: int = 0,
        request_id: str = "",
        said: str = "",
        code: str = "",
        attempts: int = 1,
    ) -> None:
        self.message, self.status, self.request_id = message, status, request_id
        self.said, self.code, self.attempts = said, code, attempts
        super().__init__(message)


class Unreachable(ServiceError):
    """Nothing was done, because the service could not be reached."""


class OutcomeUnknown(ServiceError):
    """A write was sent, no clear answer came: reading must settle whether it was done."""
