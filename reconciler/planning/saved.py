"""A saved plan: versioned JSON without secrets, read back only by `apply FILE`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from reconciler.kinds import kind
from reconciler.kinds.paths import locate, value_at
from reconciler.model import pointer
from reconciler.model.address import Address
from reconciler.model.effect import Effect
from reconciler.model.json import StoredJson, digest
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
from reconciler.model.resource import Resource
from reconciler.model.sensitive import Sensitive
from reconciler.version import __version__

VERSION = 1
_MARK = "$sensitive"


def plan_to_json(plan: Plan, fingerprint: Callable[[str], str]) -> dict[str, Any]:
    """A plan as JSON; each secret in a body becomes its fingerprint.

    Args:
        fingerprint: of a secret value, under the ledger's salt.
    """
    return {
        "reconcilerPlan": VERSION,
        "tool": __version__,
        "target": _fields(plan.target),
        "readAt": plan.read_at,
        "consents": list(plan.consents),
        "unchanged": plan.unchanged,
        "unmanaged": plan.unmanaged,
        "notes": list(plan.notes),
        "changes": [change_to_json(change) for change in plan.changes],
        "drift": [drift_to_json(drift) for drift in plan.drift],
        "blocked": [refusal_to_json(refusal) for refusal in plan.blocked],
        "problems": [problem.message for problem in plan.problems],
        "steps": [_step(step, fingerprint) for step in plan.steps],
        "records": {str(a): _entry(e) if e else None for a, e in plan.records.items()},
        "reads": {str(address): state for address, state in plan.reads.items()},
    }


def plan_digest(plan: Plan) -> str:
    """What identifies a plan: its target and its steps."""
    steps = [(step.id, list(step.waits_for), _fields(step.precondition)) for step in plan.steps]
    return digest([_fields(plan.target), steps])


def plan_from_json(value: Any) -> Plan:
    """A saved plan; the secrets in its bodies are fingerprints until `with_secrets`.

    Raises:
        ProblemsError: it is not a saved plan of a version that this tool knows.
    """
    try:
        version = value["reconcilerPlan"]
    except (TypeError, KeyError):
        raise ProblemsError.of("not-a-plan", "the file is not a saved plan") from None
    if version != VERSION:
        text = f"the plan has version {version}; this tool knows {VERSION}"
        raise ProblemsError.of("newer-plan", text, "plan again with this version of the tool")
    try:
        return _plan(value)
    except (TypeError, KeyError, ValueError, AttributeError):
        raise ProblemsError.of("not-a-plan", "the saved plan is damaged", "plan again") from None


def with_secrets(
    plan: Plan, resources: Mapping[Address, Resource], fingerprint: Callable[[str], str]
) -> Plan:
    """A saved plan with the secrets of the manifests filled in.

    Raises:
        ProblemsError: a secret is missing, or is not the one that was planned with.
    """
    return replace(plan, steps=tuple(_filled(step, resources, fingerprint) for step in plan.steps))


def _filled(step: Step, resources: Mapping[Address, Resource], fingerprint: Any) -> Step:
    marks = _marks(step.call.body, ())
    if not marks:
        return step
    body = json.loads(json.dumps(step.call.body))
    shape = kind(step.address.kind).shape
    resource = resources.get(step.address)
    for path, expected in marks.items():
        keyed = _keyed(step, path)
        secret = value_at(shape, resource.body, keyed) if resource is not None else None
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
        if set(value) == {_MARK}:
            return {path: value[_MARK]}
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


def _step(step: Step, fingerprint: Callable[[str], str]) -> dict[str, Any]:
    call = step.call
    return {
        "id": step.id,
        "address": str(call.address),
        "method": call.method,
        "name": call.name,
        "apiVersion": call.api_version,
        "query": dict(call.query),
        "precondition": _fields(step.precondition),
        "waitsFor": list(step.waits_for),
        "pause": step.pause,
        "body": _masked(call.body, fingerprint),
        "entry": _entry(step.entry) if step.entry is not None else None,
    }


def _masked(value: Any, fingerprint: Callable[[str], str]) -> Any:
    if isinstance(value, Sensitive):
        return {_MARK: fingerprint(value.value) if value.value is not None else None}
    if isinstance(value, dict):
        return {key: _masked(inner, fingerprint) for key, inner in value.items()}
    return [_masked(inner, fingerprint) for inner in value] if isinstance(value, list) else value


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def change_to_json(change: Change) -> dict[str, Any]:
    """One change, as the JSON format shows it too."""
    return {
        "address": str(change.address),
        "action": change.action.label,
        "effect": change.effect.label,
        "reason": change.reason,
        "hidden": change.hidden,
        "runs": change.runs,
        "notes": list(change.notes),
        "edits": [edit_to_json(edit) for edit in change.edits],
    }


def edit_to_json(edit: Edit) -> dict[str, Any]:
    return {
        "path": pointer.render(edit.path),
        "before": edit.before,
        "after": edit.after,
        "effect": edit.effect.label,
        "sensitive": edit.sensitive,
        "note": edit.note,
    }


def drift_to_json(drift: Drift) -> dict[str, Any]:
    edits = [edit_to_json(edit) for edit in drift.edits]
    return {"address": str(drift.address), "gone": drift.gone, "edits": edits}


def refusal_to_json(refusal: Refusal) -> dict[str, Any]:
    return {
        "code": refusal.code,
        "message": refusal.message,
        "addresses": [str(address) for address in refusal.addresses],
        "liftedBy": refusal.lifted_by,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    known = _fields(entry)
    known["address"] = str(entry.address)
    known["fingerprints"] = dict(entry.fingerprints)
    known["written"], known["read_back"] = entry.written.value, entry.read_back.value
    return known


def _plan(value: Any) -> Plan:
    return Plan(
        target=Target(**value["target"]),
        changes=tuple(_change(change) for change in value["changes"]),
        steps=tuple(_read_step(step) for step in value["steps"]),
        blocked=tuple(_refusal(refusal) for refusal in value["blocked"]),
        drift=tuple(
            Drift(Address.parse(d["address"]), tuple(map(_edit, d["edits"])), d["gone"])
            for d in value["drift"]
        ),
        unchanged=value["unchanged"],
        unmanaged=value["unmanaged"],
        reads={Address.parse(text): state for text, state in value["reads"].items()},
        records={
            Address.parse(text): _read_entry(entry) if entry is not None else None
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


def _read_step(value: Any) -> Step:
    call = Call(
        value["method"],
        Address.parse(value["address"]),
        value["name"],
        value["apiVersion"],
        value["body"],
        value["query"],
    )
    entry = _read_entry(value["entry"]) if value["entry"] is not None else None
    precondition = Precondition(**value["precondition"])
    waits_for = tuple(value["waitsFor"])
    return Step(value["id"], call, precondition, entry, waits_for, value["pause"])


def _read_entry(value: Any) -> Entry:
    stored = {name: StoredJson.of(value[name]) for name in ("written", "read_back")}
    return Entry(**{**value, **stored, "address": Address.parse(value["address"])})
