"""Everything that a plan is made from, as one value: the passes of planning look at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from reconciler.model.inquiry import Answers
from reconciler.model.ledger import Ledger
from reconciler.model.problem import Problem, Where
from reconciler.model.resource import Live, Resource
from reconciler.model.resource_id import ResourceId
from reconciler.planning.compare import Fingerprint
from reconciler.references import creators, surroundings


@dataclass(frozen=True)
class PlanInputs:
    """Everything that a plan is made from.

    Args:
        resources: what is desired.
        live: every object of the kinds in use, ours or not, each in its own api-version.
        ledger: without a run in progress (`ledger.recovery.settled`).
        chosen: the addresses to plan for; None for all (`--target`, `--exclude`).
        consents: addresses, `mass-change`, `empty`, or `all`.
        places: where the project file says a consent; the others are the command line's.
        superseded: what stands where a declared object was last written, and is another one
            (`planning.identities`).
        answers: to what a plan had to ask (`planning.inquiry`); none for the first plan.
        fingerprint: of a secret value, under the ledger's salt.
        propagation: the seconds that an update takes to reach every replica; None: as kinds say.
        read_at: when `live` was read, in ISO 8601.
    """

    resources: tuple[Resource, ...]
    live: Mapping[ResourceId, Live]
    ledger: Ledger
    fingerprint: Fingerprint
    problems: tuple[Problem, ...] = ()
    chosen: frozenset[ResourceId] | None = None
    consents: frozenset[str] = frozenset()
    places: Mapping[str, Where] = field(default_factory=dict)
    superseded: Mapping[ResourceId, Live] = field(default_factory=dict)
    answers: Answers = field(default_factory=Answers)
    propagation: float | None = None
    read_at: str = ""

    @cached_property
    def by_id(self) -> dict[ResourceId, Resource]:
        return {resource.id: resource for resource in self.resources}

    @cached_property
    def creators(self) -> dict[ResourceId, ResourceId]:
        """What live objects created for themselves, each with the object that created it."""
        return creators(self.live.values())

    @cached_property
    def around(self) -> dict[ResourceId, set[ResourceId]]:
        """What each object lies in or is on, and the roles by which others read for it."""
        return surroundings(self._written | self._desired, self.resources, self._endpoint)

    @cached_property
    def around_before(self) -> dict[ResourceId, set[ResourceId]]:
        """What each object lay in, or was on, when it was last written."""
        return surroundings(self._desired | self._written, (), self._endpoint)

    @property
    def _written(self) -> dict[ResourceId, str]:
        """The names on their service that the ledger has."""
        return {i: entry.name_on_service for i, entry in self.ledger.entries.items()}

    @property
    def _desired(self) -> dict[ResourceId, str]:
        """The names on their service that follow from the documents."""
        return {resource.id: resource.name_on_service for resource in self.resources}

    @property
    def _endpoint(self) -> str:
        return self.ledger.identity.endpoint

    def manages(self, address: ResourceId) -> bool:
        """Whether an object is ours, or part of another that created it for itself."""
        return address in self.by_id or address in self.ledger.entries or address in self.creators

    def version_of(self, address: ResourceId) -> str | None:
        """The api-version of an object of ours: its document's, else that of its last write."""
        named = self.by_id.get(address) or self.ledger.entries.get(address)
        return named.api_version if named is not None else None

    @property
    def destroys(self) -> bool:
        """Whether everything is to go, declared or not."""
        return "all" in self.consents

    def wants(self, address: ResourceId) -> bool:
        """Whether an address is planned for."""
        return self.chosen is None or address in self.chosen
