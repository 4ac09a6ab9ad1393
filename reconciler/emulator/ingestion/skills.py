"""The skillset that an ingesting source gets: text in chunks, images in words, vectors of both.

Which skills follow from which parameter: documentation (ingestionParameters). How they are wired is
as in public copies of generated skillsets, else inferred.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reconciler.emulator.ingestion.index import (
    IMAGE_PARENT,
    PARENT,
    SNIPPET,
    VECTOR,
    dimensions,
    embedding,
)
from reconciler.emulator.ingestion.origins import PATHS, identity, ingestion, parameters, url_field

Body = dict[str, Any]

PAGES, SECTIONS = "/document/pages/*", "/document/text_sections/*"
IMAGES = "/document/normalized_images/*"
PROMPT = "Describe the image in a few sentences, with all the text that it shows."


def skillset(source: Mapping[str, Any], name: str) -> Body:
    chunks = SECTIONS if cracks(source) else PAGES
    text = f"{SECTIONS}/content" if cracks(source) else PAGES
    skills = [_crack() if cracks(source) else _split(source)]
    selectors = [_selector(source, PARENT, chunks, text)]
    if embedding(source):
        skills.append(_embed(source, "embed-text", chunks, text))
    if verbalizes(source):
        described = f"{IMAGES}/verbalizedImage"
        skills.append(_describe(source))
        selectors.append(_selector(source, IMAGE_PARENT, IMAGES, described))
        if embedding(source):
            skills.append(_embed(source, "embed-images", IMAGES, described))
    body: Body = {
        "name": name,
        "description": f"Skillset for knowledge source '{source['name']}'",
        "skills": skills,
        "indexProjections": {
            "selectors": selectors,
            "parameters": {"projectionMode": "skipIndexingParentDocuments"},
        },
    }
    if cracks(source):
        body["cognitiveServices"] = _account(source)
    return body


def cracks(source: Mapping[str, Any]) -> bool:
    """Whether Content Understanding opens the files."""
    return ingestion(source).get("contentExtractionMode") == "standard"


def verbalizes(source: Mapping[str, Any]) -> bool:
    given = ingestion(source)
    return bool(given.get("chatCompletionModel")) and not given.get("disableImageVerbalization")


def _split(source: Mapping[str, Any]) -> Body:
    columns = parameters(source).get("embeddingColumns") or parameters(source).get("contentColumns")
    text = columns[0]["sourceField"] if columns else "content"
    return {
        "@odata.type": "#Microsoft.Skills.Text.SplitSkill",
        "name": "split",
        "context": "/document",
        "textSplitMode": "pages",
        "maximumPageLength": 2000,
        "pageOverlapLength": 200,
        "inputs": [{"name": "text", "source": f"/document/{text}"}],
        "outputs": [{"name": "textItems", "targetName": "pages"}],
    }


def _crack() -> Body:
    return {
        "@odata.type": "#Microsoft.Skills.Util.ContentUnderstandingSkill",
        "name": "crack",
        "context": "/document",
        "extractionOptions": ["images", "locationMetadata"],
        "inputs": [{"name": "file_data", "source": "/document/file_data"}],
        "outputs": [
            {"name": "text_sections", "targetName": "text_sections"},
            {"name": "normalized_images", "targetName": "normalized_images"},
        ],
    }


def _embed(source: Mapping[str, Any], name: str, context: str, text: str) -> Body:
    return {
        "@odata.type": "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill",
        "name": name,
        "context": context,
        **(embedding(source) or {}),
        "dimensions": dimensions(source),
        "inputs": [{"name": "text", "source": text}],
        "outputs": [{"name": "embedding", "targetName": "text_vector"}],
    }


def _describe(source: Mapping[str, Any]) -> Body:
    model = ingestion(source)["chatCompletionModel"]["azureOpenAIParameters"]
    resource = (model.get("resourceUri") or "").rstrip("/")
    path = f"openai/deployments/{model.get('deploymentId')}/chat/completions"
    return {
        "@odata.type": "#Microsoft.Skills.Custom.ChatCompletionSkill",
        "name": "describe-images",
        "context": IMAGES,
        "uri": f"{resource}/{path}?api-version=2024-10-21",
        "apiKey": model.get("apiKey"),
        "authIdentity": model.get("authIdentity"),
        "inputs": [
            {"name": "systemMessage", "source": f"='{PROMPT}'"},
            {"name": "image", "source": f"{IMAGES}/data"},
        ],
        "outputs": [{"name": "response", "targetName": "verbalizedImage"}],
    }


def _selector(source: Mapping[str, Any], parent: str, context: str, text: str) -> Body:
    mappings = [{"name": SNIPPET, "source": text}]
    path = PATHS.get(source["kind"])
    if path:
        mappings.append({"name": url_field(source), "source": path})
    if embedding(source):
        mappings.append({"name": VECTOR, "source": f"{context}/text_vector"})
    for column in parameters(source).get("contentColumns") or ():
        place = f"/document/{column['sourceField']}"
        mappings.append({"name": column["name"], "source": place})
    return {
        "targetIndexName": f"{source['name']}-index",
        "parentKeyFieldName": parent,
        "sourceContext": context,
        "mappings": mappings,
    }


def _account(source: Mapping[str, Any]) -> Body:
    given = ingestion(source).get("aiServices") or {}
    account = {"subdomainUrl": given.get("uri") or ""}
    if given.get("apiKey"):
        by_key = "#Microsoft.Azure.Search.AIServicesByKey"
        return {"@odata.type": by_key, "key": given["apiKey"], **account}
    by_identity = "#Microsoft.Azure.Search.AIServicesByIdentity"
    return {"@odata.type": by_identity, "identity": identity(source), **account}
