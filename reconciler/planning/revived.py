"""A saved plan read back, by `apply FILE` alone, and its secrets filled in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from reconciler.kinds import kind
from reconciler.kinds.paths import locate, value_at
from reconciler.model import pointer
from reconciler.model.address import Address
from reconciler.model.effect import Effect
from reconciler.model.json import StoredJson
from reconciler.model.ledger import Entry
from reconciler.model.plan import (
    Action,
    Call,
    Change,
    Drift,
    Edit,
    Plan,
    Precondition,
    Refusal,
    Step,
    Target,
)
from reconciler.model.problem import ProblemsError
from reconciler.model.resource import Live, Resource
from reconciler.model.sensitive import Sensitive
from reconciler.planning.saved import SENSITIVE, VERSION


def plan_from_json(value: Any) -> Plan:
    """A saved plan; the secrets in its bodies are fingerprints until `with_secrets`.

    Raises:
        ProblemsError: it is not a saved plan, or of a newer version of the format. Every older
            version is read for ever: tests/versions keeps one of each.
    """
    try:
        version = value["reconcilerPlan"]
    except (TypeError, KeyError):
        raise ProblemsError.of("not-a-plan", "the file is not a saved plan") from None
    if isinstance(version, int) and version > VERSION:
        text = f"the plan has version {version} of its format; this tool knows {VERSION}"
        fix = "update the tool: a newer one wrote it; or plan again with this one"
        raise ProblemsError.of("newer-plan", text, fix)
    try:
        return _plan(value)
    except (TypeError, KeyError, ValueError, AttributeError):
        raise ProblemsError.of("not-a-plan", "the saved plan is damaged", "plan again") from None


def _plan(value: Any) -> Plan:
    return Plan(
        target=Target(**value["target"]),
        changes=tuple(_change(change) for change in value["changes"]),
        steps=tuple(_step(step) for step in value["steps"]),
        blocked=tuple(_refusal(refusal) for refusal in value["blocked"]),
        drift=tuple(
            Drift(Address.parse(d["address"]), tuple(map(_edit, d["edits"])), d["gone"])
            for d in value["drift"]
        ),
        unchanged=value["unchanged"],
        unmanaged=value["unmanaged"],
        reads={Address.parse(text): state for text, state in value["reads"].items()},
        records={
            Address.parse(text): _entry(entry) if entry is not None else None
            for text, entry in value["records"].items()
        },
        consents=tuple(value["consents"]),
        notes=tuple(value["notes"]),
        read_at=value["readAt"],
    )


def _change(value: Any) -> Change:
    return Change(
        address=Address.parse(value["address"]),
        action=Action[value["action"].upper()],
        edits=tuple(map(_edit, value["edits"])),
        reason=value["reason"],
        effect=_effect(value["effect"]),
        hidden=value["hidden"],
        notes=tuple(value["notes"]),
        runs=value["runs"],
    )


def _edit(value: Any) -> Edit:
    path = pointer.parse(value["path"])
    plain = (value["before"], value["after"], _effect(value["effect"]))
    return Edit(path, *plain, sensitive=value["sensitive"], note=value["note"])


def _effect(label: str) -> Effect:
    return Effect[label.upper().replace("-", "_")]


def _refusal(value: Any) -> Refusal:
    addresses = tuple(Address.parse(text) for text in value["addresses"])
    return Refusal(value["code"], value["message"], addresses, value["liftedBy"])


def _step(value: Any) -> Step:
    call = Call(
        value["method"],
        Address.parse(value["address"]),
        value["name"],
        value["apiVersion"],
        value["body"],
        value["query"],
    )
    entry = _entry(value["entry"]) if value["entry"] is not None else None
    precondition = Precondition(**value["precondition"])
    waits_for = tuple(value["waitsFor"])
    return Step(value["id"], call, precondition, entry, waits_for, value["pause"])


def _entry(value: Any) -> Entry:
    stored = {name: StoredJson.of(value[name]) for name in ("written", "read_back")}
    return Entry(**{**value, **stored, "address": Address.parse(value["address"])})


def with_secrets(
    plan: Plan,
    resources: Mapping[Address, Resource],
    live: Mapping[Address, Live],
    fingerprint: Callable[[str], str],
) -> Plan:
    """A saved plan with its secrets: the manifests', and what is kept as the service has it.

    Raises:
        ProblemsError: a secret is missing, or is not the one that was planned with.
    """
    steps = (
        _filled(step, resources.get(step.address), live.get(step.address), fingerprint)
        for step in plan.steps
    )
    return replace(plan, steps=tuple(steps))


def _filled(step: Step, resource: Resource | None, live: Live | None, fingerprint: Any) -> Step:
    marks = _marks(step.call.body, ())
    if not marks:
        return step
    body = json.loads(json.dumps(step.call.body))
    shape = kind(step.address.kind).shape
    for path, expected in marks.items():
        keyed = _keyed(step, path)
        secret = value_at(shape, resource.body, keyed) if resource is not None else None
        if isinstance(secret, Sensitive) and secret.keep and live is not None:
            secret = Sensitive(value_at(shape, live.body, keyed))
        if not isinstance(secret, Sensitive) or secret.value is None:
            text = f"{step.address}: the secret at {pointer.render(keyed)} is not available here"
            raise ProblemsError.of("secret-not-available", text, "provide it, or plan again")
        if fingerprint(secret.value) != expected:
            text = f"{step.address}: the secret at {pointer.render(keyed)} is not the planned one"
            raise ProblemsError.of("stale-plan", text, "plan again")
        place = locate(None, body, path)
        assert place is not None
        place.container[place.key] = secret
    return replace(step, call=replace(step.call, body=body))


def _marks(value: Any, path: tuple[str, ...]) -> dict[tuple[str, ...], str]:
    """Where secrets stand in a saved body (by position), and their fingerprints."""
    if isinstance(value, dict):
        if set(value) == {SENSITIVE}:
            return {path: value[SENSITIVE]}
        items: Any = value.items()
    else:
        items = enumerate(value) if isinstance(value, list) else ()
    found: dict[tuple[str, ...], str] = {}
    for part, inner in items:
        found |= _marks(inner, (*path, str(part)))
    return found


def _keyed(step: Step, position: tuple[str, ...]) -> tuple[str, ...]:
    """The path by keys of a position in a step's body."""
    shape = kind(step.address.kind).shape
    body = step.call.body or {}
    here: Any = body
    inner: Any = shape
    known = None
    keyed: list[str] = []
    for part in position:
        if isinstance(here, list):
            index = int(part)
            here = here[index]
            key = known.key_of(here, index) if known is not None else None
            keyed.append(key or part)
        else:
            known = inner.properties.get(part) if inner is not None else None
            here = here[part]
            keyed.append(part)
        inner = known.shape(here) if known is not None and isinstance(here, dict) else None
    return tuple(keyed)
