"""Faults meet every kind."""

from __future__ import annotations

import pytest

from reconciler.providers import SEARCH
from tests.faults import test_quiet
from tests.faults.stack import KINDS


@pytest.mark.parametrize("kind", SEARCH.kinds)
def test_every_kind_is_in_the_stack(kind: str) -> None:
    assert kind in {address.partition("/")[0] for address in KINDS}
    assert kind in test_quiet.SPECS
