"""Skills that call an endpoint of yours: embeddings, a Web API, Azure Machine Learning.

Credentials, time-outs and batch sizes change no document; where the skill calls does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from reconciler.model.effect import Effect
from reconciler.model.json import JsonObject
from reconciler.providers.search.kinds.identity import Credential, Headers, OptionalIdentity
from reconciler.providers.search.kinds.models import EMBEDDING_DIMENSIONS, OpenAIModel
from reconciler.providers.search.kinds.scalars import AzureId, Endpoint, Timeout
from reconciler.providers.search.kinds.skillset.contract import (
    Contract,
    Given,
    Reads,
    Writes,
)
from reconciler.providers.search.kinds.skillset.skill import Skill
from reconciler.providers.search.kinds.skillset.types import STRING, Type, Vector
from reconciler.schema.marks import Changes, ServerChooses, ServerDefault

_InPlace = Changes(Effect.IN_PLACE)


def _all_dimensions(skill: Mapping[str, Any]) -> int | None:
    return EMBEDDING_DIMENSIONS.get(str(skill.get("modelName")))


def _vector(skill: JsonObject, _: Given) -> Type:
    """As long as the skill says, or as the model makes it."""
    asked = skill.get("dimensions")
    known = isinstance(asked, int) and not isinstance(asked, bool)
    return Vector(asked if known else _all_dimensions(skill))


class AzureOpenAIEmbeddingSkill(Skill):
    """A vector for each text, by a model deployed in Azure OpenAI.

    The schema requires none of its properties, the documentation the first three. Dimensions left
    out are the model's own; what GET returns then was never seen.
    https://learn.microsoft.com/azure/search/cognitive-search-skill-azure-openai-embedding
    """

    contract: ClassVar = Contract(
        reads={"text": Reads(STRING)}, writes={"embedding": Writes(_vector)}
    )

    odata_type: Literal["#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill"] = Field(
        alias="@odata.type"
    )
    resourceUri: Endpoint | None = None
    deploymentId: str | None = None
    modelName: OpenAIModel | None = None
    dimensions: Annotated[int | None, ServerDefault(_all_dimensions), Field(ge=1, le=3072)] = None
    apiKey: Credential | None = None
    authIdentity: OptionalIdentity = None


class WebApiSkill(Skill):
    """Any code behind HTTPS that answers in the format of custom skills.

    What GET returns for a time-out, method, batch size or parallelism left out was never seen
    (documented: PT30S, POST, 1000, 5).
    https://learn.microsoft.com/azure/search/cognitive-search-custom-skill-web-api
    """

    odata_type: Literal["#Microsoft.Skills.Custom.WebApiSkill"] = Field(alias="@odata.type")
    uri: str
    httpHeaders: Headers | None = None
    httpMethod: Annotated[str | None, ServerChooses()] = None
    timeout: Annotated[Timeout | None, ServerChooses(), _InPlace] = None
    batchSize: Annotated[int | None, ServerChooses(), _InPlace] = None
    degreeOfParallelism: Annotated[int | None, ServerChooses(), Field(ge=1, le=10), _InPlace] = None
    authResourceId: Annotated[str | None, _InPlace] = None
    authIdentity: OptionalIdentity = None


class AmlSkill(Skill):
    """A model in Azure Machine Learning (preview), by `uri` and `key`, or by `resourceId`.

    https://learn.microsoft.com/azure/search/cognitive-search-aml-skill
    """

    odata_type: Literal["#Microsoft.Skills.Custom.AmlSkill"] = Field(alias="@odata.type")
    uri: str | None = None
    key: Credential | None = None
    resourceId: AzureId | None = None
    timeout: Annotated[Timeout | None, ServerChooses(), _InPlace] = None
    region: str | None = None
    degreeOfParallelism: Annotated[int | None, ServerChooses(), Field(ge=1, le=10), _InPlace] = None
