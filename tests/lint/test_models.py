"""The rules of models, of their vectors and of the documents that test them, as tables."""

from __future__ import annotations

import pytest

from tests.lint.told import document, index, local, skill, skillset, told
from tests.world import World

EMBEDDING = "Text.AzureOpenAIEmbeddingSkill"
URI = "https://x.openai.azure.com"
LARGE, SMALL, ADA = "text-embedding-3-large", "text-embedding-3-small", "text-embedding-ada-002"


def openai(model: str = LARGE, uri: str = URI, deployment: str = "d") -> str:
    return f"resourceUri: {uri}, deploymentId: {deployment}, modelName: {model}"


def embedding(given: str) -> str:
    return skillset(skill(EMBEDDING, given, "text", "embedding"))


def vectorizer(given: str, kind: str = "azureOpenAI") -> str:
    return f"{{name: v, kind: {kind}, {kind}Parameters: {{{given}}}}}"


def vectors(*lengths: int, made: str = "", profile: str = "p") -> str:
    """An index with a vector field of each length, and what makes vectors of queries."""
    fields = [
        f"{{name: v{n}, type: Collection(Edm.Single), dimensions: {length}, "
        f"vectorSearchProfile: {profile}}}"
        for n, length in enumerate(lengths)
    ]
    named = ", vectorizer: v" if made else ""
    search = [
        "algorithms: [{name: a, kind: hnsw}]",
        f"profiles: [{{name: p, algorithm: a{named}}}]",
    ]
    return index(*fields, search=[*search, f"vectorizers: [{made}]"])


def base(given: str) -> str:
    model = f"{{kind: azureOpenAI, azureOpenAIParameters: {{{given}}}}}"
    return document("KnowledgeBase", "knowledgeSources: []", f"models: [{model}]")


def source(role: str, given: str) -> str:
    return document(
        "KnowledgeSource",
        "kind: azureBlob",
        "azureBlobParameters:",
        "  connectionString: ResourceId=/subscriptions/a;",
        "  containerName: a",
        "  ingestionParameters:",
        f"    {role}: {{kind: azureOpenAI, azureOpenAIParameters: {{{given}}}}}",
    )


PATH = "the address of a resource has no path: the service adds it"
REGION = "this is the address of a region, and of no resource"
HTTPS = "the address of a model begins with https://"
ADDRESSES = {
    "a resource": ("vectorizer", URI, ""),
    "a slash": ("vectorizer", f"{URI}/", ""),
    "capitals": ("vectorizer", "HTTPS://X.OpenAI.Azure.com", ""),
    "another cloud": ("vectorizer", "https://x.openai.azure.us", ""),
    "a gateway": ("vectorizer", "https://x.azure-api.net/path", ""),
    "a host of one's own": ("vectorizer", "https://ai.contoso.com", ""),
    "a region": ("vectorizer", "https://westeurope.api.cognitive.microsoft.com/", REGION),
    "a path": ("vectorizer", f"{URI}/openai/deployments/d", PATH),
    "a query": ("vectorizer", f"{URI}?api-version=2024", PATH),
    "http": ("vectorizer", "http://x.openai.azure.com", HTTPS),
    "no scheme": ("vectorizer", "x.openai.azure.com", HTTPS),
    "no URL": ("vectorizer", '"https://[x"', "this is no URL"),
    "of a skill": ("skill", f"{URI}/openai", PATH),
    "of a skill, near": ("skill", "http://127.0.0.1:8471", ""),
    "of a source": ("source", "https://westus.api.cognitive.microsoft.com", REGION),
}


@pytest.mark.parametrize("case", ADDRESSES)
def test_addresses(case: str, offline: World) -> None:
    role, uri, message = ADDRESSES[case]
    declared = {
        "vectorizer": vectors(1024, made=vectorizer(openai(uri=uri))),
        "skill": embedding(openai(uri=uri)),
        "source": source("embeddingModel", openai(uri=uri)),
    }[role]
    severity = "error" if role == "vectorizer" else "warning"
    expected = [(severity, uri, message)] if message else []
    assert told(offline, "model-endpoint", declared) == expected


