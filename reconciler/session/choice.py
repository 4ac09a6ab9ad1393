"""What a plan is limited to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reconciler.model.resource_id import ResourceId


class Choice(NamedTuple):
    """What a plan is limited to, and what was consented to.

    Args:
        targets: these and all that they need; none: everything.
        excludes: these not.
        consents: addresses, for one action (`Index/docs:delete`) or any; `mass-change`, `empty`.
        destroy: everything that is owned is to go.
    """

    targets: tuple[ResourceId, ...] = ()
    excludes: tuple[ResourceId, ...] = ()
    consents: frozenset[str] = frozenset()
    destroy: bool = False
