"""A kind of object: what its body is, and the facts about it that the engine acts on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Literal, NamedTuple

from reconciler.model.json import JsonObject
from reconciler.model.resource_id import ResourceId
from reconciler.schema.body import Body, Shape, beneath, shape_of


class Placement(NamedTuple):
    """Where an object is to stand, for a kind whose names on the service are paths.

    Args:
        name: its own name there.
        parent: the path of the object that it lies in, where a document declares that.
        settings: what the environment says of the provider, such as a subscription.
        body: its desired body.
    """

    name: str
    parent: str
    settings: Mapping[str, str]
    body: JsonObject


class Readiness(Enum):
    """How far a service is with an object that was written."""

    READY = "ready"
    PENDING = "pending"
    FAILED = "failed"


@dataclass(frozen=True)
class Kind:
    """One declared kind.

    Args:
        name: what manifests call it, such as `DataSource`; unique over all providers.
        body: the model of its REST body, with its name.
        since: the first api-version that has the kind.
        type_on_service: what its provider's URLs call it, such as `datasources`; empty for
            documents that are never sent.
        etag: `definition`, it changes with the definition and only then; `moves`, it also changes
            by itself (an indexer's, when it runs); `none`, the service sends none (an alias).
        propagation: seconds until an update has reached every replica; what it referred to before
            is not deleted earlier.
        creates: the objects that an object of this kind created for itself, by its body as read:
            they are nobody else's to manage. None: the kind creates none.
        will_create: their ids before it is there, by its name and its declared body.
        reads_differ: what a write returns is not what GET returns (a skillset, a knowledge base).
        lists_in_part: a list shows less of an object than it shows alone (a container).
        keeps_left_out: a PUT keeps what it leaves out, so that a default must be sent.
        holds_data: documents are lost with it, and readers of it find what it holds.
        starts_on_create: whether a new object with this body begins to run by itself.
        parent: the kind of the object that one of this kind lies in, which `metadata.parent` names.
        grouped_by: the kind of what it lies in otherwise, which the environment names.
        default_version: the api-version of the kind, where its provider has none for all.
        locate: its name on the service, where that is a path; None: the name as it is.
        identity: properties that make an object the one that it is, whatever it is called: its name
            on the service follows from them. With others it is another one, that takes its place.
        encode, decode: its body as it is sent, and as it came; None: as manifests have it.
        inherits: properties that the environment's settings say where the manifest does not.
        holds_others: what lies in it goes with it; no consent covers it that does not name it.
        contents: where its service lists what lies in it, beneath its own path; empty: nowhere.
        hosts: where the search service answers that an object of this kind is, by its name there.
        contracts: `metadata.contracts` may name files that describe what its parts call.
        grants: it lets an identity do something at the path that it hangs on.
        heads_pipeline: it names the objects of a pipeline, which an export may put beside it.
        replacement_advice: what a person does where the object cannot be changed in place.
        rename_cost: what it costs that a renamed object is deleted and created anew.
        readiness: how far the service is with an object, by its body as read; None: it is ready
            with the answer to the write.
        longest_wait: the seconds after which it is not waited for any longer.
        page: the documentation page of its REST operations.
    """

    name: str
    body: type[Body]
    since: str
    type_on_service: str = ""
    etag: Literal["definition", "moves", "none"] = "definition"
    propagation: float = 0.0
    creates: Callable[[JsonObject], Iterable[ResourceId]] | None = None
    will_create: Callable[[str, JsonObject], Iterable[ResourceId]] | None = None
    reads_differ: bool = False
    lists_in_part: bool = False
    keeps_left_out: bool = False
    holds_data: bool = False
    starts_on_create: Callable[[JsonObject], bool] | None = None
    parent: str = ""
    grouped_by: str = ""
    default_version: str = ""
    locate: Callable[[Placement], str] | None = None
    identity: tuple[str, ...] = ()
    encode: Callable[[JsonObject], JsonObject] | None = None
    decode: Callable[[JsonObject], JsonObject] | None = None
    inherits: tuple[str, ...] = ()
    holds_others: bool = False
    contents: str = ""
    hosts: Callable[[str], str] | None = None
    contracts: bool = False
    grants: bool = False
    heads_pipeline: bool = False
    replacement_advice: str = "declaring a new one under another name and using that instead"
    rename_cost: str = ""
    readiness: Callable[[JsonObject], Readiness] | None = None
    longest_wait: float = 0.0
    page: str = ""

    @cached_property
    def shape(self) -> Shape:
        return shape_of(self.body)

    def identity_of(self, body: JsonObject) -> tuple[str, ...]:
        """What makes an object of this kind the one that it is; nothing where its name does.

        Nothing, too, while a part of it is not known, or is no text.
        """
        found = []
        for name in self.identity:
            value, canonical = body.get(name), self.shape.properties[name].canonical
            if not isinstance(value, str):
                return ()
            found.append(canonical.spell(value) if canonical is not None else value)
        return tuple(found)

    def name_of(self, body: JsonObject) -> str:
        """The name on the service that follows from a body; empty where it does not."""
        if not self.identity or self.locate is None:
            return ""
        return self.locate(Placement("", "", {}, body))

    @cached_property
    def refers_to(self) -> frozenset[str]:
        """The kinds that its bodies may refer to."""
        properties = (p for m in beneath(self.body) for p in shape_of(m).properties.values())
        return frozenset(known.ref.kind for known in properties if known.ref is not None)
