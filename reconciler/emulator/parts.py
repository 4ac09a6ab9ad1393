"""Objects that the service makes for another one: written, checked and deleted with it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from reconciler.emulator.refusals import Refusal
from reconciler.emulator.store import Record, Store

if TYPE_CHECKING:
    from reconciler.emulator.catalogue import Kind
    from reconciler.emulator.context import Context

Body = dict[str, Any]
Part = tuple[str, Body]


class Resource(Protocol):
    """What writes and removes the objects of one kind."""

    @property
    def kind(self) -> Kind: ...

    @property
    def context(self) -> Context: ...

    def write(self, name: str, body: Body, existing: Record | None) -> object: ...

    def remove(self, name: str) -> None: ...


@dataclass(frozen=True)
class Parts:
    """The parts of objects of one kind; `resource_of` gives what writes a collection's objects."""

    kind: Kind
    store: Store
    resource_of: Callable[[str], Resource]

    def write(self, body: Body, old: Body | None) -> None:
        """Those whose definition is new. All or nothing: a refusal takes back what was written.

        Raises:
            Refusal: one of them breaks a rule, or a quota, or exists already.
        """
        before = self.kind.parts(old) if old else []
        done: list[tuple[str, str, Body | None]] = []
        try:
            for collection, part in self.kind.parts(body):
                if (collection, part) in before:
                    continue
                name = part["name"]
                record = self.store.get(collection, name)
                if record is not None and old is None:
                    self._refuse(body["name"], collection, name)
                done.append((collection, name, copy.deepcopy(record.body) if record else None))
                self.resource_of(collection).write(name, part, record)
        except Refusal:
            self._take_back(done)
            raise

    def _refuse(self, owner: str, collection: str, name: str) -> None:
        noun = self.resource_of(collection).kind.noun
        raise Refusal("source-part-exists", name=owner, noun=f"the {noun}", part=name)

    def _take_back(self, done: list[tuple[str, str, Body | None]]) -> None:
        for collection, name, body in reversed(done):
            if body is not None:
                self.store.put(collection, name, body)
            elif self.store.get(collection, name) is not None:
                self.resource_of(collection).remove(name)

    def check_deletable(self, body: Body) -> None:
        """
        Raises:
            Refusal: something refers to one of them and keeps it from being deleted.
        """
        for collection, part in self.kind.parts(body):
            resource = self.resource_of(collection)
            resource.kind.may_delete(resource.context, part["name"])

    def delete(self, body: Body) -> None:
        """Those that are there, last made first."""
        for collection, part in reversed(self.kind.parts(body)):
            if self.store.get(collection, part["name"]) is not None:
                self.resource_of(collection).remove(part["name"])
