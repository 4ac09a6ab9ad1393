"""A definition as the service answered it: judged before the engine sees it.

Only its form: that what is walked can be walked. What it says is the service's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isfinite
from typing import Any

from reconciler.model.endpoint import sendable
from reconciler.model.json import JsonObject, leaves
from reconciler.model.resource import Live
from reconciler.model.resource_id import ResourceId
from reconciler.providers import Kind
from reconciler.providers.search.profile import SEARCH
from reconciler.schema.body import Shape
from reconciler.wire import ServiceError

_NAME = re.compile(r"[^\s/\\'\"()?#%&<>\x00-\x20\x7f-\x9f]{1,260}")
"""What can be a name in an address and in a URL; the service takes less than that."""
_LONGEST_ETAG = 500


def live(of: Kind, body: Any, api_version: str) -> Live:
    """A body as the service returned it, with its etag apart.

    Raises:
        ServiceError: it is not a definition of that kind.
    """
    wrong = next(_wrong(of, body), None)
    if wrong is not None:
        raise ServiceError(f"{of.name}: {wrong}: {SEARCH.not_ours}")
    etag = body.get("@odata.etag") if of.etag != "none" else None
    plain = {k: v for k, v in body.items() if k not in ("@odata.etag", "@odata.context")}
    return Live(ResourceId(of.name, body["name"]), plain, etag, api_version)


def _wrong(of: Kind, body: Any) -> Iterator[str]:
    if not isinstance(body, dict):
        yield "a definition in the answer is no JSON object"
        return
    name, etag = body.get("name"), body.get("@odata.etag")
    if not isinstance(name, str) or _NAME.fullmatch(name) is None:
        yield "a definition in the answer has no name"
        return
    if etag is not None and not (isinstance(etag, str) and _is_etag(etag)):
        yield f"the etag of {name} cannot be one"
    yield from (f"`{place}` of {name} is not what it must be" for place in _misfits(of.shape, body))


def _is_etag(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_ETAG and text == text.strip() and sendable(text)


def _misfits(shape: Shape | None, body: JsonObject) -> Iterator[str]:
    """Where a body is not of its shape: no object or list where one is, no finite number."""
    properties = shape.properties if shape is not None else {}
    for name, value in body.items():
        known = properties.get(name)
        if known is None or value is None:
            if _holds_endless(value):
                yield name
            continue
        if known.many != isinstance(value, list):
            yield name
            continue
        if not known.holds_objects:
            if known.many and any(isinstance(element, (dict, list)) for element in value):
                yield name
            if _holds_endless(value):
                yield name
            continue
        for element in value if known.many else (value,):
            if isinstance(element, dict):
                yield from (f"{name}/{place}" for place in _misfits(known.shape(element), element))
            else:
                yield name


def _holds_endless(value: Any) -> bool:
    """Whether a number in a value is one that JSON cannot write again, or nothing can hold."""
    return any(_is_endless(leaf) for _, leaf in leaves(value))


def _is_endless(value: Any) -> bool:
    try:
        return isinstance(value, (int, float)) and not isfinite(value)
    except OverflowError:  # a whole number of more than 308 digits
        return True
