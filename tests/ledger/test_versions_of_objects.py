"""The api-version of an entry: nothing is asked in what is none, or in one that is left."""

from __future__ import annotations

import json

import pytest

from reconciler.ledger.codec import NewerError, checksum, decode, encode
from reconciler.model.ledger import Ledger
from tests.ledger.samples import IDENTITY, entry
from tests.world import World

LEDGER = Ledger(IDENTITY, {one.id: one for one in (entry(),)})


@pytest.mark.parametrize("version", ["", "x", "2024-7-1", "2024-07-01\n", "2024-07-01&a=b"])
def test_what_is_no_version_is_refused(version: str) -> None:
    before = b'"apiVersion": "2026-04-01"'
    text = encode(LEDGER)
    assert before in text
    content = text.replace(before, b'"apiVersion": ' + json.dumps(version).encode())
    content = content.rpartition(b"],")[0]
    with pytest.raises(NewerError):
        decode(content + b'], "checksum": "' + checksum(content).encode() + b'"}\n')


def test_another_version_is_read_in_that_of_the_document(world: World) -> None:
    """A document that goes to another api-version is looked for in that, with no call more."""
    world.declare("SynonymMap/words", "format: solr\nsynonyms: a, b")
    world.apply()
    file = world.root / "manifests" / "synonymmap-words.yaml"
    file.write_text(file.read_text().replace("azure-ai-search", "azure-ai-search/2024-07-01", 1))
    world.service.calls()
    world.plan()
    lists = [call for call in world.service.calls() if call.method == "GET"]
    assert len(lists) == 1
