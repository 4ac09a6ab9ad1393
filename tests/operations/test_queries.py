"""Queries and Checks, of an index whose answers a test scripts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.faults.gateway import Answer, Forward, Gateway, Request
from tests.world import Ran, World

FOUND = [
    {"@search.score": 2.5, "id": "1", "title": "Office rules", "vector": [0.1] * 16},
    {"@search.score": 1.25, "id": "2", "title": "Holidays", "vector": [0.1] * 16},
    {"@search.score": 1.0, "id": "3", "title": "Travel", "place": {"city": "Paris"}},
]


class Searched:
    """The service, but its documents are those of a test."""

    def __init__(self, found: list[dict[str, Any]], count: int = 3) -> None:
        self.found, self.count = found, count
        self.queries: list[tuple[str, dict[str, Any]]] = []
        self.versions: list[str] = []

    def __call__(self, request: Request, forward: Forward) -> Answer:
        if not request.path.endswith("/docs/search.post.search"):
            return forward(request)
        query = json.loads(request.body)
        self.queries.append((request.path, query))
        self.versions.append(request.query["api-version"])
        answer: dict[str, Any] = {"value": self.found[: query.get("top", 50)]}
        if query.get("count"):
            answer = {"@odata.count": self.count, **answer}
        return Answer(200, json.dumps(answer).encode())


@pytest.fixture
def searched(pipeline: World, between: Gateway) -> Searched:
    """Three documents in the index docs, which has the alias handbook."""
    pipeline.declare("Alias/handbook", "indexes: [docs]")
    pipeline.apply()
    between.harm = found = Searched(FOUND)
    return found


def test_a_table(pipeline: World, searched: Searched) -> None:
    ran = pipeline.cli("query", "docs", "--text", "holidays", "--filter", "id ne '9'", "--top", "2")
    assert ran.code == 0
    assert [line.split() for line in ran.out.splitlines()] == [
        ["SCORE", "id", "title"],
        ["2.5000", "1", "Office", "rules"],
        ["1.2500", "2", "Holidays"],
    ]
    assert searched.queries == [
        (
            "/indexes('docs')/docs/search.post.search",
            {"search": "holidays", "top": 2, "filter": "id ne '9'"},
        )
    ]


def test_json_is_the_whole_answer(pipeline: World, searched: Searched) -> None:
    ran = pipeline.cli("query", "Alias/handbook", "--text", "*", "--format", "json")
    assert json.loads(ran.out) == {"value": FOUND}
    assert searched.queries[0][0] == "/indexes('handbook')/docs/search.post.search"


@pytest.mark.parametrize("name", ["docs", "handbook", "Index/docs"])
def test_hybrid(pipeline: World, searched: Searched, name: str) -> None:
    assert pipeline.cli("query", name, "--text", "sea", "--vector", "--select", "id").code == 0
    ((_, query),) = searched.queries
    assert query == {
        "search": "sea",
        "vectorQueries": [{"kind": "text", "text": "sea", "fields": "vector", "k": 50}],
        "top": 10,
        "select": "id",
    }


def test_a_query_has_the_version_that_the_index_is_declared_in(
    pipeline: World, searched: Searched
) -> None:
    file = pipeline.root / "manifests" / "index-docs.yaml"
    head = "apiVersion: azure-ai-search\n"
    file.write_text(file.read_text().replace(head, f"{head[:-1]}/2026-08-01-preview\n"))
    check(pipeline, "c", HOLDS[0])
    pipeline.cli("query", "docs", "--text", "sea")
    pipeline.cli("query", "handbook", "--text", "sea")
    assert pipeline.cli("test").code == 0
    assert searched.versions == ["2026-08-01-preview"] * 3


def test_vectors_alone(pipeline: World, searched: Searched) -> None:
    assert pipeline.cli("query", "docs", "--text", "sea", "--vector-only").code == 0
    ((_, query),) = searched.queries
    assert ("search" in query, query["vectorQueries"][0]["text"]) == (False, "sea")


def test_no_vectorizer(pipeline: World, searched: Searched) -> None:
    fields = [{"name": "id", "type": "Edm.String", "key": True}]
    pipeline.service.put("Index/plain", {"fields": fields})
    ran = pipeline.cli("query", "plain", "--text", "sea", "--vector")
    assert (ran.code, "no vector field of plain has a vectorizer" in ran.err) == (1, True)
    assert searched.queries == []


def test_nothing_is_found(pipeline: World, searched: Searched) -> None:
    searched.found = []
    assert pipeline.cli("query", "docs", "--text", "sea") == (0, "Nothing was found.\n", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("query docs", "missing option '--text'"),
        ("query Indexer/docs --text a", "Indexer/docs is not Alias or Index"),
        ("query docs --text a --top 0", "0 is not in the range"),
        ("query nobody --text a --vector", "the service has no Index or Alias of that name"),
    ],
)
def test_a_query_that_cannot_be(pipeline: World, searched: Searched, words: str, said: str) -> None:
    ran = pipeline.cli(*words.split())
    assert (ran.code, said in ran.err) == (1, True), ran.err
    assert searched.queries == []


def check(world: World, name: str, spec: str) -> None:
    """A Check; the answers are a test's own, with fields that the index has not."""
    odd = "colour" in spec or "place/city" in spec
    lint = ', lint: {check-field: "a scripted answer"}' if odd else ""
    metadata = f"{{name: {name}{lint}}}"
    document = f"apiVersion: reconciler/v1\nkind: Check\nmetadata: {metadata}\nspec: {spec}\n"
    world.write(f"manifests/check-{name}.yaml", document)