NO_VECTORS = "gpt-5-mini makes no vectors"
NO_ANSWERS = f"{SMALL} makes vectors, and no answers"
CHAT = "Custom.ChatCompletionSkill"
PURPOSES = {
    "skill": (embedding(openai("gpt-5-mini")), "gpt-5-mini", NO_VECTORS),
    "vectorizer": (
        vectors(1024, made=vectorizer(openai("gpt-5-mini"))),
        "gpt-5-mini",
        NO_VECTORS,
    ),
    "base": (base(openai(SMALL)), SMALL, NO_ANSWERS),
    "base that answers": (base(openai("gpt-5-mini")), "", ""),
    "source": (source("embeddingModel", openai("gpt-5-mini")), "gpt-5-mini", NO_VECTORS),
    "words": (source("chatCompletionModel", openai(SMALL)), SMALL, NO_ANSWERS),
    "chat": (
        skillset(skill(CHAT, f"uri: {URI}, commonModelParameters: {{model: {SMALL}}}")),
        SMALL,
        NO_ANSWERS,
    ),
    "a model nobody knows": (
        skillset(skill(CHAT, f"uri: {URI}, commonModelParameters: {{model: Phi-4}}")),
        "",
        "",
    ),
}


@pytest.mark.parametrize("case", PURPOSES)
def test_purposes(case: str, offline: World) -> None:
    declared, place, message = PURPOSES[case]
    expected = [("error", place, message)] if message else []
    assert told(offline, "model-purpose", declared) == expected


LACKING = {
    "all there": (openai(), []),
    "an address": (
        "deploymentId: d, modelName: text-embedding-3-small",
        [("error", "resourceUri")],
    ),
    "a model": (f"resourceUri: {URI}, deploymentId: d", [("warning", "modelName")]),
    "nothing": (
        'resourceUri: ""',
        [("error", "resourceUri"), ("error", "deploymentId"), ("warning", "modelName")],
    ),
}


@pytest.mark.parametrize("case", LACKING)
def test_what_an_embedding_skill_needs(case: str, offline: World) -> None:
    given, expected = LACKING[case]
    assert told(offline, "incomplete-model", embedding(given)) == [
        (severity, "{", f"the skill needs `{name}`") for severity, name in expected
    ]


OTHERS_LACKING = {
    "aml": ("{name: v, kind: aml}", "the vectorizer needs `amlParameters`"),
    "vision": (
        "{name: v, kind: aiServicesVision, aiServicesVisionParameters: null}",
        "the vectorizer needs `aiServicesVisionParameters`",
    ),
    "custom": (
        "{name: v, kind: customWebApi}",
        "the vectorizer needs `customWebApiParameters.uri`",
    ),
    "a kind nobody knows": ("{name: v, kind: new}", ""),
}


@pytest.mark.parametrize("case", OTHERS_LACKING)
def test_what_a_vectorizer_needs(case: str, offline: World) -> None:
    made, message = OTHERS_LACKING[case]
    expected = [("error", "{", message)] if message else []
    assert told(offline, "incomplete-model", vectors(3, made=made)) == expected


def test_what_the_model_of_a_knowledge_base_needs(offline: World) -> None:
    found = told(offline, "incomplete-model", base("deploymentId: d, modelName: gpt-5-mini"))
    assert found == [("error", "{", "the model needs `resourceUri`")]


def test_before_may_2024_no_model_was_named(offline: World) -> None:
    older = embedding(f"resourceUri: {URI}, deploymentId: d")
    older = older.replace("2026-08-01-preview", "2023-10-01-preview")
    assert told(offline, "incomplete-model", older) == []


def test_a_skill_without_a_model_is_an_error_where_it_is_written(world: World) -> None:
    world.write("manifests/a.yaml", embedding(f"resourceUri: {URI}, deploymentId: d"))
    assert ": error: the skill needs `modelName`" in world.cli("plan").err


DEPLOYMENTS = {
    "free": ("embeddings", LARGE, False),
    "the same": (LARGE, LARGE, False),
    "another": (ADA, LARGE, True),
    "another, in capitals": (ADA.upper(), LARGE, True),
    "like none": (f"{ADA}-eu", LARGE, False),
}


@pytest.mark.parametrize("case", DEPLOYMENTS)
def test_deployments(case: str, offline: World) -> None:
    deployment, model, wrong = DEPLOYMENTS[case]
    message = f"the deployment is called {deployment}, and the model {model}"
    expected = [("warning", deployment, message)] if wrong else []
    declared = embedding(openai(model, deployment=deployment))
    assert told(offline, "deployment-model", declared) == expected


def declared_model(model: str, dimensions: int, deployment: str = "d") -> str:
    lines = ("protocol: azureOpenAI", f"endpoint: {URI}/", f"deployment: {deployment}")
    return local("EmbeddingModel", *lines, f"model: {model}", f"dimensions: {dimensions}")


ASKED = {
    "longest": (LARGE, 3072, ""),
    "shorter": (SMALL, 2, ""),
    "too long": (SMALL, 1537, "1 to 1536"),
    "fixed": (ADA, 1536, ""),
    "not the one": (ADA, 1024, "1536"),
}


