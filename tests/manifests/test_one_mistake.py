"""One mistake, one message: nothing is said of what is missing because of what cannot be used."""

from __future__ import annotations

import pytest

from tests.world import World

INDEX = """\
apiVersion: azure-ai-search
kind: Index
metadata: {name: docs}
spec:
  fields:
    - {name: id, type: Edm.String, key: true}
"""
OTHERS = {
    "alias.yaml": """\
apiVersion: azure-ai-search
kind: Alias
metadata: {name: current}
spec: {indexes: [docs]}
""",
    "words.yaml": """\
apiVersion: azure-ai-search
kind: SynonymMap
metadata: {name: words, dependsOn: [Index/docs]}
spec: {format: solr, synonyms: "${Index.docs/fields/id/type}"}
""",
    "check.yaml": """\
apiVersion: reconciler/v1
kind: Check
metadata: {name: it-answers}
spec: {index: docs, query: {search: a}, expect: {minCount: 1}}
""",
}
BROKEN = {
    "no YAML": INDEX + "  description: [\n",
    "not UTF-8": INDEX + "  description: \udcff\n",
    "a key twice": INDEX + "  fields: []\n",
    "an unknown kind": INDEX.replace("Index", "Indx"),
    "no kind": INDEX.replace("kind: Index\n", ""),
    "another kind of apiVersion": INDEX.replace("azure-ai-search", "azure-search"),
    "an unknown property": INDEX.replace("spec:", "specs: {}\nspec:"),
    "an unknown environment": INDEX.replace("docs}", "docs, environments: [prod]}"),
    "a document that is a list": "- Index\n- docs\n",
    "an empty file": "",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_what_a_file_cannot_declare_is_not_missed(offline: World, text: str) -> None:
    for name, other in OTHERS.items():
        offline.write(f"manifests/{name}", other)
    file = offline.root / "manifests/docs.yaml"
    file.write_bytes(text.encode(errors="surrogateescape"))
    ran = offline.cli("validate")
    assert ran.out == "1 error.\n", ran.err
    assert ran.err.startswith("manifests/docs.yaml:")


def test_what_is_missing_all_the_same_is_said(offline: World) -> None:
    offline.write("manifests/alias.yaml", OTHERS["alias.yaml"].replace("docs", "others"))
    offline.write("manifests/docs.yaml", BROKEN["no YAML"])
    ran = offline.cli("validate")
    assert "Index/others is not declared [missing-reference]" in ran.err
    assert ran.out == "2 errors.\n"


def test_a_folder_that_is_none_hides_what_it_may_hold(offline: World) -> None:
    offline.write("manifests/alias.yaml", OTHERS["alias.yaml"])
    (offline.root / "manifests/more").symlink_to("nowhere")
    ran = offline.cli("validate")
    assert (ran.out, ran.err.count(": error: ")) == ("1 error.\n", 1)


PLACES = {
    "a number": INDEX + "    - {name: v, type: Collection(Edm.Single), searchable: true, "
    "dimensions: WRONG, vectorSearchProfile: p}\n  vectorSearch: {algorithms: "
    "[{name: a, kind: hnsw}], profiles: [{name: p, algorithm: a}]}\n",
    "a list": INDEX + "  suggesters: WRONG\n",
    "a reference": "apiVersion: azure-ai-search\nkind: Alias\nmetadata: {name: current}\n"
    "spec: {indexes: [WRONG]}\n",
    "an analyzer": INDEX.replace("true}", "true, searchable: true, analyzer: WRONG}"),
    "a kind": INDEX + "  vectorSearch: {algorithms: [{name: a, kind: WRONG}]}\n",
}
EXPRESSIONS = ["${var.nobody}", "${env.NOBODY}", "${secret.nobody}", "${file:nobody}", "${nobody}"]


@pytest.mark.parametrize("expression", EXPRESSIONS)
@pytest.mark.parametrize("text", PLACES.values(), ids=PLACES)
def test_what_an_expression_would_be_is_not_judged(
    offline: World, text: str, expression: str
) -> None:
    offline.write("manifests/a.yaml", text.replace("WRONG", f'"{expression}"'))
    ran = offline.cli("validate")
    assert ran.out == "1 error.\n", ran.err
