"""What Microsoft publishes, and what the service took, has no error: false alarms cost trust."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reconciler import lint
from reconciler.lint.stack import Stack
from reconciler.model.problem import Where, errors
from reconciler.model.resource import Resource
from reconciler.model.resource_id import ResourceId
from tests.emulator.published import Definition, examples, recorded
from tests.world import COLLECTIONS

KINDS = {collection: kind for kind, collection in COLLECTIONS.items()}
ALONE = {"missing-reference"}
"""What is said of a document because others are not beside it."""
WRONG = {
    "the vectorizer `myOpenAi` is not defined": "an answer of the examples has it, and the request "
    "that it answers has not",
}
"""What is wrong in the examples themselves, each with its reason."""


def stack_of(*resources: Resource) -> Stack:
    here = Where(Path("reconciler.yaml"))
    return Stack(resources, (), here, Path(), "test")


def resource_of(definition: Definition) -> Resource:
    kind, name = KINDS[definition.collection], str(definition.body["name"])
    body = {key: value for key, value in definition.body.items() if key != "name"}
    where = Where(Path(definition.source))
    return Resource(ResourceId(kind, name), name, definition.version, body, where)


@pytest.mark.parametrize("published", [recorded, examples], ids=["recordings", "examples"])
def test_what_is_published_has_no_error(
    published: Callable[[Path], Iterator[Definition]], shared: Path
) -> None:
    definitions = [one for one in published(shared) if one.collection in KINDS]
    assert len(definitions) > 30
    told = [
        f"{one.source}, {one.collection} {one.body['name']}: {problem.message} [{problem.code}]"
        for one in definitions
        for problem in errors(lint.check(stack_of(resource_of(one))).problems)
        if problem.code not in ALONE and not problem.message.startswith(tuple(WRONG))
    ]
    assert told == []
