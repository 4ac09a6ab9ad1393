"""What Microsoft publishes as working is taken: recorded definitions and the official examples.

Each is put in its own api-version, after the smallest form of what it refers to. What is refused is
listed with its reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .conftest import Client
from .published import Definition, examples, provide, recorded, sendable

WITHDRAWN = "#Microsoft.Skills.Text.EntityRecognitionSkill"
WRONG = {
    "contains a skill of type 'Microsoft.Skills.Text.EntityRecognitionSkill'": "every skillset of "
    "the examples has a skill that the service refuses since 2023-07-01-Preview (recorded): they "
    "are taken without it",
    "uses the vectorizer 'myOpenAi' which is not defined": "an answer of the examples names a "
    "vectorizer that neither it nor its request has",
}
"""What is wrong with a published definition, by a part of the emulator's answer."""


@pytest.mark.parametrize("origin", [recorded, examples])
def test_every_published_definition_is_taken(
    origin: Callable[[Path], Iterator[Definition]], shared: Path, connect: Callable[..., Client]
) -> None:
    client = connect(tier="standard3")
    taken, wrong, refused = 0, Counter[str](), []
    for definition in origin(shared):
        client.call("DELETE", "/emulator/state", version=None)
        body = sendable(definition.body)
        provide(client, body)
        path = f"/{definition.collection}('{body['name']}')"
        reply = client.put(path, body, version=definition.version)
        why = next((why for part, why in WRONG.items() if part in reply.text), None)
        wrong.update([why] if why else [])
        if why and "skills" in body:
            body["skills"] = [one for one in body["skills"] if one["@odata.type"] != WITHDRAWN]
            reply = client.put(path, body, version=definition.version)
        taken += reply.status_code == 201
        if reply.status_code != 201 and not why:
            refused.append(f"{definition.source}, {definition.version}: {path}\n{reply.text}")
    print(f"\n{origin.__name__}: {taken} taken, {len(refused)} refused")
    for reason, count in wrong.items():
        print(f"  {count}: {reason}")
    assert not refused, "\n".join(refused[:5])
    assert taken > 20
