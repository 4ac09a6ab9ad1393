"""What a search service can be: azure-management FACTS 1.2, its table of properties."""

from __future__ import annotations

import re

from reconciler.emulator.azure.resources import Body
from reconciler.emulator.refusals import Refusal

NAME = re.compile(r"(?=.{2,60}$)[a-z0-9][a-z0-9]+(-[a-z0-9]+)*")
READ_ONLY = (
    "privateEndpointConnections",
    "sharedPrivateLinkResources",
    "provisioningState",
    "status",
    "statusDetails",
)
PARTITIONS = (1, 2, 3, 4, 6, 12)
# Replicas and partitions of a sku at most; a sku that is not here does not exist.
MOST = {
    "free": (1, 1),
    "basic": (3, 3),
    "standard": (12, 12),
    "standard2": (12, 12),
    "standard3": (12, 12),
    "storage_optimized_l1": (12, 12),
    "storage_optimized_l2": (12, 12),
}
UNITS = 36
GROWING = ("basic", "standard", "standard2", "standard3")


def check_read_only(body: Body) -> None:
    """Of an update only: azure-management FACTS 0. Raises Refusal."""
    for key in READ_ONLY:
        if key in (body.get("properties") or {}):
            raise Refusal("search-service-read-only", property=key)


def check(new: Body, old: Body | None) -> None:
    """A whole definition, with its defaults. Raises Refusal."""
    sku = new["sku"]["name"]
    properties = new["properties"]
    if sku not in MOST:
        raise Refusal("search-service-value", value=sku, property="sku.name", sku=sku)
    if old is not None:
        _check_move(sku, old["sku"]["name"])
        _check_same(properties, old["properties"], sku)
    replicas, partitions = properties["replicaCount"], properties["partitionCount"]
    dense = properties["hostingMode"].lower() == "highdensity"
    most = 3 if dense else MOST[sku][1]
    if not _is_count(replicas) or not 1 <= replicas <= MOST[sku][0]:
        raise Refusal("search-service-value", value=replicas, property="replicaCount", sku=sku)
    if partitions not in PARTITIONS or partitions > most or replicas * partitions > UNITS:
        raise Refusal("search-service-value", value=partitions, property="partitionCount", sku=sku)
    if dense and sku != "standard3":
        raise Refusal("search-service-value", value="highDensity", property="hostingMode", sku=sku)
    if sku == "free" and properties.get("semanticSearch") not in (None, "disabled"):
        value = properties["semanticSearch"]
        raise Refusal("search-service-value", value=value, property="semanticSearch", sku=sku)
    if properties["disableLocalAuth"] and properties["authOptions"] is not None:
        raise Refusal("search-service-auth")


def _check_move(new: str, old: str) -> None:
    if new != old and not (new in GROWING and old in GROWING):
        raise Refusal("search-service-sku", old=old, new=new)


def _check_same(new: Body, old: Body, sku: str) -> None:
    """What another service would be needed for."""
    for key in ("hostingMode", "computeType"):
        wanted, standing = str(new.get(key)).lower(), str(old.get(key)).lower()
        if wanted != standing:
            raise Refusal("search-service-value", value=new.get(key), property=key, sku=sku)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
