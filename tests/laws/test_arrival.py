"""Second law: after apply the plan is empty, and live is what the manifests say.

Whatever came before: edits, removals, references that flip, hand edits, a lost ledger, calls that
failed, new secrets.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.providers import SEARCH
from tests.laws.bench import bench, tried
from tests.laws.history import EVENTS, History
from tests.laws.stacks import stacks

EMULATED = st.fixed_dictionaries(
    {
        "keys_on_read": st.sampled_from(("redacted", "clear")),
        "redacted_key_on_write": st.sampled_from(("removes", "keeps")),
    }
)


@pytest.mark.parametrize("kind", SEARCH.kinds)
@tried(8)
@given(data=st.data())
def test_an_edit_arrives(kind: str, data: st.DataObject) -> None:
    emulated = data.draw(EMULATED)
    with bench(**emulated) as b:
        history = History(b, emulated, data.draw(stacks()))
        history.arrives()
        for _ in range(2):
            address = data.draw(st.sampled_from([a for a in b.stack if a.startswith(f"{kind}/")]))
            history.edit(data.draw, address)
            history.arrives()


@tried(25)
@given(data=st.data())
def test_whatever_happens_it_arrives(data: st.DataObject) -> None:
    emulated = data.draw(EMULATED)
    with bench(data.draw(st.integers(0, 9)), **emulated) as b:
        history = History(b, emulated, data.draw(stacks()))
        for _ in range(data.draw(st.integers(1, 4))):
            history.arrives()
            for happens in data.draw(st.lists(st.sampled_from(EVENTS), max_size=3)):
                happens(history, data.draw)
        history.arrives()
