"""Between objects: who names whom, in which version, and what the other must have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.foresight.mutator import SAME, Mutant, Row, Verdict, also, gone, mutator, rows, set_to
from tools.foresight.stack import Spot, Stack, named, replaced, spots, value
from tools.foresight.words import mistyped

FAMILY = "between"
REFUSED, QUERY, HARMLESS = Verdict.REFUSED, Verdict.QUERY, Verdict.HARMLESS
FUNCTION = "Index: scoringProfiles/*/functions/*"
SOURCE = "KnowledgeSource: searchIndexParameters"
MODEL = "KnowledgeBase: models/*/azureOpenAIParameters"
PROFILES = "D:index-add-scoring-profiles"
KNOWLEDGE = "D:agentic-knowledge-source-how-to-search-index"
SUGGESTERS = "D:index-add-suggesters"


def _function(kind: str, **properties: Any) -> Any:
    return lambda old, _: {**old, **properties} if old.get("type") == kind else SAME


rows(
    FAMILY,
    (
        Row("indexer-of-missing-source", REFUSED, "FACTS g", "Indexer: dataSourceName", mistyped),
        Row("indexer-of-missing-skillset", REFUSED, "FACTS g", "Indexer: skillsetName", mistyped),
        Row("indexer-into-missing-index", REFUSED, "FACTS g", "Indexer: targetIndexName", mistyped),
        Row("alias-of-missing-index", REFUSED, "FACTS j", "Alias: indexes/*", mistyped),
        Row("source-of-missing-index", REFUSED, KNOWLEDGE, f"{SOURCE}/searchIndexName", mistyped),
        Row("base-of-missing-source", REFUSED, KNOWLEDGE, "KnowledgeBase: knowledgeSources/*/name", mistyped),
        Row("source-of-missing-semantic", QUERY, KNOWLEDGE, f"{SOURCE}/semanticConfigurationName", mistyped, emulated=False),
        Row("source-of-missing-shown-field", QUERY, KNOWLEDGE, f"{SOURCE}/sourceDataFields/*/name", mistyped, emulated=False),
        Row("source-of-missing-searched-field", QUERY, KNOWLEDGE, f"{SOURCE}/searchFields/*/name", mistyped, emulated=False),
        Row("source-without-index", REFUSED, KNOWLEDGE, f"{SOURCE}/searchIndexName", gone),
        Row("source-kind-of-other-parameters", REFUSED, "FACTS j", "KnowledgeSource: kind", lambda old, _: "web" if old == "searchIndex" else SAME, emulated=False),
        Row("base-model-behind-gateway", REFUSED, "FACTS j", f"{MODEL}/resourceUri", set_to("https://gateway.azure-api.net")),
        Row("base-model-for-embeddings", QUERY, "D:agentic-retrieval-how-to-create-knowledge-base", f"{MODEL}/modelName", set_to("text-embedding-3-large"), emulated=False),
        Row("base-preview-property", REFUSED, "FACTS j", "KnowledgeBase: ", also(retrievalInstructions="Ask the policies."), stable=True),
        Row("freshness-of-a-number", REFUSED, PROFILES, FUNCTION, _function("freshness", fieldName="stock")),
        Row("magnitude-of-a-date", REFUSED, PROFILES, FUNCTION, _function("magnitude", fieldName="added")),
        Row("distance-of-a-number", REFUSED, PROFILES, FUNCTION, _function("distance", fieldName="stock")),
        Row("tag-of-a-number", REFUSED, PROFILES, FUNCTION, _function("tag", fieldName="stock")),
        Row("function-without-its-parameters", REFUSED, PROFILES, FUNCTION, lambda old, _: {k: v for k, v in old.items() if k != old["type"]}),
        Row("function-type-of-other-parameters", REFUSED, PROFILES, f"{FUNCTION}/type", lambda old, _: "freshness" if old == "magnitude" else SAME),
        Row("boost-of-one", REFUSED, PROFILES, f"{FUNCTION}/boost", set_to(1)),
        Row("boost-of-zero", REFUSED, PROFILES, f"{FUNCTION}/boost", set_to(0)),
        Row("duration-in-words", REFUSED, PROFILES, f"{FUNCTION}/freshness", set_to({"boostingDuration": "30 days"})),
        Row("interpolation-unknown", REFUSED, PROFILES, FUNCTION, also(interpolation="exponential")),
        Row("weight-of-unsearched-field", REFUSED, PROFILES, "Index: scoringProfiles/*/text/weights", also(price=2)),
        Row("suggestions-of-number", REFUSED, SUGGESTERS, "Index: suggesters/*/sourceFields", lambda old, _: [*old, "price"]),
        Row("suggester-mode-unknown", REFUSED, SUGGESTERS, "Index: suggesters/*/searchMode", set_to("prefix")),
    ),
)  # fmt: skip


@mutator(FAMILY, REFUSED, SUGGESTERS)
def suggestions_by_custom_analyzer(stack: Stack) -> Iterator[Mutant]:
    for spot in spots(stack, "Index", "suggesters/*/sourceFields"):
        index = Spot(spot.document)
        own = {one["name"] for one in value(stack, index.at("analyzers")) or ()}
        for field in value(stack, index.at("fields")):
            if field.get("analyzer") in own:
                made = replaced(stack, spot, [*value(stack, spot), field["name"]])
                last = spot.at(len(value(stack, spot)))
                yield Mutant(made, f"{field['name']} is suggested", last)


@mutator(FAMILY, REFUSED, "FACTS g")
def indexer_into_alias(stack: Stack) -> Iterator[Mutant]:
    for spot in spots(stack, "Indexer", "targetIndexName"):
        for document in stack:
            if document["kind"] == "Alias" and value(stack, spot) in document["spec"]["indexes"]:
                name = document["metadata"]["name"]
                if name != value(stack, spot):
                    yield Mutant(replaced(stack, spot, name), "the indexer fills an alias", spot)


@mutator(FAMILY, REFUSED, "FACTS h, P26")
def preview_skill_in_a_stable_version(stack: Stack) -> Iterator[Mutant]:
    """A skill or vectorizer of previews, in a document of 2026-04-01."""
    for spot in spots(stack, "Skillset", "skills/*/@odata.type"):
        stable = "preview" not in stack[spot.document]["apiVersion"]
        if stable and value(stack, spot).endswith("AzureOpenAIEmbeddingSkill"):
            skill = spot.parent
            new = {
                "@odata.type": "#Microsoft.Skills.Vision.VectorizeSkill",
                "context": value(stack, skill.at("context")) or "/document",
                "modelVersion": "2023-04-15",
                "inputs": value(stack, skill.at("inputs")),
                "outputs": [{"name": "vector", "targetName": "vector"}],
            }
            yield Mutant(replaced(stack, skill, new), "VectorizeSkill", spot)


@mutator(FAMILY, REFUSED, "P130, D:semantic-how-to-configure")
def semantic_field_unfit(stack: Stack) -> Iterator[Mutant]:
    """A semantic field that is not searched, is no string, or lies in a collection."""
    for spot in spots(stack, "Index", "semantic/configurations/*/prioritizedFields"):
        there = spot.at("prioritizedContentFields", 0, "fieldName")
        for field in spots(stack, "Index", "fields/*"):
            body = value(stack, field)
            unfit = (
                body["type"] in ("Edm.Int32", "Edm.DateTimeOffset", "Collection(Edm.Single)")
                or body.get("searchable") is False
            )
            inner = body["type"] == "Collection(Edm.ComplexType)"
            name = f"{body['name']}/{body['fields'][0]['name']}" if inner else body["name"]
            if field.document == spot.document and (unfit or inner) and value(stack, there):
                made = replaced(stack, there, name)
                yield Mutant(made, f"{name} is read for meaning", there, (field,))


@mutator(FAMILY, REFUSED, "P130")
def semantic_without_fields(stack: Stack) -> Iterator[Mutant]:
    for spot in spots(stack, "Index", "semantic/configurations/*/prioritizedFields"):
        yield Mutant(replaced(stack, spot, {}), "no field at all", spot)


@mutator(FAMILY, QUERY, KNOWLEDGE, emulated=False)
def source_of_index_without_semantic(stack: Stack) -> Iterator[Mutant]:
    for spot in spots(stack, "KnowledgeSource", "searchIndexParameters/searchIndexName"):
        index = named(stack, "Index", value(stack, spot))
        if index is not None and value(stack, index.at("semantic")):
            made = [dict(one) for one in stack]
            spec = {k: v for k, v in stack[index.document]["spec"].items() if k != "semantic"}
            made[index.document] = {**stack[index.document], "spec": spec}
            yield Mutant(made, "the index ranks by no meaning", spot, (Spot(index.document),))


@mutator(FAMILY, HARMLESS, "FACTS h: previews have what is stable")
def newest_preview_everywhere(stack: Stack) -> Iterator[Mutant]:
    if all(document["apiVersion"].endswith("2026-04-01") for document in stack):
        version = "azure-ai-search/2026-08-01-preview"
        made = [{**document, "apiVersion": version} for document in stack]
        yield Mutant(made, "in the newest preview", Spot(0))


@mutator(FAMILY, HARMLESS, "FACTS k: kinds beside each other")
def documents_in_another_order(stack: Stack) -> Iterator[Mutant]:
    """What is written first has no meaning."""
    if len(stack) > 1:
        yield Mutant(stack[::-1], "documents reversed", Spot(0))