def ask(world: World, *names: str) -> Ran:
    return world.cli("test", *names)


HOLDS = [
    "{index: docs, query: {search: a}, expect: {minCount: 3}}",
    "{index: handbook, query: {search: a}, expect: {documents: [{where: {title: Holidays}}]}}",
    "{index: docs, query: {search: a}, expect: {documents: [{where: {id: '1'}, within: 1},"
    " {contains: holiDAYS, within: 2}, {where: {place/city: Paris}}]}}",
    "{index: docs, expect: {documentCount: {min: 3, max: 3}}}",
    "{index: docs, query: {search: a, top: 1, count: true}, expect: {minCount: 3}}",
    "{indexer: docs}",
    "{indexer: docs, expect: {maxErrors: 0, maxWarnings: 0}}",
]


@pytest.mark.usefixtures("searched")
@pytest.mark.parametrize("spec", HOLDS)
def test_a_check_that_holds(pipeline: World, spec: str) -> None:
    check(pipeline, "c", spec)
    ran = ask(pipeline)
    assert (ran.code, ran.err, ran.last) == (0, "", "All 1 hold."), ran.out
    assert ran.out.startswith("ok      Check/c: ")


FAILS = {
    "{index: docs, query: {search: a}, expect: {minCount: 4}}": (
        "minCount: the query finds 3 documents, not 4"
    ),
    "{index: docs, query: {search: a},"
    " expect: {documents: [{where: {title: Holidays}, within: 1}]}}": (
        'document with title "Holidays": no such document among the first 1: it is number 2'
    ),
    "{index: docs, query: {search: a}, expect: {documents: [{where: {title: Gone}, within: 2}]}}": (
        'no such document among the first 2; the first is title "Office rules"'
    ),
    "{index: docs, query: {search: a}, expect: {documents: [{contains: gone}]}}": (
        'document with text "gone": no such document among those that were found'
    ),
    "{index: docs, query: {search: a}, expect: {documents: [{where: {colour: red}}]}}": (
        "the query returns no field colour"
    ),
    "{index: docs, expect: {documentCount: {min: 4}}}": "the index holds 3 documents, not 4",
    "{index: docs, expect: {documentCount: {max: 2}}}": "the index holds 3 documents, more than 2",
}


