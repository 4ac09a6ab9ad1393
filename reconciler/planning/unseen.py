"""What a newer api-version wrote and an older one does not show: its PUT would drop it unseen.

PUT replaces the whole definition, and what the service keeps of it that the version of the PUT
does not know was never seen (FACTS e; azure-sdk-for-net#40883).
"""

from __future__ import annotations

from reconciler.model import pointer
from reconciler.model.json import JsonObject
from reconciler.model.pointer import Path
from reconciler.model.problem import Problem
from reconciler.model.resource import Live, Resource
from reconciler.model.versions import age, knows, latest
from reconciler.planning.diff import Difference, differences
from reconciler.providers import Kind, provider_of
from reconciler.schema.body import Shape
from reconciler.schema.normalize import normal_form
from reconciler.schema.paths import locate, properties_on, value_at


def unreadable(of: str) -> str:
    """That the service does not show an object of a kind in its newest api-version."""
    return (
        f"the service does not take api-version {provider_of(of).newest_version}: whether this "
        "update drops what a newer version wrote cannot be told"
    )


def unseen(of: Kind, own: Live, newer: Live) -> list[Path]:
    """Where the newer body says more than the own one, other than what the service fills in."""
    before = normal_form(of.shape, own.body, own.body)
    after = normal_form(of.shape, newer.body, newer.body)
    return [
        change.path
        for change in differences(of.shape, before, after)
        if _says_something(change)
        and value_at(of.shape, own.body, change.path) is None
        and not _chosen(of.shape, newer.body, change.path)
    ]


def _says_something(change: Difference) -> bool:
    """Whether a value is more than what a service writes where nothing was said.

    False and an empty text may be just that, unless the default is known: it is what was before.
    """
    if change.before is not None:
        return change.after is not None
    return not (change.after is None or change.after is False or change.after == "")


def loss(resource: Resource, own: Live, newer: Live, of: Kind) -> Problem | None:
    """The error of an update that would drop something, or None."""
    paths = unseen(of, own, newer)
    if not paths:
        return None
    version, provider = resource.api_version, provider_of(of.name)
    places = ", ".join(map(pointer.render, paths))
    text = (
        f"{resource.id} has {places}, which api-version {version} does not show: "
        "this update would drop it unseen"
    )
    form = normal_form(of.shape, newer.body, newer.body)
    needed = max(
        (_since(of.shape, form, path, version) or provider.newest_version for path in paths),
        key=age,
    )
    fix = (
        f"set the document's apiVersion to {provider.api_version(needed)}, or a later one, and "
        "declare it there; or remove it from the service first"
    )
    return Problem("dropped-unseen", text, resource.where, fix)


def _chosen(shape: Shape, body: JsonObject, path: Path) -> bool:
    """Whether the service may have put there what it likes."""
    place = locate(shape, body, path)
    return place is not None and place.known is not None and place.known.chooses is not None


def _since(shape: Shape, form: JsonObject, path: Path, version: str) -> str:
    """The api-version that has what `version` has not at a path; empty: no mark says it."""
    marks = (passed.known.since for passed in properties_on(shape, form, path))
    young = [
        mark.version for mark in marks if mark is not None and not knows(version, mark.version)
    ]
    return max(map(latest, young), key=age, default="")
