"""Masks where a secret belongs, or a key within a text; and secrets where none can stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from reconciler.model.json import JsonObject, Position, leaves
from reconciler.model.problem import Problem, Where
from reconciler.model.sensitive import KEEP, MASKS, Sensitive, has_mask, masks_a_key
from reconciler.providers import Kind
from reconciler.schema.walk import strangers, walk


def misplaced(
    declared: Kind, body: JsonObject, where: Where, everywhere: bool
) -> Iterator[Problem]:
    """What is wrong with the secrets of a body, and with what stands for one.

    Args:
        everywhere: secrets stand at properties without the mark, too.
    """
    masked: set[Position] = set()
    kept: set[Position] = set()
    for spot in walk(declared.shape, body, None if everywhere else "secret"):
        if spot.property.holds_objects:
            continue
        value, place = spot.value, where.at(*spot.position)
        secrets = list(value.values()) if isinstance(value, dict) else [value]
        if spot.property.secret is not None:
            kept.add(spot.position)
            if any(_is_mask(secret) for secret in secrets):
                text = "this is the mask of a secret, not its value"
                fix = "write ${secret.NAME}, or null to keep what the service holds"
                yield Problem("masked-secret", text, place, fix)
                masked.add(spot.position)
        if isinstance(value, list) and any(isinstance(leaf, Sensitive) for leaf in value):
            text = "a secret cannot stand in a list of plain values"
            yield Problem("misplaced-secret", text, place)
    listed = list(leaves(body))
    whole = any(leaf in MASKS for _, leaf in listed)
    unknown = strangers(declared.shape, body) if whole else ()
    bare = {stranger.position for stranger in unknown if stranger.value in MASKS}
    for position, text in listed:
        stray = text == KEEP and not _within(position, kept)
        mask = stray or masks_a_key(text) or position in bare
        if mask and not _within(position, masked):
            said = "a mask stands here where a key belongs: sent, it would be taken for the key"
            fix = "write ${secret.NAME} in its place"
            yield Problem("masked-secret", said, where.at(*position), fix)


def _within(position: Position, known: Collection[Position]) -> bool:
    return any(position[: len(one)] == one for one in known)


def _is_mask(value: Any) -> bool:
    return isinstance(value, str) and has_mask(value)