@pytest.mark.usefixtures("searched")
@pytest.mark.parametrize(("spec", "said"), FAILS.items(), ids=str)
def test_a_check_that_does_not_hold(pipeline: World, spec: str, said: str) -> None:
    check(pipeline, "c", spec)
    ran = ask(pipeline)
    assert (ran.code, ran.last) == (1, "0 of 1 hold.")
    assert said in ran.out


@pytest.mark.parametrize(
    ("history", "said"),
    [
        ([], "it has never run"),
        ([{"status": "inProgress"}], "it is running now"),
        ([{"status": "reset"}, {"status": "success"}], "it was reset, and has not run since"),
        (
            [{"status": "transientFailure", "errorMessage": "Bad key."}],
            "it ended with transientFailure: Bad key.",
        ),
        ([{"status": "success", "itemsFailed": 2}], "2 errors, and 1 are allowed"),
    ],
    ids=str,
)
def test_an_indexer_that_did_not_end_well(
    pipeline: World, between: Gateway, history: list[dict[str, Any]], said: str
) -> None:
    check(pipeline, "c", "{indexer: docs, expect: {maxErrors: 1}}")
    answer = {"lastResult": history[0] if history else None, "executionHistory": history}
    between.harm = lambda *_: Answer(200, json.dumps(answer).encode())
    ran = ask(pipeline)
    assert (ran.code, said in ran.out) == (1, True), ran.out


@pytest.mark.usefixtures("searched")
def test_only_those_that_are_named(pipeline: World) -> None:
    check(pipeline, "good", HOLDS[0])
    check(pipeline, "bad", next(iter(FAILS)))
    assert ask(pipeline, "good").code == 0
    assert ask(pipeline, "Check/bad").code == 1
    ran = ask(pipeline)
    assert (ran.code, ran.last) == (1, "1 of 2 hold.")
    ran = ask(pipeline, "god")
    assert (ran.code, "is called god: did you mean `good`?" in ran.err) == (1, True)


def test_an_index_that_is_not_live(pipeline: World, between: Gateway) -> None:
    check(pipeline, "c", HOLDS[0])
    between.harm = lambda *_: Answer(
        404, b'{"error": {"code": "", "message": "No index with the name docs was found."}}'
    )
    ran = ask(pipeline)
    assert (ran.code, "index docs: No index with the name docs" in ran.out) == (1, True)


def test_what_a_knowledge_source_created_for_itself(world: World) -> None:
    """No document declares its index and its indexer, and none needs to."""
    files = {"connectionString": "ResourceId=/files;", "containerName": "files"}
    world.declare(
        "KnowledgeSource/files",
        f"kind: azureBlob\nazureBlobParameters: {json.dumps(files)}\n",
    )
    check(world, "filled", "{index: files-index, expect: {documentCount: {min: 7}}}")
    check(world, "indexed", "{indexer: files-indexer}")
    before = ask(world)
    assert (before.code, before.err, before.last) == (1, "", "0 of 2 hold.")
    world.apply()
    door = "/emulator/datasources/files-datasource/numbers"
    world.service.http.put(door, json={"documents": 7}).raise_for_status()
    world.cli("run", "files-indexer", "--wait")
    after = ask(world, "indexed")
    assert (after.code, after.out.splitlines()[0]) == (
        0,
        "ok      Check/indexed: success, 7 items",
    )


def test_nothing_to_test(world: World) -> None:
    assert ask(world) == (0, "The manifests have no Check and no EmbeddingModel.\n", "")


def test_checks_that_are_wrong_are_not_asked(pipeline: World, searched: Searched) -> None:
    check(pipeline, "c", "{index: nobody, query: {search: a}, expect: {minCount: 1}}")
    ran = ask(pipeline)
    assert (ran.code, "[missing-reference]" in ran.err) == (1, True)
    assert searched.queries == []
