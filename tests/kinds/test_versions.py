"""Which api-version knows what: every published schema, member by member, beside the kinds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from reconciler.model.problem import Severity
from reconciler.model.versions import knows
from reconciler.providers import kind
from reconciler.schema.body import Body, Property, shape_of, variant
from reconciler.schema.marks import OneOf
from reconciler.schema.validation import judge

from .material import exchanges, needs_material
from .published import VERSIONS, Type, published


def roots(version: str) -> Iterator[tuple[str, type[Body]]]:
    """Each kind of a version, with the names that its type has in one schema or another."""
    names = {
        "SynonymMap": ("SynonymMap",),
        "DataSource": ("SearchIndexerDataSourceConnection", "SearchIndexerDataSource"),
        "Index": ("SearchIndex",),
        "Skillset": ("SearchIndexerSkillset",),
        "Indexer": ("SearchIndexer",),
        "Alias": ("SearchAlias",),
        "KnowledgeSource": ("KnowledgeSource",),
        "KnowledgeBase": ("KnowledgeBase",),
    }
    for name, types in names.items():
        found = [one for one in types if one in published(version)]
        assert bool(found) == knows(version, kind(name).since), f"{name} in {version}"
        if found:
            yield found[0], kind(name).body


class Walk:
    """One schema beside the declarations: what is only in the one, and only in the other."""

    def __init__(self, version: str) -> None:
        self.version = version
        self.types = published(version)
        self.unknown: set[str] = set()
        self.beyond: set[str] = set()
        self.seen: set[str] = set()
        for name, body in roots(version):
            self.compare(name, [body])

    def compare(self, name: str, models: Iterable[type[Body]]) -> None:
        """`models` are several only for fields, whose model depends on their type."""
        if name in self.seen:
            return
        self.seen.add(name)
        declared: dict[str, Property] = {}
        for model in models:
            for prop in shape_of(model).properties.values():
                if self.has(prop):
                    declared.setdefault(prop.name, prop)
        members = (
            self._flat(self.types[name]) if name == "KnowledgeSource" else self.types[name].members
        )
        for only, found in (
            (members.keys() - declared, self.unknown),
            (declared.keys() - members, self.beyond),
        ):
            found |= {f"{name}.{prop}" for prop in only if prop != "@odata.etag"}
        for prop_name in members.keys() & declared.keys():
            for type_ in members[prop_name]:
                if type_ in self.types:
                    self._held(f"{name}.{prop_name}", type_, declared[prop_name])

    def has(self, prop: Property) -> bool:
        since = prop.since is None or knows(self.version, prop.since.version)
        return since and (prop.until is None or self.version[:10] <= prop.until.version[:10])

    def _flat(self, family: Type) -> dict[str, tuple[str, ...]]:
        """A knowledge source of any kind: ours holds the parameters of each."""
        variants = [self.types[name].members for name in family.variants.values()]
        return {
            prop: types
            for members in (*variants, family.members)
            for prop, types in members.items()
        }

    def _held(self, path: str, type_: str, prop: Property) -> None:
        if type_ == "SearchField":
            if prop.one_of is not None:
                models = (variant(prop.one_of, tag) for tag in prop.one_of.variants)
                self.compare(type_, [model for model in models if model is not None])
        elif self.types[type_].variants and prop.one_of is not None:
            self._variants(path, self.types[type_].variants, prop.one_of)
        elif prop.model is not None:
            self.compare(type_, [prop.model])

    def _variants(self, path: str, tags: dict[str, str], one_of: OneOf) -> None:
        known = {tag for tag in one_of.variants if self._has_tag(one_of, tag)}
        self.unknown |= {f"{path}: {tag}" for tag in tags.keys() - known}
        self.beyond |= {f"{path}: {tag}" for tag in known - tags.keys()}
        for tag in tags.keys() & known:
            model = variant(one_of, tag)
            assert model is not None
            self.compare(tags[tag], [model])

    def _has_tag(self, one_of: OneOf, tag: str) -> bool:
        last, _ = one_of.until.get(tag, (self.version, ""))
        return (
            knows(self.version, one_of.since.get(tag, "2015-02-28"))
            and self.version[:10] <= last[:10]
        )


WITHDRAWN = "the service refuses it since 2021, whatever the schema says (SKILLS 1.4)"
DOCUMENTED = "documented, in no schema (SKILLS 4.1)"
ANSWERED = "recorded answers have it (FACTS c)"
OTHER_KIND = "the other kind's parameters, which the documentation's samples show as null"
ONE_MODEL = "one model for the members of a family that differ in it alone"

UNKNOWN = {
    "SearchIndexerSkillset.skills: #Microsoft.Skills.Text.EntityRecognitionSkill": WITHDRAWN,
    "SearchIndexerSkillset.skills: #Microsoft.Skills.Text.SentimentSkill": WITHDRAWN,
    "SearchIndexerDataSourceConnection.subType": "`subtype` in answers, and read-only",
}
"""What a schema has and we do not."""

BEYOND = {
    "IndexingParameters.base64EncodeKeys": DOCUMENTED,
    "IndexingParametersConfiguration.assumeOrderByHighWaterMarkColumn": DOCUMENTED,
    "IndexingParametersConfiguration.convertHighWaterMarkToRowVersion": DOCUMENTED,
    "IndexingParametersConfiguration.disableOrderByHighWaterMarkColumn": DOCUMENTED,
    "IndexingParametersConfiguration.encoding": DOCUMENTED,
    "IndexingParametersConfiguration.normalizedImageMaxHeight": DOCUMENTED,
    "IndexingParametersConfiguration.normalizedImageMaxWidth": DOCUMENTED,
    "OcrSkill.textExtractionAlgorithm": ANSWERED,
    "SearchField.normalizer": "documented since 2020, and in answers since 2023 (FACTS c)",
    "SearchIndexerDataSource.subtype": ANSWERED,
    "SearchIndexerDataSourceConnection.subtype": ANSWERED,
    "SearchIndexerKnowledgeStore.parameters": ANSWERED,
    "AzureOpenAIVectorizer.customWebApiParameters": OTHER_KIND,
    "WebApiVectorizer.azureOpenAIParameters": OTHER_KIND,
    "HnswAlgorithmConfiguration.exhaustiveKnnParameters": OTHER_KIND,
    "HnswVectorSearchAlgorithmConfiguration.exhaustiveKnnParameters": OTHER_KIND,
    "ExhaustiveKnnAlgorithmConfiguration.hnswParameters": OTHER_KIND,
    "ExhaustiveKnnVectorSearchAlgorithmConfiguration.hnswParameters": OTHER_KIND,
    "McpServerOutputParsing.jsonParameters": ONE_MODEL,
    "McpServerOutputParsing.splitParameters": ONE_MODEL,
}
"""What we take and a schema does not have."""


@needs_material
@pytest.mark.parametrize("version", VERSIONS)
def test_a_version_has_the_members_of_its_schema(version: str) -> None:
    walk = Walk(version)
    assert walk.unknown - UNKNOWN.keys() == set()
    assert walk.beyond - BEYOND.keys() == set()
    assert len(walk.seen) > 90, "the walk stopped early"


@needs_material
def test_every_exception_is_one() -> None:
    walks = [Walk(version) for version in VERSIONS]
    assert set().union(*(walk.unknown for walk in walks)) == UNKNOWN.keys()
    assert set().union(*(walk.beyond for walk in walks)) == BEYOND.keys()


def answers() -> Iterator[Any]:
    """Every object that a recorded answer shows, each shape once; abbreviated ones left out."""
    seen = set()
    for exchange in exchanges():
        answer = exchange.answer if isinstance(exchange.answer, dict) else {}
        for shown in answer.get("value") or [answer]:
            plain = {k: v for k, v in shown.items() if not k.startswith("@odata.")}
            whole = exchange.status in (200, 201) and "name" in plain and "_note" not in plain
            if whole and len(plain) > 1 and (key := repr((exchange.version, plain))) not in seen:
                seen.add(key)
                yield pytest.param(exchange.kind, exchange.version, plain, id=str(exchange))


@needs_material
@pytest.mark.parametrize(("name", "version", "shown"), [*answers()] or [(None, None, None)])
def test_what_an_answer_contains_is_allowed_in_its_version(
    name: str, version: str, shown: Any
) -> None:
    """Also in the versions of 2020, which the kinds do not begin with."""
    declared = kind(name)
    version = version if knows(version, declared.since) else "2026-04-01"
    found = judge(declared, shown, version, allow_unknown=False)
    assert [f for f in found if f.severity is Severity.ERROR] == []


_FIELD = {"name": "id", "type": "Edm.String", "key": True}
_LABELS = ("sensitivityLabelId", "sensitivityLabelName", "sourceDocumentId", "sharepointSiteUrl")
_SERVED = {"name": "s", "enableImageServing": None, "enableFreshness": None}
_READS_INDEX = {"kind": "searchIndex", "searchIndexParameters": {"searchIndexName": "i"}}

SEEN_ELSEWHERE = [
    ("Index", "2026-05-01-preview", {"fields": [_FIELD | dict.fromkeys(_LABELS)]}),
    ("Index", "2026-05-01-preview", {"fields": [_FIELD | dict.fromkeys(_LABELS, False)]}),
    ("KnowledgeBase", "2026-05-01-preview", {"knowledgeSources": [_SERVED], "corsOptions": None}),
    (
        "KnowledgeBase",
        "2026-05-01-preview",
        {"knowledgeSources": [_SERVED], "corsOptions": {"allowedOrigins": ["*"]}},
    ),
    (
        "KnowledgeSource",
        "2026-05-01-preview",
        _READS_INDEX
        | dict.fromkeys(
            (
                "mcpServerParameters",
                "fabricOntologyParameters",
                "fabricDataAgentParameters",
                "fileParameters",
                "indexedSqlParameters",
            )
        ),
    ),
    (
        "KnowledgeSource",
        "2026-04-01",
        _READS_INDEX
        | dict.fromkeys(("azureBlobParameters", "webParameters", "indexedOneLakeParameters")),
    ),
    (
        "KnowledgeSource",
        "2025-08-01-preview",
        {
            "kind": "searchIndex",
            "searchIndexParameters": {"searchIndexName": "i", "sourceDataSelect": "a,b"},
            "azureBlobParameters": None,
            "webParameters": None,
        },
    ),
    (
        "Skillset",
        "2026-04-01",
        {
            "skills": [],
            "knowledgeStore": {
                "storageConnectionString": "x",
                "projections": [],
                "parameters": {"synthesizeGeneratedKeyName": True},
            },
        },
    ),
    *(
        (
            "Skillset",
            version,
            {
                "skills": [
                    {
                        "@odata.type": "#Microsoft.Skills.Vision.OcrSkill",
                        "textExtractionAlgorithm": None,
                        "inputs": [],
                        "outputs": [],
                    }
                ]
            },
        )
        for version in ("2023-11-01", "2024-07-01", "2025-09-01", "2026-04-01")
    ),
]
"""Answers that FACTS tells of and the recordings here do not have: kind, api-version, body."""


@pytest.mark.parametrize(("name", "version", "shown"), SEEN_ELSEWHERE)
def test_what_wasseen_elsewhere_is_allowed_too(name: str, version: str, shown: Any) -> None:
    assert judge(kind(name), {"name": "n1", **shown}, version, allow_unknown=False) == []
