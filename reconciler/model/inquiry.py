"""What a plan with writes has to ask of the service before it is believed, and the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reconciler.model.resource import Live
from reconciler.model.resource_id import ResourceId


@dataclass(frozen=True, slots=True)
class Inquiry:
    """The questions; a plan without writes has none.

    Args:
        referrers_of: objects that go: who else refers to them?
        documents: indexes: how many documents are in each?
        contents: objects that go, each with its name on the service: what lies in them?
        missing: referred to by a write, and not seen yet: are they there?
        newer: objects that are updated, each with its name on the service: what do they look like
            in the newest api-version?
    """

    referrers_of: frozenset[ResourceId] = frozenset()
    documents: frozenset[ResourceId] = frozenset()
    contents: Mapping[ResourceId, str] = field(default_factory=dict)
    missing: frozenset[ResourceId] = frozenset()
    newer: Mapping[ResourceId, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        counted = self.documents or self.contents
        return bool(self.referrers_of or counted or self.missing or self.newer)


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered.

    Args:
        documents: the number of documents in each index that is live.
        contents: the names on their service of all that lies in each object that was asked about.
        missing: what is not there.
        newer: bodies in the newest api-version; None where the service would not show it.
    """

    documents: Mapping[ResourceId, int] = field(default_factory=dict)
    contents: Mapping[ResourceId, frozenset[str]] = field(default_factory=dict)
    missing: frozenset[ResourceId] = frozenset()
    newer: Mapping[ResourceId, Live | None] = field(default_factory=dict)