@pytest.mark.parametrize("of", ["skill", "model"])
@pytest.mark.parametrize("case", ASKED)
def test_lengths_that_a_model_makes(case: str, of: str, offline: World) -> None:
    model, asked, makes = ASKED[case]
    declared = {
        "skill": embedding(f"{openai(model)}, dimensions: {asked}"),
        "model": declared_model(model, asked),
    }[of]
    message = f"{model} makes vectors of {makes}, not of {asked}"
    expected = [("error", str(asked), message)] if makes else []
    assert told(offline, "model-dimensions", declared) == expected


VISION = 'resourceUri: https://x.cognitiveservices.azure.com, modelVersion: "2023-04-15"'
CUSTOM = "{name: v, kind: customWebApi, customWebApiParameters: {uri: https://x.net/a}}"
COHERE = "uri: https://x.net/a, modelName: Cohere-embed-v3-english"
QUERIED = {
    "fits": ((1024, 3072), vectorizer(openai()), []),
    "too long": ((1536, 3072), vectorizer(openai(SMALL)), [(3072, "1 to 1536")]),
    "fixed": ((1024, 1536), vectorizer(openai(ADA)), [(1024, "1536")]),
    "vision": ((1024, 512), vectorizer(VISION, "aiServicesVision"), [(512, "1024")]),
    "cohere": ((1024, 512), vectorizer(COHERE, "aml"), [(512, "1024")]),
    "a model nobody knows": ((512,), vectorizer("uri: https://x.net/a", "aml"), []),
    "one's own": ((512, 512), CUSTOM, []),
    "nothing": ((512,), "", []),
}


@pytest.mark.parametrize("case", QUERIED)
def test_lengths_of_fields_and_vectorizers(case: str, offline: World) -> None:
    lengths, made, wrong = QUERIED[case]
    expected = [
        ("warning", str(length), f"the vectorizer v makes vectors of {makes}")
        for length, makes in wrong
    ]
    assert told(offline, "vectorizer-length", vectors(*lengths, made=made)) == expected


def test_an_endpoint_makes_vectors_of_one_length(offline: World) -> None:
    message = "the vectorizer v makes vectors for a field of 512, too"
    found = told(offline, "vectorizer-length", vectors(512, 768, made=CUSTOM))
    assert found == [("warning", "768", message)]


def projected(given: str, path: str = "/document/pages/*/embedding", context: str = "") -> str:
    declared = skill(EMBEDDING, f"context: {context or '/document/pages/*'}, {given}", "text")
    written = declared.replace("outputs: []", "outputs: [{name: embedding}]")
    selector = (
        "{targetIndexName: docs, parentKeyFieldName: p, sourceContext: /document/pages/*, "
        f"mappings: [{{name: v0, source: {path}}}]}}"
    )
    return skillset(written, more=["indexProjections:", f"  selectors: [{selector}]"])


def mapped(given: str, source: str = "/document/embedding") -> tuple[str, str]:
    indexer = document(
        "Indexer",
        "dataSourceName: docs",
        "targetIndexName: docs",
        "skillsetName: docs",
        f"outputFieldMappings: [{{sourceFieldName: {source}, targetFieldName: v0}}]",
    )
    return embedding(given), indexer


BY_LARGE = ((projected(openai()),), vectorizer(openai(SMALL)), SMALL)
MODELS = {
    "the same": ((projected(openai()),), vectorizer(openai()), ""),
    "another": BY_LARGE,
    "another kind": ((projected(openai()),), vectorizer(VISION, "aiServicesVision"), "2023-04-15"),
    "one's own": ((projected(openai()),), CUSTOM, ""),
    "no name": ((projected(f"resourceUri: {URI}"),), vectorizer(openai()), ""),
    "another path": ((projected(openai(), "/document/pages/*/vector"),), BY_LARGE[1], ""),
    "another context": ((projected(openai(), context="/document/parts/*"),), BY_LARGE[1], ""),
    "mapped": (mapped(openai()), BY_LARGE[1], SMALL),
    "mapped from elsewhere": (mapped(openai(), "/document/vector"), BY_LARGE[1], ""),
}


@pytest.mark.parametrize("case", MODELS)
def test_models_of_skills_and_vectorizers(case: str, offline: World) -> None:
    documents, made, other = MODELS[case]
    found = told(offline, "vectorizer-model", *documents, vectors(1024, made=made))
    message = f"`v0` is filled by {LARGE}, and queried by {other}"
    assert [(severity, said) for severity, _, said in found] == (
        [("warning", message)] if other else []
    )


def check(query: str, expect: str = "minCount: 1", asked: str = "docs") -> str:
    return local("Check", f"index: {asked}", f"query: {{{query}}}", f"expect: {{{expect}}}")


