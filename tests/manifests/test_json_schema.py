"""`reconciler schema`: what editors say agrees with what `reconciler validate` says.

Judged by check-jsonschema, which shares nothing with us.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from reconciler.manifest import yaml
from reconciler.model.problem import ProblemsError
from reconciler.providers import CATALOGUE, LOCAL_KINDS
from tests.kinds.material import needs_material
from tests.kinds.test_judge import accepted, cleaned
from tests.laws.stacks import Stack, stacks
from tests.manifests.test_problems import FILE, Case, cases
from tests.world import World

ROOT = Path(__file__).parents[2]
OURS = sorted(
    file
    for pattern in ("reconciler.yaml", "manifests/*.yaml", "docs/kinds/examples/*.yaml")
    for file in (*ROOT.glob(pattern), *ROOT.glob(f"examples/*/{pattern}"))
)
SEEN = {"missing-property", "unknown-property", "unknown-type", "wrong-type", "unknown-kind"}
"""Codes of problems that a schema can see, too; `wrong-value` is seen in part."""
Judge = Callable[[Mapping[str, Any]], dict[str, list[str]]]


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """Judges documents by name; the answer names those that are wrong, with what is said."""
    folder = tmp_path_factory.mktemp("schema")
    command = [sys.executable, "-m", "reconciler", "schema"]
    printed = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    (folder / "schema.json").write_text(printed.stdout)

    def judged(documents: Mapping[str, Any]) -> dict[str, list[str]]:
        files = {str(folder / f"{number}.json"): name for number, name in enumerate(documents)}
        for file, name in files.items():
            Path(file).write_text(json.dumps(documents[name]))
        told = check("--schemafile", str(folder / "schema.json"), "-o", "json", *files)
        wrong: dict[str, list[str]] = {}
        for error in told["errors"]:
            wrong.setdefault(files[error["filename"]], []).append(error["message"])
        return wrong

    return judged


def check(*arguments: str) -> Any:
    """What check-jsonschema says."""
    command = [sys.executable, "-m", "check_jsonschema", *arguments]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert ran.returncode in (0, 1), ran.stderr
    told = json.loads(ran.stdout)
    assert not told.get("parse_errors"), told
    return told


def documents_of(file: Path, text: str) -> dict[str, Any]:
    """The documents of a file, by what they are called here."""
    return {f"{file}#{number}": value for number, value in enumerate(yaml.parse(file, text))}


@pytest.mark.parametrize("only", ["", *CATALOGUE, "Project"])
def test_it_is_a_schema(only: str, offline: World, tmp_path: Path) -> None:
    ran = offline.cli("schema", *(["--kind", only] if only else []))
    assert (ran.code, ran.err) == (0, "")
    (tmp_path / "schema.json").write_text(ran.out)
    told = check("--check-metaschema", "-o", "json", str(tmp_path / "schema.json"))
    assert told["status"] == "ok", told


def test_files_of_ours_are_valid(judge: Judge) -> None:
    documents: dict[str, Any] = {}
    for file in OURS:
        documents |= documents_of(file.relative_to(ROOT), file.read_text())
    assert {document["kind"] for document in documents.values()} == {
        *CATALOGUE,
        *LOCAL_KINDS,
        "Project",
    }
    assert judge(documents) == {}


def test_every_kind_alone_takes_its_own(offline: World, tmp_path: Path) -> None:
    for file in (ROOT / "manifests").glob("*.yaml"):
        document = next(iter(documents_of(file, file.read_text()).values()))
        for name, right in ((document["kind"], True), ("Project", False)):
            (tmp_path / "schema.json").write_text(offline.cli("schema", "--kind", name).out)
            (tmp_path / "document.json").write_text(json.dumps(document))
            arguments = ("--schemafile", str(tmp_path / "schema.json"))
            told = check(*arguments, "-o", "json", str(tmp_path / "document.json"))
            assert (told["status"] == "ok") == right, (file, name)


@needs_material
def test_what_the_service_accepted_is_valid(judge: Judge) -> None:
    documents = {
        f"{exchange}": {
            "apiVersion": "azure-ai-search",
            "kind": exchange.kind,
            "metadata": {"name": exchange.sent["name"]},
            "spec": cleaned(exchange.sent),
        }
        for exchange in accepted()
    }
    assert len(documents) > 30
    assert judge(documents) == {}


def test_generated_documents_are_valid(judge: Judge) -> None:
    """Those that the laws generate are valid, expressions and all."""
    documents: dict[str, Any] = {}

    @settings(
        max_examples=20,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(stacks())
    def collect(stack: Stack) -> None:
        for document in stack.values():
            documents[f"{len(documents)} {document.id}"] = json.loads(document.text)

    collect()
    assert judge(documents) == {}


def test_it_agrees_with_validate(judge: Judge) -> None:
    """On every case of a wrong input here that is YAML, and on those that are right."""
    expected: dict[str, bool] = {}
    documents: dict[str, Any] = {}
    for title, found, printed in case_documents():
        codes = set(re.findall(r"\[([a-z-]+)\]$", printed, re.MULTILINE))
        if codes & SEEN or not codes:
            documents |= {f"{title}#{number}": value for number, value in enumerate(found)}
            expected[title] = not codes
    wrong = {name.rpartition("#")[0] for name in judge(documents)}
    assert len(expected) > 20
    assert {title: title not in wrong for title in expected} == expected


def case_documents() -> Iterator[tuple[str, list[Any], str]]:
    """The cases: title, documents, and what `validate` prints."""
    for param in cases():
        case: Case = param.values[0]  # type: ignore[attr-defined]
        files = FILE.findall(case.body)
        try:
            found = [v for path, text in files for v in yaml.parse(Path(path), text)]
        except ProblemsError:
            continue
        yield f"{case.file.stem}: {case.title}", found, case.printed


SPLIT = {
    "@odata.type": "#Microsoft.Skills.Text.SplitSkill",
    "inputs": [{"name": "text", "source": "/document/content"}],
    "outputs": [{"name": "textItems"}],
}
_SEARCH = "#Microsoft.Azure.Search."
OWN_NAMES = {
    "fields": [
        {"name": "id", "type": "Edm.String", "key": True, "normalizer": "folded"},
        {"name": "text", "type": "Edm.String", "analyzer": "parts"},
    ],
    "analyzers": [
        {
            "@odata.type": f"{_SEARCH}CustomAnalyzer",
            "name": "parts",
            "tokenizer": "pieces",
            "tokenFilters": ["short", "lowercase"],
        }
    ],
    "tokenizers": [{"@odata.type": f"{_SEARCH}NGramTokenizer", "name": "pieces"}],
    "tokenFilters": [{"@odata.type": f"{_SEARCH}TruncateTokenFilter", "name": "short"}],
    "normalizers": [{"@odata.type": f"{_SEARCH}CustomNormalizer", "name": "folded"}],
}
MISTAKES: dict[str, tuple[str, dict[str, Any], bool]] = {
    "a skill": ("Skillset", {"skills": [SPLIT]}, True),
    "a property of another skill": ("Skillset", {"skills": [{**SPLIT, "modelName": "x"}]}, False),
    "an unknown skill": ("Skillset", {"skills": [{**SPLIT, "@odata.type": "Split"}]}, False),
    "no type": ("Skillset", {"skills": [{"inputs": [], "outputs": []}]}, False),
    "a mode that does not exist": (
        "Skillset",
        {"skills": [{**SPLIT, "textSplitMode": "page"}]},
        False,
    ),
    "a length beyond the limit": (
        "Skillset",
        {"skills": [{**SPLIT, "maximumPageLength": 50001}]},
        False,
    ),
    "skills left out": ("Skillset", {}, False),
    "expressions for values": (
        "Skillset",
        {"skills": [{**SPLIT, "maximumPageLength": "${var.n}", "textSplitMode": "${var.m}s"}]},
        True,
    ),
    "an expression for a skill": ("Skillset", {"skills": ["${var.skill}", SPLIT]}, True),
    "an expression for a type": (
        "Skillset",
        {"skills": [{**SPLIT, "@odata.type": "${var.t}"}]},
        True,
    ),
    "text around a number": (
        "Skillset",
        {"skills": [{**SPLIT, "maximumPageLength": "1${var.n}"}]},
        False,
    ),
    "an etag from a GET": ("Skillset", {"@odata.etag": '"1"', "skills": [SPLIT]}, True),
    "its name from a GET": ("Skillset", {"name": "a", "skills": [SPLIT]}, True),
    "a null for a secret": (
        "Skillset",
        {
            "skills": [SPLIT],
            "cognitiveServices": {
                "@odata.type": "#Microsoft.Azure.Search.CognitiveServicesByKey",
                "key": None,
            },
        },
        True,
    ),
    "two indexes for an alias": ("Alias", {"indexes": ["one", "two"]}, False),
    "a field's type": ("Index", {"fields": [{"name": "a", "type": "Edm.Strng"}]}, False),
    "a field's name": ("Index", {"fields": [{"name": "1a", "type": "Edm.String"}]}, False),
    "a field's name from a variable": (
        "Index",
        {"fields": [{"name": "${var.f}_x", "type": "Edm.String", "key": True}]},
        True,
    ),
    "an analyzer's parts with names of one's own": ("Index", OWN_NAMES, True),
    "a spec that is an expression": ("Index", "${var.index}", False),  # type: ignore[dict-item]
}


def test_typical_mistakes_are_seen(judge: Judge, offline: World) -> None:
    documents = {
        title: {
            "apiVersion": "azure-ai-search",
            "kind": of,
            "metadata": {"name": "a" * 2 if of != "Skillset" else "a"},
            "spec": spec,
        }
        for title, (of, spec, _) in MISTAKES.items()
    }
    wrong = judge(documents)
    assert {t: t not in wrong for t in documents} == {t: r for t, (_, _, r) in MISTAKES.items()}
    values = {"n": 900, "m": "page", "t": SPLIT["@odata.type"], "f": "f", "skill": SPLIT}
    offline.project(f"variables: {json.dumps({**values, 'index': {}})}\nexternal: [Index/one]\n")
    for title, document in documents.items():
        (offline.root / "manifests" / "a.json").write_text(json.dumps(document))
        assert (offline.cli("validate").code == 0) == MISTAKES[title][2], title


@pytest.mark.parametrize(
    ("metadata", "right"),
    [
        ({"name": "docs"}, True),
        ({"name": "Docs"}, False),
        ({}, False),
        ({"name": "docs", "lifecycle": {"onRemove": "keep"}}, False),
        ({"name": "docs", "lifecycle": {"ignore": ["fields"]}}, False),
        ({"name": "docs", "dependsOn": ["docs"]}, False),
        ({"name": "docs", "environmets": []}, False),
        ({"name": "docs", "lint": {"not-a-vector": "seen to work"}}, True),
        ({"name": "docs", "lint": {"not-a-vector": " "}}, False),
        ({"name": "docs", "lint": {"not-a-vektor": "seen to work"}}, False),
        ({"name": "docs", "lint": {"duplicate-address": "not a rule"}}, False),
    ],
    ids=str,
)
def test_metadata(judge: Judge, offline: World, metadata: Any, right: bool) -> None:
    fields = [{"name": "id", "type": "Edm.String", "key": True}]
    head = {"apiVersion": "azure-ai-search/2026-08-01-preview", "kind": "Index"}
    document = {**head, "metadata": metadata, "spec": {"fields": fields}}
    assert (judge({"it": document}) == {}) == right
    (offline.root / "manifests" / "a.json").write_text(json.dumps(document))
    assert (offline.cli("validate").code == 0) == right


@pytest.mark.parametrize(
    ("lint", "right"),
    [
        ({"missing-reference": "off", "not-a-vector": "error"}, True),
        ({"missing-reference": "of"}, False),
        ({"mising-reference": "off"}, False),
    ],
    ids=str,
)
def test_switches_of_rules(judge: Judge, offline: World, lint: Any, right: bool) -> None:
    service = {"service": {"endpoint": "http://127.0.0.1:9"}}
    head = {"apiVersion": "reconciler/v1", "kind": "Project", "metadata": {"name": "a"}}
    document = {**head, "spec": {"lint": lint, "environments": {"test": service}}}
    assert (judge({"it": document}) == {}) == right
    (offline.root / "reconciler.yaml").write_text(json.dumps(document))
    assert (offline.cli("validate").code == 0) == right
