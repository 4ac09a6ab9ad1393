"""What declarations say of themselves, in words: for pages and for editors."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator, Mapping

from reconciler.model.effect import Effect
from reconciler.model.versions import latest
from reconciler.schema.body import Property
from reconciler.schema.marks import Changes

_URL = re.compile(r"https://[^\s()]+")
_SOURCE = re.compile(r"\s*\([^()]*\b(?:FACTS|SKILLS|recordings)\b[^()]*\)")


def manual(text: str | None) -> str:
    """A docstring for readers: without the notes that it gives as its source, but for pages."""
    return _SOURCE.sub(_pages, inspect.cleandoc(text or ""))


def _pages(source: re.Match[str]) -> str:
    found = _URL.search(source[0])
    return f" ({found[0]})" if found else ""


def rule(changes: Changes) -> str:
    """The name of a rule of effects."""
    return getattr(changes.effect, "__name__", "").strip("_").replace("_", " ")


def effect(changes: Changes | None) -> str:
    """What an edit does, as a label; or the rule that it depends on."""
    if changes is None:
        return Effect.IN_PLACE.label
    label = (
        changes.effect.label if isinstance(changes.effect, Effect) else f"rule *{rule(changes)}*"
    )
    return f"{label}: {changes.note}" if changes.note else label


def rule_text(changes: Changes) -> str:
    """What a rule says."""
    return " ".join((changes.effect.__doc__ or "").split()) or f"see {changes.effect.__module__}"


def default(known: Property) -> str:
    """What the service fills in where the property is left out."""
    if known.chooses is not None:
        return "the service " + ("chooses" if known.chooses.when is None else "may choose")
    if known.default is None:
        return ""
    if callable(known.default.value):
        return "by what stands beside it"
    return f"`{json.dumps(known.default.value)}`"


def more(known: Property) -> list[str]:
    """Secret, reference, order, api-version."""
    said = []
    if known.secret is not None:
        said.append("secret")
    if known.ref is not None:
        said.append(f"the name of {known.ref.kind}/…")
    if known.unordered is not None:
        said.append("order means nothing")
    if known.keyed is not None:
        said.append(f"elements go by their {known.keyed.name}")
    if known.cleared_by is not None:
        said.append("removed by a value that says none")
    if known.since is not None:
        said.append(f"since {latest(known.since.version)}")
    if known.until is not None:
        then = f", then `{known.until.instead}`" if known.until.instead else ""
        said.append(f"until {known.until.version}{then}")
    if known.deprecated is not None:
        said.append(f"deprecated: {known.deprecated.why}")
    if known.values_since is not None:
        said += _young_values(known.values_since.versions)
    return said


def _young_values(versions: Mapping[str, str]) -> Iterator[str]:
    """Values by the first api-version that has them."""
    by_version: dict[str, list[str]] = {}
    for value, since in versions.items():
        by_version.setdefault(latest(since), []).append(f"`{value}`")
    for since, values in sorted(by_version.items()):
        yield f"{', '.join(values)} since {since}"
