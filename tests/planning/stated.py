"""A plan of what is said to be live: resources, live bodies and entries without files or HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reconciler.model.json import StoredJson
from reconciler.model.ledger import Entry, Ledger, LedgerIdentity
from reconciler.model.pointer import parse
from reconciler.model.problem import Where
from reconciler.model.resource import Lifecycle, Live, Resource
from reconciler.model.resource_id import ResourceId
from reconciler.model.sensitive import Sensitive
from reconciler.planning import PlanInputs
from reconciler.providers import kind
from reconciler.schema.normalize import secret_values
from reconciler.schema.paths import replaced

VERSION = "2026-08-01-preview"
Body = dict[str, Any]


def resource(
    address: str, body: Body, version: str = VERSION, ignore: str = "", **more: Any
) -> Resource:
    """What a document declares; what stands at `Secret` marks is wrapped, as on loading."""
    at = ResourceId.parse(address)
    shape = kind(at.kind).shape
    marked = {p: Sensitive(v) for p, v in secret_values(shape, body).items() if isinstance(v, str)}
    body = replaced(shape, body, marked)
    found = secret_values(shape, body, everywhere=True)
    stated = {
        "name_on_service": at.name,
        "lifecycle": Lifecycle(ignore=(parse(ignore),) if ignore else ()),
        **more,
    }
    return Resource(
        id=at,
        api_version=version,
        body=body,
        where=Where(Path("m.yaml")),
        secrets={path: value for path, value in found.items() if isinstance(value, Sensitive)},
        **stated,
    )


def live(address: str, body: Body, version: str = VERSION, etag: str | None = '"0x1"') -> Live:
    """An object as the service shows it."""
    at = ResourceId.parse(address)
    return Live(at, {"name": at.name, **body}, etag, version)


def entry(address: str, written: Body, read_back: Body | None = None, **more: Any) -> Entry:
    """What the ledger has of an object; it was read back as it was written, if not said."""
    at = ResourceId.parse(address)
    read = {"name": at.name, **(written if read_back is None else read_back)}
    more = {"api_version": VERSION, "name_on_service": at.name, **more}
    return Entry(
        id=at,
        written=StoredJson.of(written),
        read_back=StoredJson.of(read),
        **more,
    )


def situation(
    resources: list[Resource], lives: list[Live], entries: list[Entry] | None = None, **more: Any
) -> PlanInputs:
    """All of it together; the fingerprint of a secret is its capitals."""
    return PlanInputs(
        resources=tuple(resources),
        live={one.id: one for one in lives},
        ledger=Ledger(
            LedgerIdentity("p", "e", "https://s", "l", "00"),
            {one.id: one for one in entries or ()},
        ),
        fingerprint=str.upper,
        **more,
    )


def ids(*addresses: str) -> set[ResourceId]:
    """The ids of what is called so."""
    return set(map(ResourceId.parse, addresses))
