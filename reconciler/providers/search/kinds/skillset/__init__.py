"""Skillset: what enriches documents on their way into an index: chunks, embeddings, entities.

Skills find their order by themselves: each runs when its inputs are there. The service checks the
properties of skills, never their paths. An edit "succeeds" at once and changes no document that
is indexed already: those keep the old result until the indexer is reset and run. What a write
returns is not what a GET returns: defaults show up only there.

https://learn.microsoft.com/azure/search/cognitive-search-defining-skillset
https://learn.microsoft.com/azure/search/cognitive-search-predefined-skills
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from reconciler.model.effect import Effect
from reconciler.providers.search.kinds.encryption import OptionalKey
from reconciler.providers.search.kinds.naming import ObjectName
from reconciler.providers.search.kinds.skillset.accounts import Account
from reconciler.providers.search.kinds.skillset.knowledge_store import KnowledgeStore
from reconciler.providers.search.kinds.skillset.projections import IndexProjections
from reconciler.schema.body import Body
from reconciler.schema.kind import Kind
from reconciler.schema.marks import Changes, KeyedBy, OneOf, ServerOwned, Since

_TEXT, _UTIL = "#Microsoft.Skills.Text.", "#Microsoft.Skills.Util."
_VISION, _CUSTOM = "#Microsoft.Skills.Vision.", "#Microsoft.Skills.Custom."

SKILLS = OneOf(
    tag="@odata.type",
    variants={
        f"{_TEXT}SplitSkill": f"{__name__}.text:SplitSkill",
        f"{_TEXT}MergeSkill": f"{__name__}.text:MergeSkill",
        f"{_TEXT}TranslationSkill": f"{__name__}.text:TranslationSkill",
        f"{_TEXT}CustomEntityLookupSkill": f"{__name__}.text:CustomEntityLookupSkill",
        f"{_TEXT}LanguageDetectionSkill": f"{__name__}.language:LanguageDetectionSkill",
        f"{_TEXT}KeyPhraseExtractionSkill": f"{__name__}.language:KeyPhraseExtractionSkill",
        f"{_TEXT}PIIDetectionSkill": f"{__name__}.entities:PIIDetectionSkill",
        f"{_TEXT}EntityRecognitionSkill": f"{__name__}.withdrawn:OldEntityRecognitionSkill",
        f"{_TEXT}NamedEntityRecognitionSkill": f"{__name__}.withdrawn:NamedEntityRecognitionSkill",
        f"{_TEXT}SentimentSkill": f"{__name__}.withdrawn:OldSentimentSkill",
        f"{_TEXT}V3.EntityRecognitionSkill": f"{__name__}.entities:EntityRecognitionSkill",
        f"{_TEXT}V3.EntityLinkingSkill": f"{__name__}.entities:EntityLinkingSkill",
        f"{_TEXT}V3.SentimentSkill": f"{__name__}.language:SentimentSkill",
        f"{_TEXT}AzureOpenAIEmbeddingSkill": f"{__name__}.endpoints:AzureOpenAIEmbeddingSkill",
        f"{_CUSTOM}ChatCompletionSkill": f"{__name__}.chat:ChatCompletionSkill",
        f"{_CUSTOM}WebApiSkill": f"{__name__}.endpoints:WebApiSkill",
        f"{_CUSTOM}AmlSkill": f"{__name__}.endpoints:AmlSkill",
        f"{_VISION}OcrSkill": f"{__name__}.vision:OcrSkill",
        f"{_VISION}ImageAnalysisSkill": f"{__name__}.vision:ImageAnalysisSkill",
        f"{_VISION}VectorizeSkill": f"{__name__}.vision:VisionVectorizeSkill",
        f"{_UTIL}DocumentExtractionSkill": f"{__name__}.documents:DocumentExtractionSkill",
        f"{_UTIL}DocumentIntelligenceLayoutSkill": f"{__name__}.documents:LayoutSkill",
        f"{_UTIL}ContentUnderstandingSkill": f"{__name__}.documents:ContentUnderstandingSkill",
        f"{_UTIL}ShaperSkill": f"{__name__}.shaping:ShaperSkill",
        f"{_UTIL}ConditionalSkill": f"{__name__}.shaping:ConditionalSkill",
    },
    since={
        f"{_TEXT}AzureOpenAIEmbeddingSkill": "2023-10-01-preview|2024-07-01",
        f"{_CUSTOM}ChatCompletionSkill": "2025-05-01-preview|2026-04-01",
        # The documentation calls it stable for AML online endpoints, no stable schema has it.
        f"{_CUSTOM}AmlSkill": "2020-06-30-preview",
        f"{_VISION}VectorizeSkill": "2024-05-01-preview",
        f"{_UTIL}DocumentIntelligenceLayoutSkill": "2024-11-01-preview|2025-09-01",
        f"{_UTIL}ContentUnderstandingSkill": "2025-11-01-preview|2026-04-01",
    },
    until={
        # 2020-06-30 took them, 2023-07-01-Preview refused (recordings); in between: SKILLS 1.4.
        f"{_TEXT}EntityRecognitionSkill": (
            "2021-04-30-preview",
            f"{_TEXT}V3.EntityRecognitionSkill",
        ),
        f"{_TEXT}SentimentSkill": ("2021-04-30-preview", f"{_TEXT}V3.SentimentSkill"),
        f"{_TEXT}NamedEntityRecognitionSkill": (
            "2019-05-06-preview",
            f"{_TEXT}V3.EntityRecognitionSkill",
        ),
    },
)

_Reprocess = Changes(Effect.REPROCESS)


class Skillset(Body):
    """One skillset. A new account, credential or identity changes no document."""

    name: ObjectName
    description: str | None = None
    skills: Annotated[
        list[Annotated[dict[str, Any], SKILLS]],
        KeyedBy("name", numbered=True),
        _Reprocess,
        Field(max_length=30),  # in every tier (FACTS f)
    ]
    cognitiveServices: Account | None = None
    knowledgeStore: Annotated[KnowledgeStore | None, _Reprocess] = None
    indexProjections: Annotated[
        IndexProjections | None, _Reprocess, Since("2023-10-01-preview|2024-07-01")
    ] = None
    encryptionKey: OptionalKey = None
    etag: Annotated[str | None, ServerOwned()] = Field(default=None, alias="@odata.etag")


KIND = Kind(
    name="Skillset",
    type_on_service="skillsets",
    body=Skillset,
    since="2017-11-11-preview|2019-05-06",
    reads_differ=True,
    contracts=True,
    page="https://learn.microsoft.com/rest/api/searchservice/skillsets",
)
