"""What a rule sees: everything that is declared in one environment, and what the project says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reconciler.model.problem import Where
from reconciler.model.resource import Resource
from reconciler.model.resource_id import ResourceId


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """The desired state of one environment, resolved.

    Args:
        resources: what is sent to the service, also of documents with problems: a rule cannot take
            for granted that a body has the right types.
        local: the documents that are never sent (Check, EmbeddingModel).
        project: the project file, for problems of what it says.
        root: the project's folder.
        environment: the environment's name.
        external: what references may name though no document declares it.
        allow_unknown: whether the service may know more than the schema does.
        switches: rule ids, and what the project makes of each: off, advice, warning or error.
    """

    resources: tuple[Resource, ...]
    local: tuple[Resource, ...]
    project: Where
    root: Path
    environment: str
    external: frozenset[ResourceId] = frozenset()
    allow_unknown: bool = False
    switches: Mapping[str, str] = field(default_factory=dict)

    @property
    def documents(self) -> tuple[Resource, ...]:
        """Everything that is declared, whether it is sent or not."""
        return (*self.resources, *self.local)
