"""The repository's own stack, mutated: every outcome is a judgement, and every error has a line.

As many mutations as `RECONCILER_FUZZ_EXAMPLES` says (`make fuzz`), else a few hundred.
"""

from __future__ import annotations

import copy
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from tests.world import World

EXAMPLES = int(os.environ.get("RECONCILER_FUZZ_EXAMPLES", "0"))
ROOT = Path(__file__).parents[2]
STACK = {  # a file a document: JSON has one
    path.relative_to(ROOT).with_suffix(f".{number}.json" if number else ".json"): document
    for path in (ROOT / "reconciler.yaml", *sorted((ROOT / "manifests").glob("*.yaml")))
    for number, document in enumerate(YAML(typ="safe").load_all(path))
}
del STACK[Path("reconciler.json")]["spec"]["environments"]["prod"]
TEXTS = [
    "",
    "/",
    "${",
    "${}",
    "${var.model}",
    "${var.dimensions}",
    "${secret.x}",
    "${file:reconciler.yaml}",
    "${Index.docs-v1/fields}",
    "${Index.docs-v1/fields/vector/dimensions}",
    "${Skillset.docs/skills}",
    "<redacted>",
    "2026-04-01",
    "azure-ai-search/2020-06-30",
    "Index/docs-v1",
    "local",
    "~1~2",
    "\0\x1b[31m\U0001f4da",
    "docs",
]
VALUES: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(TEXTS),
    st.just([]),
    st.just({}),
    st.just([[{}]]),
    st.just({"@odata.type": "#Microsoft.Skills.Util.ShaperSkill", "name": 1}),
).map(copy.deepcopy)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of everything inside a value."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, inner in items:
        found.append((*path, key))
        if isinstance(inner, (dict, list)):
            found += places(inner, (*path, key))
    return found


def inside(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


@st.composite
def stacks(draw: st.DrawFn) -> dict[Path, Any]:
    """The stack after one to four mutations."""
    stack = copy.deepcopy(STACK)
    for _ in range(draw(st.integers(1, 4))):
        file = draw(st.sampled_from(sorted(stack)))
        known = places(stack[file])
        if not known:
            continue
        *holder, key = draw(st.sampled_from(known))
        container = inside(stack[file], tuple(holder))
        match draw(st.sampled_from(["delete", "put", "add", "copy", "rename"])):
            case "delete":
                del container[key]
            case "put":
                container[key] = draw(VALUES)
            case "add" if isinstance(container, list):
                container.append(draw(VALUES))
            case "add":
                container[draw(st.sampled_from([*TEXTS, "type", "name", "kind"]))] = draw(VALUES)
            case "copy":
                other = draw(st.sampled_from(sorted(stack)))
                found = draw(st.sampled_from([(), *places(stack[other])]))
                container[key] = copy.deepcopy(inside(stack[other], found))
            case "rename" if isinstance(container, dict):
                container[f"{key}{draw(st.sampled_from(['s', ' ', '/']))}"] = container.pop(key)
    return stack


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The stack as it is written."""
    paths = (ROOT / "reconciler.yaml", *sorted((ROOT / "manifests").glob("*.yaml")))
    return {str(path.relative_to(ROOT)): path.read_text() for path in paths}


@pytest.mark.parametrize("file", STACK, ids=str)
def test_a_wrong_value_in_every_place(offline: World, file: Path) -> None:
    for *holder, key in places(STACK[file]):
        for wrong in ([[{}]], {"a": [1]}, 1):
            value = copy.deepcopy(STACK[file])
            inside(value, tuple(holder))[key] = wrong
            stack = STACK | {file: value}
            judged(offline, {str(path): json.dumps(v, default=str) for path, v in stack.items()})


@settings(max_examples=EXAMPLES * 2 // 3 or 160)
@given(stack=stacks())
def test_mutated_values(offline: World, stack: dict[Path, Any]) -> None:
    judged(
        offline,
        {str(path): json.dumps(value, indent=1, default=str) for path, value in stack.items()},
    )


@settings(max_examples=EXAMPLES // 3 or 80)
@given(data=st.data())
def test_mutated_text(offline: World, texts: dict[str, str], data: st.DataObject) -> None:
    files = dict(texts)
    for _ in range(data.draw(st.integers(1, 3))):
        file = data.draw(st.sampled_from(sorted(files)))
        start = data.draw(st.integers(0, len(files[file])))
        end = start + data.draw(st.sampled_from([0, 0, 1, 2, 40]))
        more = st.sampled_from(
            ["", "\t", '"', "[", "}", "&a ", "*a", "!!set ", "---\n", ": ", "\n"]
        )
        files[file] = files[file][:start] + data.draw(more) + files[file][end:]
    judged(offline, files)


def judged(world: World, files: dict[str, str]) -> None:
    """Validate files that may have anything in them."""
    shutil.rmtree(world.root)
    for path, text in files.items():
        world.write(path.replace("reconciler.json", "reconciler.yaml"), text)
    ran = world.cli("validate", "-e", "local", "--format", "json")
    assert ran.code in (0, 1)
    assert not ran.err, "everything is in the document"
    found = json.loads(ran.out)
    assert found["valid"] is (ran.code == 0)
    for problem in found["problems"]:
        assert problem["code"]
        assert problem["message"]
        assert problem["file"] is None or problem["line"] >= 1
        assert problem["file"] is not None or problem["code"] == "unknown-environment"
