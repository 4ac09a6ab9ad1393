"""What declarations say of themselves, in words: for pages and for editors."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, get_args, get_origin

from pydantic import BaseModel

from reconciler.model.effect import Effect
from reconciler.model.versions import latest
from reconciler.schema import meanings
from reconciler.schema.body import Body, Property, held, shape_of
from reconciler.schema.marks import Changes

Above = Mapping[type[Body], list[Changes | None]]
"""What an edit beneath each model is where nothing beneath says otherwise, by where it stands."""

_URL = re.compile(r"https://[^\s()]+")
_SOURCE = re.compile(r"\s*\([^()]*\b(?:FACTS|SKILLS|recordings)\b[^()]*\)")


def manual(text: str | None) -> str:
    """A docstring for readers: without the notes that it gives as its source, but for pages."""
    return _SOURCE.sub(_pages, inspect.cleandoc(text or ""))


def _pages(source: re.Match[str]) -> str:
    found = _URL.search(source[0])
    return f" ({found[0]})" if found else ""


def summary(model: type[BaseModel]) -> str:
    """The first paragraph of what a model says of itself; empty where that is a page."""
    return summary_of(model.__doc__)


def summary_of(text: str | None) -> str:
    """The first paragraph of a docstring, in one line; empty where that is a page."""
    first = manual(text).partition("\n\n")[0]
    return "" if first.startswith("https://") else " ".join(first.split())


def sentence(text: str) -> str:
    """Words as a sentence: with a capital, and a full stop unless something ends it already."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '…')) else '.'}"


def meaning(model: type[Body], known: Property) -> str:
    """What a property is for: its own text, or what the model says that it chooses or holds."""
    own = meanings.meaning(model, known.name)
    if own:
        return own
    if is_tag(model, known.name):
        return summary(model)
    return summary(known.model) if known.model is not None else ""


def is_tag(model: type[Body], name: str) -> bool:
    """Whether a property has one possible value, which chooses the model."""
    annotation = annotated(model, name)
    return get_origin(annotation) is Literal and len(get_args(annotation)) == 1


def annotated(model: type[Body], name: str) -> object:
    """The type of a property, as it is declared."""
    fields = model.model_fields
    return next(f.annotation for own, f in fields.items() if (f.alias or own) == name)


def changes_above(bodies: Iterable[type[Body]]) -> Above:
    """The effects above every model beneath some bodies."""
    found: dict[type[Body], list[Changes | None]] = {}
    waiting: list[tuple[type[Body], Changes | None]] = [(body, None) for body in bodies]
    while waiting:
        model, above = waiting.pop()
        seen = found.setdefault(model, [])
        if above in seen:
            continue
        seen.append(above)
        for known in shape_of(model).properties.values():
            waiting += [(inner, known.changes or above) for inner in held(known)]
    return found


def edits(changes: Iterable[Changes | None]) -> Iterator[str]:
    """What an edit of one property is, which may depend on where it stands."""
    found = list(dict.fromkeys(changes))
    plain = [c for c in found if c is None or isinstance(c.effect, Effect)]
    labels = sorted(dict.fromkeys(effect(c) for c in plain))
    if labels:
        place = ", by where it stands" if len(labels) > 1 else ""
        yield f"an edit is {' or '.join(labels)}{place}"
    rules = [c for c in found if c is not None and not isinstance(c.effect, Effect)]
    yield from dict.fromkeys(f"edits: {summary_of(c.effect.__doc__)}" for c in rules)


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
