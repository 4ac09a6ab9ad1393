"""Safety is its own pass: what may not happen without consent, the numbers, what lifts it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from reconciler.model import pointer
from reconciler.model.address import Address
from reconciler.model.effect import Effect
from reconciler.model.ledger import Entry
from reconciler.model.plan import Action, Change, Refusal
from reconciler.planning.request import Unsendable
from reconciler.planning.uses import Move

_MASS = frozenset({Action.DELETE, Action.REPLACE, Action.REBUILD})
_NEVER = frozenset({"protect", "rebuild", "in-use", "secret-not-available"})
"""What no consent lifts."""

MASS_SHARE, MASS_MINIMUM = 0.3, 10
KEPT_SHARE = 0.5
"""A reader moves without a word to an index with at least this share of the documents."""


@dataclass(frozen=True)
class Guarded:
    """What the guard looks at.

    `consents` holds addresses (`Index/docs`, for one action `Index/docs:delete`), `mass-change`,
    `empty`, or `all`, which lifts what can be consented to. `foreign` are declared objects that are
    not ours and whose manifest does not say `adopt`. `outside` names, for an object that goes, the
    live unmanaged objects that refer to it, `holders` whatever makes the service refuse its
    deletion; `moves` are readers that are pointed at another index, `unsendable` the secrets that
    a write lacks.
    """

    changes: tuple[Change, ...]
    entries: Mapping[Address, Entry]
    desired: int
    foreign: frozenset[Address]
    outside: Mapping[Address, tuple[Address, ...]]
    holders: Mapping[Address, tuple[Address, ...]]
    moves: tuple[Move, ...]
    unsendable: Mapping[Address, Unsendable]
    documents: Mapping[Address, int]
    consents: frozenset[str]


class Judgement(NamedTuple):
    """What the guard refuses, the consents that lifted something, in one spelling, and those that
    were given and match nothing.
    """

    refused: tuple[Refusal, ...]
    consents: tuple[str, ...]
    unused: tuple[str, ...]


def judge(case: Guarded) -> Judgement:
    """Everything that the guard refuses; nothing when the plan may be applied."""
    found = (
        *_protected(case),
        *_rebuilds(case),
        *_secrets(case),
        *_held(case),
        *_documents(case),
        *_referrers(case),
        *_moved(case),
        *_takeovers(case),
        *_mass(case),
        *_emptied(case),
    )
    lifted = [refusal for refusal in found if _consented(case, refusal)]
    used = {consent for refusal in lifted for consent in _consents(refusal)}
    refused = tuple(refusal for refusal in found if refusal not in lifted)
    matched = {consent for refusal in found for consent in _consents(refusal)}
    matched |= {consent.rpartition(":")[0] for consent in matched}
    return Judgement(refused, tuple(sorted(used)), tuple(sorted(case.consents - matched)))


_ACTIONS = {"take-over": "adopt", "fewer-documents": "move"}
"""What a consent names as its action, where that is not the deletion."""


def _consented(case: Guarded, refusal: Refusal) -> bool:
    if refusal.code in _NEVER:
        return False
    given = case.consents
    return "all" in given or all(
        consent in given or consent.rpartition(":")[0] in given for consent in _consents(refusal)
    )


def _consents(refusal: Refusal) -> tuple[str, ...]:
    """What lifts a refusal, for one action each: `Index/docs:delete`, or `mass-change`, `empty`."""
    if refusal.code in ("mass-change", "empty"):
        return (refusal.code,)
    action = _ACTIONS.get(refusal.code, "delete")
    return tuple(f"{address}:{action}" for address in refusal.addresses)


def _protected(case: Guarded) -> Iterator[Refusal]:
    """`protect` stands in the ledger: deleting the block does not lift it."""
    for change in case.changes:
        entry = case.entries.get(change.address)
        if change.action in _MASS and entry is not None and entry.lifecycle.protect:
            text = f"{change.address} is protected and would be {_past(change.action)}"
            lifted = "an apply with lifecycle.protect: false first"
            yield Refusal("protect", text, (change.address,), lifted)


def _rebuilds(case: Guarded) -> Iterator[Refusal]:
    for change in case.changes:
        if change.action is Action.REBUILD:
            text = f"{change.address}{_holding(case, change.address)} cannot be changed in place"
            new = "declaring a new one under another name and using that instead"
            if change.effect is not Effect.RECREATE:
                text += "; rebuilding is not part of this version"
                new = (
                    "declaring a new index under another name, filling it and repointing the alias"
                )
            lifted = f"{new} (then remove the old one), or undoing the edit"
            yield Refusal("rebuild", text, (change.address,), lifted)


def _secrets(case: Guarded) -> Iterator[Refusal]:
    """A plan is made without its secrets; it cannot be applied if a write must send them."""
    for address, lacking in case.unsendable.items():
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


def _held(case: Guarded) -> Iterator[Refusal]:
    """What the service is known not to delete is offered for no consent."""
    for address, others in sorted(case.holders.items()):
        names = ", ".join(map(str, others))
        text = f"{address} cannot be deleted while {names} refer{_s(others)} to it"
        lifted = f"deleting {names} first, or pointing {_it(others)} at something else"
        yield Refusal("in-use", text, (address,), lifted)


def _documents(case: Guarded) -> Iterator[Refusal]:
    for change in case.changes:
        gone = change.action in (Action.DELETE, Action.REPLACE)
        if change.address in case.holders:
            continue
        if gone and change.effect is Effect.DESTROYS_DATA:
            holding = _holding(case, change.address)
            if change.address.kind != "Index":
                holding = " with the index that it created, and every document in it"
            text = f"{change.address} would be {_past(change.action)}{holding}"
            yield _needs_consent("documents-lost", text, change.address)


def _referrers(case: Guarded) -> Iterator[Refusal]:
    for address, others in sorted(case.outside.items()):
        if address in case.holders:
            continue
        names = ", ".join(map(str, others))
        text = f"{address} would go, but {names} (not managed here) refers to it"
        yield _needs_consent("unmanaged-referrer", text, address)


def _moved(case: Guarded) -> Iterator[Refusal]:
    """Who asks an alias, or a knowledge source, would suddenly find less."""
    for reader, before, after in case.moves:
        now, then = case.documents.get(before, 0), case.documents.get(after, 0)
        if then < now * KEPT_SHARE:
            text = (
                f"{reader} would move from {before} with {_many(now)} to {after} with "
                f"{_many(then)}: who asks it finds only those"
            )
            lifted = f"filling {after} first, or --consent {reader}"
            yield Refusal("fewer-documents", text, (reader,), lifted)


def _takeovers(case: Guarded) -> Iterator[Refusal]:
    for change in case.changes:
        updated = change.action in (Action.UPDATE, Action.REBUILD)
        if updated and change.address in case.foreign:
            count = len(change.edits)
            places = f"{count} place{'' if count == 1 else 's'}"
            text = f"{change.address} exists, is not ours, and differs in {places}"
            lifted = f"lifecycle.adopt: true, or --consent {change.address}"
            yield Refusal("take-over", text, (change.address,), lifted)


def _mass(case: Guarded) -> Iterator[Refusal]:
    hit = tuple(change.address for change in case.changes if change.action in _MASS)
    owned = len(case.entries)
    if owned >= MASS_MINIMUM and len(hit) > owned * MASS_SHARE:
        share = round(100 * len(hit) / owned)
        text = f"{len(hit)} of {owned} owned objects ({share} %) would be deleted or rebuilt"
        yield Refusal("mass-change", text, hit, "--consent mass-change")


def _emptied(case: Guarded) -> Iterator[Refusal]:
    if case.entries and not case.desired:
        text = f"no manifest declares anything, but the ledger owns {len(case.entries)} objects"
        lifted = "`reconciler destroy`, or --consent empty"
        yield Refusal("empty", text, tuple(sorted(case.entries)), lifted)


def _needs_consent(code: str, text: str, address: Address) -> Refusal:
    return Refusal(code, text, (address,), f"--consent {address}, or spec.consents")


def _holding(case: Guarded, address: Address) -> str:
    count = case.documents.get(address)
    return "" if count is None else f" with {_many(count)}"


def _many(count: int) -> str:
    return f"{count:,} document{'' if count == 1 else 's'}"


def _s(subjects: tuple[Address, ...]) -> str:
    return "s" if len(subjects) == 1 else ""


def _it(objects: tuple[Address, ...]) -> str:
    return "it" if len(objects) == 1 else "them"


def _past(action: Action) -> str:
    return {Action.DELETE: "deleted", Action.REPLACE: "recreated"}.get(action, "rebuilt")
