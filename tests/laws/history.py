"""What happens to a project and its service between two applies."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping

from hypothesis import strategies as st

from tests.laws import checks
from tests.laws.bench import Applied, Bench
from tests.laws.likeness import HAND
from tests.laws.parts import SECRETS, Body, some
from tests.laws.stacks import (
    KINDS,
    Document,
    Stack,
    add,
    edit,
    filled_in,
    names_of,
    references,
    remove,
    spec_of,
)


class History:
    """A bench, and what this side knows of who owns what.

    `applied` holds the documents as they were last applied: what we own. A ledger is lost only
    while every secret is the applied one, and then stays so: nobody could see otherwise.
    """

    def __init__(self, bench: Bench, emulated: Body, stack: Stack) -> None:
        self.bench = bench
        self.applied: Stack = {}
        self._emulated = emulated
        self._count = 0
        self._settled = self._lost = False
        bench.declare(stack)

    def arrives(self) -> Applied:
        """Apply, and hold the laws against it."""
        before = self.bench.live()
        applied = self.bench.apply()
        assert applied.outcome.ok, applied.outcome.results
        checks.honesty(applied)
        checks.order(applied, before, self.bench.stack)
        checks.rest(self.bench)
        checks.arrival(self.bench, self._emulated, self._others(before))
        self.applied = dict(self.bench.stack)
        self._settled, self._lost = True, False
        return applied

    def _others(self, live: dict[str, Body]) -> set[str]:
        """What is not ours (any more), and so must stay."""
        ours = {a for a, document in self.applied.items() if not document.stays}
        return live.keys() - ours - self.bench.stack.keys()

    # on our side

    def edit(self, draw: st.DrawFn, address: str | None = None) -> None:
        stack = dict(self.bench.stack)
        if stack and not self._lost:
            self._settled = False
            edit(draw, stack, address or draw(st.sampled_from(sorted(stack))))
        self.bench.declare(stack)

    def add(self, draw: st.DrawFn) -> None:
        stack = dict(self.bench.stack)
        self._count += 1
        for kind in KINDS:
            add(draw, stack, kind, f"more-{self._count}-{kind.lower()}")
        self.bench.declare(stack)

    def remove(self, draw: st.DrawFn) -> None:
        """Some documents go; not an index that somebody else's alias holds."""
        stack = dict(self.bench.stack)
        remove(draw, stack)
        others = {a: b for a, b in self.bench.live().items() if a.startswith("Alias/")}
        for address in others.keys() - self.applied.keys():
            held = references("Alias", others[address])
            stack |= {a: d for a, d in self.bench.stack.items() if a in held}
        self.bench.declare(stack)

    def rotate(self, draw: st.DrawFn) -> None:
        name = draw(st.sampled_from(SECRETS))
        if self._lost:
            return
        self._settled = False
        self._count += 1
        self.bench.secrets[name] = self.bench.secrets[name].replace("-", f"-{self._count}", 1)

    def lose_the_ledger(self, draw: st.DrawFn) -> None:  # noqa: ARG002
        if self._settled:
            self.bench.forget()
            self.applied, self._settled, self._lost = {}, False, True

    def fail(self, draw: st.DrawFn) -> None:
        """An apply during which one call goes wrong."""
        fault: Body = {"fault": draw(st.sampled_from(("reset", "lost-reply", "touch", "status")))}
        if fault["fault"] == "status":
            fault["status"] = draw(st.sampled_from((400, 409, 500)))
        method = draw(st.sampled_from(("PUT", "PUT", "DELETE")))
        self.bench.fault(method=method, after=draw(st.integers(0, 5)), times=1, **fault)
        results = {str(r.resource): r.status for r in self.bench.apply().outcome.results}
        self.bench.fault()
        self.learn(results)

    def learn(self, results: Mapping[str, str]) -> None:
        """What is ours after an apply of which not everything was done."""
        undone = {address for address, status in results.items() if status != "done"}
        kept = {a: d for a, d in self.applied.items() if a in undone}
        self.applied = kept | {a: d for a, d in self.bench.stack.items() if a not in undone}

    # on the other side

    def edit_by_hand(self, draw: st.DrawFn) -> None:
        live = self.bench.live()
        stack = self.bench.stack
        same = sorted(a for a, d in self.applied.items() if a in live and d == stack.get(a))
        if same:
            address = draw(st.sampled_from(same))
            spec = _by_hand(draw, stack, stack[address], live[address])
            assert self.bench.put(address, filled_in(spec, self.bench.secrets)).is_success

    def delete_by_hand(self, draw: st.DrawFn) -> None:
        """The service itself refuses some of these: then nothing has happened."""
        live = sorted(self.bench.live())
        if live:
            self.bench.delete(draw(st.sampled_from(live)))

    def create_by_hand(self, draw: st.DrawFn) -> None:
        self._count += 1
        others: Stack = {}
        for kind in draw(st.sampled_from((("Index", "Alias"), ("DataSource",)))):
            add(draw, others, kind, f"others-{self._count}-{kind.lower()}")
        self.bench.create(others)


EVENTS: tuple[Callable[[History, st.DrawFn], None], ...] = (
    History.edit,
    History.edit,
    History.add,
    History.remove,
    History.rotate,
    History.lose_the_ledger,
    History.fail,
    History.edit_by_hand,
    History.delete_by_hand,
    History.create_by_hand,
)


def _by_hand(draw: st.DrawFn, stack: Stack, document: Document, live: Body) -> Body:
    """What somebody makes of an object; its secrets, which nobody could see change, stay."""
    spec = copy.deepcopy(document.spec)
    if document.kind == "Index":
        return _index_by_hand(draw, spec, live)
    if document.kind == "Skillset":
        return spec | {"skills": some(draw, spec["skills"], 1), "description": "by hand"}
    new = spec_of(draw, document.kind, names_of(stack), spec)
    return new | {name: spec[name] for name in ("credentials", "models") if name in spec}


def _index_by_hand(draw: st.DrawFn, spec: Body, live: Body) -> Body:
    spec["description"] = "by hand"
    spec["fields"] += [field for field in live["fields"] if field["name"].startswith(HAND)]
    if draw(st.booleans()):
        spec["fields"].append({"name": f"{HAND}{len(spec['fields'])}", "type": "Edm.Int32"})
    for name in ("corsOptions", "semantic", "scoringProfiles", "defaultScoringProfile"):
        if draw(st.booleans()):
            spec.pop(name, None)
    if not spec.get("scoringProfiles"):
        spec.pop("defaultScoringProfile", None)
    return spec
