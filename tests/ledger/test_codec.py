"""What is written is read; what is not as it was written is not believed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.ledger.codec import DamagedError, NewerError, checksum, decode, encode
from reconciler.model.ledger import Ledger
from tests.ledger.samples import IDENTITY, entry, ledgers

LEDGER = Ledger(IDENTITY, {e.id: e for e in (entry(), entry("SynonymMap/more"))})


@given(ledgers)
def test_what_is_written_is_read(ledger: Ledger) -> None:
    assert decode(encode(ledger)) == ledger


@given(ledgers, st.sampled_from([None, 1, 4, "\t"]), st.booleans())
def test_a_reformatted_file_is_the_same(
    ledger: Ledger, indent: int | str | None, ascii_only: bool
) -> None:
    value = json.loads(encode(ledger))
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert decode(text.encode(errors="surrogatepass")) == ledger


@pytest.mark.parametrize("ends", [b"\r\n", b"\n\n"])
def test_other_line_ends_are_no_damage(ends: bytes) -> None:
    assert decode(encode(LEDGER).replace(b"\n", ends)) == LEDGER


@given(ledgers, st.data())
def test_any_other_byte_is_damage(ledger: Ledger, data: st.DataObject) -> None:
    """Changed, taken out or put in: but for white space that JSON does not mind."""
    text = encode(ledger)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.binary(max_size=2))
    damaged = text[:place] + other + text[place + 1 :]
    try:
        found = decode(damaged)
    except DamagedError:
        return
    assert found == ledger


@given(ledgers, st.data())
def test_a_part_is_damage(ledger: Ledger, data: st.DataObject) -> None:
    text = encode(ledger)
    end = data.draw(st.integers(0, len(text) - 2))
    with pytest.raises(DamagedError):
        decode(text[:end])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'"owed": []', b'"owed": [{"indexer": "Indexer/docs"}]'),
        (b'"phases": {}', b'"phases": {"Index/docs": "filling"}'),
        (b'"policy": null', b'"policy": {}'),
        (b'"runs": []', b'"runs": [], "leases": []'),
        (b'"generation": 1', b'"generation": 2'),
        (b'"vault": {}', b'"vault": {"/key": "3f"}'),
        (b'"onRebuild": "block"', b'"onRebuild": "swap"'),
        (b'"SynonymMap/words"', b'"ModelDeployment/account/embed"'),
        (b'"SynonymMap/words"', b'"AiAccount/account"'),
        (b'"azure-ai-search": ', b'"azure-resource-manager": "x", "azure-ai-search": '),
    ],
)
def test_what_a_newer_tool_entered_is_not_half_understood(before: bytes, after: bytes) -> None:
    text = encode(LEDGER)
    assert before in text
    content = text.replace(before, after).rpartition(b"],")[0]
    newer = content + b'], "checksum": "' + checksum(content).encode() + b'"}\n'
    with pytest.raises(NewerError):
        decode(newer)
