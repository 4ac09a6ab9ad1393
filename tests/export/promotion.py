"""The export of one service, applied to an empty one; and how the two differ then."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from reconciler.cli import manifests
from reconciler.exporting.collect import Exported
from reconciler.exporting.layout import Layout
from reconciler.manifest.project import DEFAULT_VERSION
from reconciler.providers import kind
from reconciler.schema.normalize import normal_form
from tests.laws.bench import ENDPOINT, Bench, bench
from tests.world import COLLECTIONS

NEWEST = "2026-08-01-preview"
CONNECTION = "DefaultEndpointsProtocol=https;AccountName=docs;AccountKey=another-key"

Shown = dict[str, Any]


class Promoted(NamedTuple):
    """What was exported, and the service that it was applied to."""

    exported: Exported
    target: Bench


@contextmanager
def promoted(
    source: Bench, version: str = DEFAULT_VERSION, layout: Layout = "object"
) -> Iterator[Promoted]:
    """Export a service into a project of some api-version, and apply that to an empty service."""
    _declare(source, version)
    exported = source.runner.run(_export(source))
    with bench() as target:
        _declare(target, version, exported)
        for path, text in manifests.texts(exported.drafts, layout, target.root).items():
            file = target.root / "manifests" / PurePosixPath(path).relative_to(target.root)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        target.remember()
        applied = target.apply()
        failed = [r.error for r in applied.outcome.results if r.status != "done"]
        assert applied.outcome.ok, failed
        yield Promoted(exported, target)


async def _export(source: Bench) -> Exported:
    async with source.session() as session:
        return await session.export()


def _declare(where: Bench, version: str, exported: Exported | None = None) -> None:
    """A project without secrets that are kept: on an empty service, nothing is there to be kept."""
    names = exported.secrets if exported is not None else {}
    given = {name: CONNECTION if "connection" in name else "another-key" for name in names}
    where.secrets = {name.replace("-", "_"): value for name, value in given.items()}
    key = {"apiKey": "${env.RECONCILER_API_KEY}"}
    service = {"endpoint": ENDPOINT, "propagation": 0, "credential": key}
    project = {
        "apiVersion": "reconciler/v1",
        "kind": "Project",
        "metadata": {"name": "laws"},
        "spec": {
            "apiVersion": version,
            "secrets": {name: {"env": name.replace("-", "_").upper()} for name in names},
            "external": [str(address) for address in exported.external] if exported else [],
            "environments": {"test": {"service": service}},
        },
    }
    (where.root / "reconciler.yaml").write_text(json.dumps(project))


def shown(where: Bench, version: str = NEWEST) -> dict[str, Shown]:
    """Every object as the newest api-version shows it, secrets and moments apart."""
    found = {}
    for name, collection in COLLECTIONS.items():
        answer = where.http("GET", f"/{collection}", **{"api-version": version})
        for body in answer.json()["value"]:
            found[f"{name}/{body['name']}"] = _without_secrets(body)
    return found


_HIDDEN = {"connectionString", "storageConnectionString", "apiKey", "key", "applicationSecret"}
_IN_URL = re.compile(r"(?<=[?&]code=)[^&]+")


def _without_secrets(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: None
            if (key in _HIDDEN and isinstance(inner, str)) or key == "x-functions-key"
            else _without_secrets(inner)
            for key, inner in value.items()
            if key != "@odata.etag" and not (key == "id" and "enableReprocessing" in value)
        }
    if isinstance(value, list):
        return [_without_secrets(inner) for inner in value]
    return _IN_URL.sub("", value) if isinstance(value, str) else value


def differences(address: str, before: Any, after: Any) -> list[str]:
    """Where what arrived is not what was there.

    All that may go is a default that was spelled out where the service shows none.
    """
    if after is None:
        return [f"{address} did not arrive"]
    shape = kind(address.partition("/")[0]).shape
    found = [*_between(before, after, address)]
    alike = normal_form(shape, before, before) == normal_form(shape, after, after)
    return [text for text in found if not (alike and text.endswith("became None"))]


def _between(before: Any, after: Any, path: str = "") -> Iterator[str]:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted(before.keys() | after.keys()):
            yield from _between(before.get(key), after.get(key), f"{path}/{key}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for position, pair in enumerate(zip(before, after, strict=True)):
            yield from _between(*pair, f"{path}/{position}")
    elif before != after and not (_is_nothing(before) and _is_nothing(after)):
        yield f"{path}: {before!r} became {after!r}"


def _is_nothing(value: Any) -> bool:
    """null, empty and absent are one thing, as they are in a plan."""
    if isinstance(value, dict):
        return all(map(_is_nothing, value.values()))
    return value in (None, [])
