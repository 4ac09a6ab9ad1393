"""What a service shows, and what a ledger holds, may be anything: it is compared all the same.

Manifests are judged before they are planned; live bodies and read-backs are not. Each property has
three of the values, and every one where `RECONCILER_STATE_EXAMPLES` is set (`make fuzz`).
"""

from __future__ import annotations

import os
from typing import Any

import pytest

from reconciler.planning import make_plan
from reconciler.planning.drift import drifted
from reconciler.providers import SEARCH
from tests.readings.bodies import body_of
from tests.readings.building import built
from tests.readings.spots import spots

from .stated import entry, live, resource, situation

VALUES: list[Any] = [True, -1, "x", [[]], [True], [{}], {"": 0}, {"kind": True}, 1e300, "", [], {}]
EACH = len(VALUES) if os.environ.get("RECONCILER_STATE_EXAMPLES") else 3


@pytest.mark.parametrize("name", SEARCH.kinds)
def test_any_value_at_any_property(name: str) -> None:
    address, plain = f"{name}/one", body_of(name)
    declared, good = resource(address, plain), live(address, plain)
    for number, spot in enumerate(spots(name)):
        for value in [*VALUES, *VALUES][number % len(VALUES) :][:EACH]:
            odd = built(spot, value)
            held = entry(address, plain, odd)
            try:
                make_plan(situation([declared], [live(address, odd)], [held]))
                make_plan(situation([], [live(address, odd)], [held]))
                list(drifted([held], {good.id: good}, str.upper))
                list(drifted([entry(address, plain)], {good.id: live(address, odd)}, str.upper))
            except Exception as error:
                raise AssertionError(f"{spot}, {value!r}: {error!r}") from error
