"""Safety is its own pass: what may not happen without consent, the numbers, what lifts it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from reconciler.model import pointer
from reconciler.model.consent import WHOLE
from reconciler.model.effect import Effect
from reconciler.model.ledger import Entry
from reconciler.model.plan import Action, Change, Refusal
from reconciler.model.resource_id import ResourceId
from reconciler.planning.request import Unsendable
from reconciler.planning.uses import Move
from reconciler.providers import kind

_NEVER = frozenset({"protect", "rebuild", "in-use", "secret-not-available"})
"""What no consent lifts."""

MASS_SHARE, MASS_MINIMUM = 0.3, 10
MANY = 5
"""So many names are shown of what goes along."""

KEPT_SHARE = 0.5
"""A reader moves without a word to an index with at least this share of the documents."""


@dataclass(frozen=True)
class GuardInputs:
    """What the guard looks at.

    `consents` holds addresses (`Index/docs`, for one action `Index/docs:delete`), `mass-change`,
    `empty`, or `all`, which lifts what can be consented to. `foreign` are declared objects that are
    not ours and whose manifest does not say `adopt`. `outside` names, for an object that goes, the
    live unmanaged objects that refer to it, `holders` whatever makes the service refuse its
    deletion, `lying_in` what it takes along and the plan does not delete; `moves` are readers that
    are pointed at another index, `unsendable` the secrets that a write lacks.
    """

    changes: tuple[Change, ...]
    entries: Mapping[ResourceId, Entry]
    desired: int
    foreign: frozenset[ResourceId]
    outside: Mapping[ResourceId, tuple[ResourceId, ...]]
    holders: Mapping[ResourceId, tuple[ResourceId, ...]]
    lying_in: Mapping[ResourceId, tuple[str, ...]]
    moves: tuple[Move, ...]
    unsendable: Mapping[ResourceId, Unsendable]
    documents: Mapping[ResourceId, int]
    consents: frozenset[str]


class Judgement(NamedTuple):
    """What the guard refuses, the consents that lifted something, in one spelling, and those that
    were given and match nothing.
    """

    refused: tuple[Refusal, ...]
    consents: tuple[str, ...]
    unused: tuple[str, ...]


def judge(inputs: GuardInputs) -> Judgement:
    """Everything that the guard refuses; nothing when the plan may be applied."""
    found = (
        *_protected(inputs),
        *_rebuilds(inputs),
        *_secrets(inputs),
        *_held(inputs),
        *_documents(inputs),
        *_held_within(inputs),
        *_others_within(inputs),
        *_referrers(inputs),
        *_moved(inputs),
        *_takeovers(inputs),
        *_mass(inputs),
        *_emptied(inputs),
    )
    lifted = [refusal for refusal in found if _consented(inputs, refusal)]
    used = {consent for refusal in lifted for consent in _consents(refusal)}
    refused = tuple(refusal for refusal in found if refusal not in lifted)
    matched = {consent for refusal in found for consent in _consents(refusal)}
    matched |= {consent.rpartition(":")[0] for consent in matched}
    return Judgement(refused, tuple(sorted(used)), tuple(sorted(inputs.consents - matched)))


_ACTIONS = {"take-over": "adopt", "fewer-documents": "move", "others-lost": "delete-others"}
"""What a consent names as its action, where that is not the deletion."""

_NAMED = frozenset({"contents-lost", "others-lost"})
"""What `all` does not lift."""


def _consented(inputs: GuardInputs, refusal: Refusal) -> bool:
    if refusal.code in _NEVER:
        return False
    given = inputs.consents
    every = "all" in given and refusal.code not in _NAMED
    whole = refusal.code != "others-lost"
    return every or all(
        consent in given or (whole and consent.rpartition(":")[0] in given)
        for consent in _consents(refusal)
    )


def _consents(refusal: Refusal) -> tuple[str, ...]:
    """What lifts a refusal, for one action each: `Index/docs:delete`, or `mass-change`, `empty`."""
    if refusal.code in WHOLE:
        return (refusal.code,)
    action = _ACTIONS.get(refusal.code, "delete")
    return tuple(f"{address}:{action}" for address in refusal.ids)


def _protected(inputs: GuardInputs) -> Iterator[Refusal]:
    """`protect` stands in the ledger: deleting the block does not lift it."""
    for change in inputs.changes:
        entry = inputs.entries.get(change.id)
        if change.action.destructive and entry is not None and entry.lifecycle.protect:
            text = f"{change.id} is protected and would be {_past(change.action)}"
            lifted = "an apply with lifecycle.protect: false first"
            yield Refusal("protect", text, (change.id,), lifted)


def _rebuilds(inputs: GuardInputs) -> Iterator[Refusal]:
    for change in inputs.changes:
        if change.action is Action.REBUILD:
            text = f"{change.id}{_holding(inputs, change.id)} cannot be changed in place"
            if change.effect is not Effect.RECREATE:
                text += "; rebuilding is not part of this version"
            new = kind(change.id.kind).replacement_advice
            lifted = f"{new} (then remove the old one), or undoing the edit"
            yield Refusal("rebuild", text, (change.id,), lifted)


def _secrets(inputs: GuardInputs) -> Iterator[Refusal]:
    """A plan is made without its secrets; it cannot be applied if a write must send them."""
    for address, lacking in inputs.unsendable.items():
        places = ", ".join(map(pointer.render, lacking.paths))
        text = f"{address}: the write must send the secret at {places}, which is not available here"
        if lacking.kept:
            text = (
                f"{address}: the write must send the secret at {places}, which cannot be kept: the "
                "service shows a mask in its place, and would take that for the secret"
            )
        names = ", ".join(lacking.names)
        lifted = f"providing secret {names}" if names else "declaring it as ${secret.NAME}"
        yield Refusal("secret-not-available", text, (address,), lifted)


def _held(inputs: GuardInputs) -> Iterator[Refusal]:
    """What the service is known not to delete is offered for no consent."""
    for address, others in sorted(inputs.holders.items()):
        names = ", ".join(map(str, others))
        text = f"{address} cannot be deleted while {names} refer{_s(others)} to it"
        lifted = f"deleting {names} first, or pointing {_it(others)} at something else"
        yield Refusal("in-use", text, (address,), lifted)


def _documents(inputs: GuardInputs) -> Iterator[Refusal]:
    for change in inputs.changes:
        gone = change.action in (Action.DELETE, Action.REPLACE)
        if change.id in inputs.holders:
            continue
        if gone and change.effect is Effect.DESTROYS_DATA:
            holding = _holding(inputs, change.id)
            if not kind(change.id.kind).holds_data:
                holding = " with the index that it created, and every document in it"
            text = f"{change.id} would be {_past(change.action)}{holding}"
            yield _needs_consent("documents-lost", text, change.id)


def _held_within(inputs: GuardInputs) -> Iterator[Refusal]:
    """What holds others takes them with it, ours or not: only its own name consents."""
    for change in inputs.changes:
        if change.action.destructive and kind(change.id.kind).holds_others:
            text = f"{change.id} would be {_past(change.action)} with everything in it"
            yield _needs_consent("contents-lost", text, change.id)


def _others_within(inputs: GuardInputs) -> Iterator[Refusal]:
    """What nobody here deletes would go along: the consent to the deletion alone is not enough."""
    for address, names in sorted(inputs.lying_in.items()):
        shown = [name.partition("/providers/")[2] or name for name in names[:MANY]]
        more = f" and {len(names) - MANY} more" if len(names) > MANY else ""
        text = (
            f"{address} would take along {len(names)} that this plan does not delete: "
            f"{', '.join(shown)}{more}"
        )
        lifted = f"moving or deleting them first, or --consent {address}:delete-others"
        yield Refusal("others-lost", text, (address,), lifted)


def _referrers(inputs: GuardInputs) -> Iterator[Refusal]:
    for address, others in sorted(inputs.outside.items()):
        if address in inputs.holders:
            continue
        names = ", ".join(map(str, others))
        text = f"{address} would go, but {names} (not managed here) refer{_s(others)} to it"
        yield _needs_consent("unmanaged-referrer", text, address)


def _moved(inputs: GuardInputs) -> Iterator[Refusal]:
    """Who asks an alias, or a knowledge source, would suddenly find less."""
    for reader, before, after in inputs.moves:
        now, then = inputs.documents.get(before, 0), inputs.documents.get(after, 0)
        if then < now * KEPT_SHARE:
            text = (
                f"{reader} would move from {before} with {_many(now)} to {after} with "
                f"{_many(then)}: who asks it finds only those"
            )
            lifted = f"filling {after} first, or --consent {reader}"
            yield Refusal("fewer-documents", text, (reader,), lifted)


def _takeovers(inputs: GuardInputs) -> Iterator[Refusal]:
    for change in inputs.changes:
        updated = change.action in (Action.UPDATE, Action.REBUILD)
        if updated and change.id in inputs.foreign:
            places = _many(len(change.edits), "place")
            text = f"{change.id} exists, is not ours, and differs in {places}"
            lifted = f"lifecycle.adopt: true, or --consent {change.id}"
            yield Refusal("take-over", text, (change.id,), lifted)


def _mass(inputs: GuardInputs) -> Iterator[Refusal]:
    hit = tuple(change.id for change in inputs.changes if change.action.destructive)
    owned = len(inputs.entries)
    if owned >= MASS_MINIMUM and len(hit) > owned * MASS_SHARE:
        share = round(100 * len(hit) / owned)
        text = f"{len(hit)} of {owned} owned objects ({share} %) would be deleted or rebuilt"
        yield Refusal("mass-change", text, hit, "--consent mass-change")


def _emptied(inputs: GuardInputs) -> Iterator[Refusal]:
    if inputs.entries and not inputs.desired:
        owned = _many(len(inputs.entries), "object")
        text = f"no manifest declares anything, but the ledger owns {owned}"
        lifted = "`reconciler destroy`, or --consent empty"
        yield Refusal("empty", text, tuple(sorted(inputs.entries)), lifted)


def _needs_consent(code: str, text: str, address: ResourceId) -> Refusal:
    return Refusal(code, text, (address,), f"--consent {address}, or spec.consents")


def _holding(inputs: GuardInputs, address: ResourceId) -> str:
    count = inputs.documents.get(address)
    return "" if count is None else f" with {_many(count)}"


def _many(count: int, noun: str = "document") -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _s(subjects: tuple[ResourceId, ...]) -> str:
    return "s" if len(subjects) == 1 else ""


def _it(objects: tuple[ResourceId, ...]) -> str:
    return "it" if len(objects) == 1 else "them"


def _past(action: Action) -> str:
    return {Action.DELETE: "deleted", Action.REPLACE: "recreated"}.get(action, "rebuilt")