def by_text(kind: str = "text", fields: str = "v0") -> str:
    return check(f"vectorQueries: [{{kind: {kind}, text: a, fields: {fields}, k: 1}}]")


WITHOUT = "nothing makes a vector of the query: `v0` has no vectorizer"


@pytest.mark.parametrize(
    ("asked", "made", "wrong"),
    [
        (by_text(), "", True),
        (by_text("imageUrl"), "", True),
        (by_text("vector"), "", False),
        (by_text(fields="v9"), "", False),
        (by_text(), vectorizer(openai()), False),
    ],
)
def test_who_makes_vectors_of_queries(asked: str, made: str, wrong: bool, offline: World) -> None:
    found = told(offline, "no-vectorizer", asked, vectors(1024, made=made))
    assert found == ([("warning", "v0", WITHOUT)] if wrong else [])


INDEX = index(
    "{name: title, type: Edm.String, sortable: false}",
    "{name: secret, type: Edm.String, retrievable: false, searchable: false}",
    "{name: address, type: Edm.ComplexType, fields: [{name: city, type: Edm.String}]}",
    "{name: v, type: Collection(Edm.Single), dimensions: 3, vectorSearchProfile: p}",
    search=["algorithms: [{name: a, kind: hnsw}]", "profiles: [{name: p, algorithm: a}]"],
)
CHECKS = {
    "select": (check("select: 'title, address/city'"), None),
    "all": (check("search: a, select: '*'"), None),
    "no such": (check("select: 'title,headline'"), "the index has no field `headline`"),
    "case": (check("select: Title"), "the index has no field `Title`"),
    "within": (check("select: address/town"), "the index has no field `address/town`"),
    "hidden": (check("select: secret"), "the field `secret` is not retrievable"),
    "searched": (check("searchFields: secret"), "the field `secret` is not searchable"),
    "sorted": (check("orderby: 'title desc'"), "the field `title` is not sortable"),
    "by score": (check("orderby: 'search.score() desc, secret asc'"), None),
    "counted": (check("facets: ['titel,count:5']"), "the index has no field `titel`"),
    "marked": (check("highlight: 'title-3'"), None),
    "vector": (check("vectorQueries: [{kind: vector, vector: [1], fields: v}]"), None),
    "no vector": (
        check("vectorQueries: [{kind: vector, vector: [1], fields: title}]"),
        "the field `title` is not a vector",
    ),
    "expected": (
        check("search: a", "documents: [{where: {titel: a}}]"),
        "the index has no field `titel`",
    ),
    "score": (check("search: a", 'documents: [{where: {"@search.score": 1}}]'), None),
    "profile": (
        check("scoringProfile: newest"),
        "the index has no scoringProfile `newest`",
    ),
    "semantic": (
        check("queryType: semantic, semanticConfiguration: best"),
        "the index has no semanticConfiguration `best`",
    ),
    "another index": (check("select: headline", asked="others"), None),
}


@pytest.mark.parametrize("case", CHECKS)
def test_fields_of_checks(case: str, offline: World) -> None:
    asked, message = CHECKS[case]
    found = told(offline, "check-field", asked, INDEX)
    assert [(severity, said) for severity, _, said in found] == (
        [("error", message)] if message else []
    )


def test_an_alias_is_asked_as_its_index(offline: World) -> None:
    alias = document("Alias", "indexes: [docs]", name="current")
    found = told(offline, "check-field", check("select: titel", asked="current"), alias, INDEX)
    assert found == [("error", "titel", "the index has no field `titel`")]


DECLARED = {
    "alike": (declared_model(LARGE, 1024), embedding(f"{openai()}, dimensions: 1024"), []),
    "the longest": (declared_model(LARGE, 3072), embedding(openai()), []),
    "another length": (
        declared_model(LARGE, 256),
        embedding(openai()),
        [("256", "the deployment is called for vectors of 3072, not of 256")],
    ),
    "another model": (
        declared_model(SMALL, 256),
        embedding(f"{openai()}, dimensions: 256"),
        [(SMALL, f"the deployment is called as {LARGE}, and not as {SMALL}")],
    ),
    "another deployment": (declared_model(SMALL, 256, "e"), embedding(openai()), []),
    "a field": (
        declared_model(LARGE, 256),
        vectors(512, made=vectorizer(openai())),
        [("256", "the deployment is called for vectors of 512, not of 256")],
    ),
}


@pytest.mark.parametrize("case", DECLARED)
def test_models_as_declared(case: str, offline: World) -> None:
    model, caller, expected = DECLARED[case]
    found = told(offline, "declared-model", model, caller)
    assert found == [("warning", place, message) for place, message in expected]
