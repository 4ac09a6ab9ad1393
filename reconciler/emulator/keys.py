"""Credentials: a bearer token, or an api-key that is the right one when a right one is set."""

from __future__ import annotations

import hmac

from reconciler.emulator.exchange import Request
from reconciler.emulator.refusals import Refusal


def check_credential(request: Request, admin_key: str | None) -> None:
    """FACTS b: missing credential 401, wrong key 403. Any bearer token is accepted."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return
    check_key(request, admin_key)


def check_key(request: Request, admin_key: str | None) -> None:
    """The api-key alone, whatever token there is besides. Raises Refusal."""
    key = request.headers.get("api-key", "")
    if not key:
        raise Refusal("no-credential")
    if admin_key is not None and not hmac.compare_digest(key.encode(), admin_key.encode()):
        raise Refusal("wrong-credential")
