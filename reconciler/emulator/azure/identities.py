"""System-assigned identities: what a request asks for, and what becomes of it."""

from __future__ import annotations

from typing import Any

from reconciler.emulator.azure.resources import Body
from reconciler.emulator.azure.subscription import TENANT, Subscription
from reconciler.emulator.refusals import Refusal


def settled(azure: Subscription, given: Any, old: Body | None) -> Body | None:
    """The identity after a write (rule arm-identity); `{"type": "None"}` where it was removed.

    Raises:
        Refusal: it has no type, or is of one that is not emulated.
    """
    if given is None:
        return old
    if not isinstance(given, dict) or not given.get("type"):
        raise Refusal(
            "arm-body", reason="Required property 'type' not found in JSON. Path 'identity'"
        )
    kind = str(given["type"]).replace(" ", "").lower()
    principal = (old or {}).get("principalId", "")
    if kind == "none":
        azure.note("principals").pop(principal, None)
        return {"type": "None"}
    if kind != "systemassigned":
        raise Refusal("arm-not-emulated", what=f"identities of type '{given['type']}'")
    principal = principal or azure.new_principal()
    return {"type": "SystemAssigned", "principalId": principal, "tenantId": TENANT}
