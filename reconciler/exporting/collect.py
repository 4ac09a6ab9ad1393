"""Which live objects become manifests, and what the project must say beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reconciler.exporting.draft import Draft, draft
from reconciler.exporting.secrecy import Origin, SecretNames
from reconciler.exporting.spec import SpecWriter
from reconciler.exporting.versions import Shown, Versions
from reconciler.graph import Graph
from reconciler.model.problem import ProblemsError, suggestion
from reconciler.model.resource import Live
from reconciler.model.resource_id import ResourceId
from reconciler.providers import CATALOGUE
from reconciler.references import creators, targets


@dataclass(frozen=True)
class ExportInputs:
    """What an export looks at.

    Args:
        live: every object of the service, as the newest api-version that it answers in shows it.
        targets: these and what they need; all, if there are none.
        declared: objects that have a manifest already, or are known to be somebody else's.
        version: the project's api-version.
        secret_names: the names of the project's secrets, but for those that are kept.
        allow_unknown: whether the project lets properties pass that the schema does not know.
        shown: what was read in other api-versions.
        impossible: why some cannot be written, for reasons that lie beyond each of them.
    """

    live: Mapping[ResourceId, Live]
    targets: tuple[ResourceId, ...]
    declared: frozenset[ResourceId]
    version: str
    secret_names: frozenset[str]
    allow_unknown: bool
    shown: Shown
    impossible: Mapping[ResourceId, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Exported:
    """What is to be written.

    `external` are objects that the drafts refer to and no document declares; `created` are those
    that the service made for another one, `left_out` says why others are not among the drafts;
    `in_clear` are secrets that the service showed; `unseen` the kinds and api-versions that must be
    read before it is known whether they show all of what is written for them.
    """

    drafts: tuple[Draft, ...]
    secrets: Mapping[str, Origin]
    external: tuple[ResourceId, ...]
    created: tuple[ResourceId, ...]
    left_out: Mapping[ResourceId, str]
    in_clear: tuple[str, ...]
    unseen: frozenset[tuple[str, str]]


def export(inputs: ExportInputs) -> Exported:
    """The manifests of what is live and not declared.

    Raises:
        ProblemsError: a target is not live.
    """
    created = creators(inputs.live.values())
    names = SecretNames(inputs.secret_names, from_environment=False)
    writer = SpecWriter(names, unknown=inputs.allow_unknown)
    versions = Versions(inputs.version, inputs.shown)
    wanted = [address for address in _wanted(inputs) if address not in inputs.declared]
    left_out, drafts = {}, []
    for address in wanted:
        if address in created:
            continue
        live, unknown = inputs.live[address], inputs.allow_unknown
        made = draft(live, writer, versions, allow_unknown=unknown)
        if made.exposed:
            left_out[address] = "a secret may stand in a part of it that is not known here"
        elif made.wrong:
            left_out[address] = "; ".join(made.wrong)
        elif address in inputs.impossible:
            left_out[address] = inputs.impossible[address]
        else:
            drafts.append(made)
    used = {name for made in drafts for name in made.secrets}
    return Exported(
        drafts=tuple(drafts),
        secrets={name: origin for name, origin in names.origins.items() if name in used},
        external=_external(drafts, inputs.declared),
        created=tuple(address for address in wanted if address in created),
        left_out=left_out,
        in_clear=names.seen,
        unseen=frozenset(versions.unseen),
    )


def _wanted(inputs: ExportInputs) -> list[ResourceId]:
    """The objects to write, each kind after those that it may depend on."""
    for target in inputs.targets:
        if target not in inputs.live:
            alike = map(str, inputs.live)
            fix = suggestion(str(target), alike, "see the service's portal for what there is")
            raise ProblemsError.of("unknown-address", f"{target} is not live", fix)
    wanted: Iterable[ResourceId] = inputs.live
    if inputs.targets:
        needs = {
            address: targets(address.kind, live.body) & inputs.live.keys()
            for address, live in inputs.live.items()
        }
        wanted = Graph(needs).closure(inputs.targets)
    order = list(CATALOGUE)
    return sorted(wanted, key=lambda address: (order.index(address.kind), address.name))


def _external(drafts: Iterable[Draft], declared: frozenset[ResourceId]) -> tuple[ResourceId, ...]:
    listed = list(drafts)
    known = declared | {made.id for made in listed}
    used = {address for made in listed for address in made.refers_to}
    return tuple(sorted(a for a in used - known if a.kind in CATALOGUE))
